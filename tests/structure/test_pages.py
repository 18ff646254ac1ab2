"""Every page of the portal is a page of ours: tests/pages.py says what that means."""

import pytest

from tests.pages import Page, plain
from tests.structure.conftest import SIGNED_IN


@pytest.mark.parametrize("side", ["public", "access", *SIGNED_IN])
def test_each_page_says_what_it_is_who_is_signed_in_and_how_to_leave(visited, side):
    looks = visited[side].looks
    assert {url: look.answer.status_code for url, look in looks.items() if look.answer.status_code >= 400} == {}
    found = {url: look.page for url, look in looks.items() if look.page}
    for url, page in found.items():
        if page.title:
            title, centre = plain(page.title.get_text()), plain(page.main.get_text(" "))
            assert title.startswith(plain(page.h1.get_text())) or title.split(" — ")[0] in centre, (url, title)
        if side in SIGNED_IN and page.find("header"):
            assert page.select_one("form[action='/acces/sortie']"), url
            assert page.select_one("#help-link")["href"].startswith("/aide"), url
    if side == "tenant":
        each_has_a_title_of_its_own_and_one_place_in_the_menu(found)


def each_has_a_title_of_its_own_and_one_place_in_the_menu(found: dict[str, Page]) -> None:
    titles = [page.title.get_text() for page in found.values() if page.title]
    assert len(titles) == len(set(titles)), sorted(title for title in titles if titles.count(title) > 1)
    for url, page in found.items():
        if page.find("header"):
            assert len(page.select("#menu [aria-current=page]")) == (0 if url == "/espace" else 1), url
