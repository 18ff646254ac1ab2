"""Every page of the portal is a page of ours: tests/pages.py says what that means."""

import pytest

from tests.pages import Page, plain, read_page
from tests.structure.addresses import pages, reader

READ: dict[
    str, dict[str, Page]
] = {}  # the pages of each side: nobody writes here, and they are the same for every test


def html_of(client, url):
    """Return a page, or None for what is not a page (a file, an empty answer, a redirect)."""
    with client.get(url) as answer:
        assert answer.status_code < 400, (url, answer.status_code)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return None
        return read_page(answer)


@pytest.fixture
def pages_of(app, client, client_of, people, own):
    """Return the pages of a side, by their addresses, as the person it is for sees them."""

    def read(side):
        if side not in READ:
            browser = client if side in ("public", "access") else client_of(reader(people, side))
            found = {url: html_of(browser, url) for url in pages(app, side, own)}
            READ[side] = {url: page for url, page in found.items() if page}
        return READ[side].items()

    return read


@pytest.mark.parametrize("side", ["public", "access", "tenant", "office", "accounts"])
def test_each_page_is_sound(pages_of, side):
    for url, page in pages_of(side):
        if page.title is None:
            continue
        title, centre = plain(page.title.get_text()), plain(page.main.get_text(" "))
        assert title.startswith(plain(page.h1.get_text())) or title.split(" — ")[0] in centre, (url, title)


@pytest.mark.parametrize("side", ["tenant", "office", "accounts"])
def test_a_page_says_who_is_signed_in_and_how_to_leave(pages_of, side):
    for url, page in pages_of(side):
        if page.find("header"):
            assert page.select_one("form[action='/acces/sortie']"), url
            assert page.select_one("#help-link")["href"].startswith("/aide"), url


def test_each_page_has_a_title_of_its_own(pages_of):
    titles = [page.title.get_text() for _, page in pages_of("tenant") if page.title]
    assert len(titles) == len(set(titles)), sorted(title for title in titles if titles.count(title) > 1)


def test_the_menu_marks_one_page(pages_of):
    for url, page in pages_of("tenant"):
        if page.find("header"):
            assert len(page.select("#menu [aria-current=page]")) == (0 if url == "/espace" else 1), url
