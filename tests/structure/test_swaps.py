"""A page swapped into another is the page freshly loaded: title, centre, menu, help, all of it."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.pages import read_page
from tests.structure.addresses import pages, reader

HTMX = {"HX-Request": "true"}
START = {
    "tenant": ("/espace/logement", "/espace/compte"),
    "office": ("/bureau/demandes", "/bureau/ecrire"),
    "accounts": ("/bureau/loyers", "/bureau/ecrire"),
}


def swap(page: BeautifulSoup, fragment: str) -> BeautifulSoup:
    """Do what htmx does with an answer: the title, the centre, then what is out of band."""
    answer = BeautifulSoup(f"<!doctype html><body>{fragment}", "html5lib")
    page.title.string = answer.title.extract().get_text()
    page.find(id="centre").replace_with(answer.find(id="centre").extract())
    for part in answer.find_all(attrs={"data-hx-swap-oob": True}):
        assert part["data-hx-swap-oob"] == "true", part
        del part["data-hx-swap-oob"]
        page.find(id=part["id"]).replace_with(part.extract())
    assert not answer.body.get_text(strip=True), answer.body
    return page


def seen(page: BeautifulSoup) -> str:
    """Return a page without the keys drawn at random nor the spaces that nobody sees."""
    for key in page.find_all("input", attrs={"name": ("once_key", "csrf_token")}):
        key["value"] = "key"
    html = re.sub(r"\s+", " ", str(page.title) + str(page.body))
    return re.sub(r"\s*(<[^>]+>)\s*", r"\n\1", html)


@pytest.mark.parametrize("side", ["tenant", "office", "accounts"])
def test_a_swapped_page_is_the_page_freshly_loaded(app, client_of, people, own, side):
    client = client_of(reader(people, side))
    for url in pages(app, side, own):
        with client.get(url) as first:  # reading a thread changes its mark: the first look is not compared
            if (
                first.status_code != 200
                or first.mimetype != "text/html"
                or "<!doctype" not in first.get_data(as_text=True)[:20].lower()
            ):
                continue
        start = next(other for other in START[side] if other != url)
        fragment = client.get(url, headers=HTMX)
        read_page(fragment)
        swapped = swap(read_page(client.get(start)), fragment.get_data(as_text=True))
        assert seen(swapped) == seen(read_page(client.get(url))), url


def test_caches_keep_the_two_skins_apart(app, client_of, people, own):
    client = client_of(people.aminata)
    for headers in ({}, HTMX):
        assert "HX-Request" in client.get("/espace", headers=headers).headers["Vary"]


def test_back_in_history_is_a_whole_page(client_of, people):
    answer = client_of(people.aminata).get("/espace", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert answer.get_data(as_text=True).lower().startswith("<!doctype")
