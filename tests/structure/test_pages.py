"""Every page of the portal is a page of ours: tests/pages.py says what that means."""

import pytest
from flask.testing import FlaskClient

from tests.pages import Page, plain, read_page
from tests.structure.addresses import pages, reader

SIGNED_IN = ("tenant", "office", "accounts")


def html_of(client: FlaskClient, url: str) -> Page | None:
    """Return a page, or None for what is not a page (a file, an empty answer, a redirect)."""
    with client.get(url) as answer:
        assert answer.status_code < 400, (url, answer.status_code)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return None
        return read_page(answer)


@pytest.mark.parametrize("side", ["public", "access", *SIGNED_IN])
def test_each_page_says_what_it_is_who_is_signed_in_and_how_to_leave(app, client, client_of, people, own, side):
    browser = client_of(reader(people, side)) if side in SIGNED_IN else client
    found = {url: page for url in pages(app, side, own) if (page := html_of(browser, url))}
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
