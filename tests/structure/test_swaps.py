"""A page swapped into another is the page freshly loaded: title, centre, menu, help, all of it."""

import re

import pytest
from bs4 import Tag

from tests.pages import Page, read_page
from tests.structure.addresses import reader
from tests.structure.conftest import SIGNED_IN

HTMX = {"HX-Request": "true"}
START = {
    "tenant": ("/espace/logement", "/espace/compte"),
    "office": ("/bureau/demandes", "/bureau/ecrire"),
    "accounts": ("/bureau/loyers", "/bureau/ecrire"),
}
OF_A_SESSION = ("/bureau/mon-acces/telephone",)  # shows a secret drawn for the session: loaded again in the same one
KEY = re.compile(r'<input (?=[^>]*name="(once_key|csrf_token)")[^>]*>')


def swapped(start: Page, answer: Page) -> str:
    """Do what htmx does with an answer: the title, the centre, then what is out of band. The page is left as it was."""
    parts = answer.find_all(attrs={"data-hx-swap-oob": True})
    put = [(start.title, answer.title.extract())]
    put += [(start.find(id=part["id"]), part.extract()) for part in (answer.find(id="centre"), *parts)]
    for part in parts:
        assert part["data-hx-swap-oob"] == "true", part
        del part["data-hx-swap-oob"]
    assert not answer.get_text(strip=True), answer
    for old, new in put:
        old.replace_with(new)
    page = seen(start)
    for old, new in put:
        new.replace_with(old)
    return page


def seen(page: Tag) -> str:
    """Return a page without the keys drawn at random nor the spaces that nobody sees."""
    html = KEY.sub(r"<input \1>", re.sub(r"\s+", " ", str(page.title) + str(page.body)))
    return re.sub(r"\s*(<[^>]+>)\s*", r"\n\1", html)


@pytest.mark.parametrize("side", SIGNED_IN)
def test_a_swapped_page_is_the_page_freshly_loaded(visited, client_of, people, own, side):
    client = client_of(reader(people, side))
    starts = {url: read_page(client.get(url)) for url in START[side]}
    for url, look in visited[side].looks.items():
        if look.page and look.page.title:  # no fragment
            start = next(page for other, page in starts.items() if other != url)
            page = swapped(start, read_page(client.get(url, headers=HTMX)))
            fresh = read_page(client.get(url)) if url in OF_A_SESSION else look.page
            assert page == seen(fresh), url


def test_caches_keep_the_two_skins_apart(app, client_of, people, own):
    client = client_of(people.aminata)
    for headers in ({}, HTMX):
        assert "HX-Request" in client.get("/espace", headers=headers).headers["Vary"]


def test_back_in_history_is_a_whole_page(client_of, people):
    answer = client_of(people.aminata).get("/espace", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert answer.get_data(as_text=True).lower().startswith("<!doctype")
