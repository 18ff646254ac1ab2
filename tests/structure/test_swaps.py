"""A page swapped into another is the page freshly loaded: title, centre, menu, help, all of it."""

import re
from copy import deepcopy

import pytest
from bs4 import Tag

from tests.pages import Page, read_page
from tests.structure.addresses import pages, reader

HTMX = {"HX-Request": "true"}
START = {
    "tenant": ("/espace/logement", "/espace/compte"),
    "office": ("/bureau/demandes", "/bureau/ecrire"),
    "accounts": ("/bureau/loyers", "/bureau/ecrire"),
}


def swap(start: Page, answer: Page) -> Tag:
    """Do what htmx does with an answer, on a copy of a page: the title, the centre, then what is out of band."""
    page = deepcopy(start.html)
    page.title.string = answer.title.extract().get_text()
    page.find(id="centre").replace_with(answer.find(id="centre").extract())
    for part in answer.find_all(attrs={"data-hx-swap-oob": True}):
        assert part["data-hx-swap-oob"] == "true", part
        del part["data-hx-swap-oob"]
        page.find(id=part["id"]).replace_with(part.extract())
    assert not answer.get_text(strip=True), answer
    return page


def seen(page: Tag) -> str:
    """Return a page without the keys drawn at random nor the spaces that nobody sees."""
    for key in page.find_all("input", attrs={"name": ("once_key", "csrf_token")}):
        key["value"] = "key"
    html = re.sub(r"\s+", " ", str(page.title) + str(page.body))
    return re.sub(r"\s*(<[^>]+>)\s*", r"\n\1", html)


@pytest.mark.parametrize("side", ["tenant", "office", "accounts"])
def test_a_swapped_page_is_the_page_freshly_loaded(app, client_of, people, own, side):
    client = client_of(reader(people, side))
    starts = {url: read_page(client.get(url)) for url in START[side]}
    for url in pages(app, side, own):
        with client.get(url) as first:  # reading a thread changes its mark: the first look is not compared
            if first.status_code != 200 or not first.get_data().lower().startswith(b"<!doctype"):
                continue
        start = next(page for other, page in starts.items() if other != url)
        swapped = swap(start, read_page(client.get(url, headers=HTMX)))
        assert seen(swapped) == seen(read_page(client.get(url))), url


def test_caches_keep_the_two_skins_apart(app, client_of, people, own):
    client = client_of(people.aminata)
    for headers in ({}, HTMX):
        assert "HX-Request" in client.get("/espace", headers=headers).headers["Vary"]


def test_back_in_history_is_a_whole_page(client_of, people):
    answer = client_of(people.aminata).get("/espace", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert answer.get_data(as_text=True).lower().startswith("<!doctype")
