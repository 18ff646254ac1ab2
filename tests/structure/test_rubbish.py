"""Rubbish in an address gets a page of ours, never a 500; a form gives back what was too long to keep."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask import Flask, request

from tests.pages import plain, read_page
from tests.structure.addresses import pages
from tests.structure.hostile import NONSENSE, PARAMETERS, SIDES, nonsense_for, undrawn

MEGABYTE = 1024 * 1024
KEY = "ab" * 16
LISTS = {
    "tenant": ("messages", "quittances", "compte", "logement", "paiement"),
    "office": ("recherche", "messages", "ecrire", "reclamations", "paiements"),
}


def test_a_megabyte_of_text_comes_back_in_its_form(client_of, people, own):
    words = "a" * MEGABYTE
    answer = client_of(people.aminata).post(f"/espace/messages/{own.thread}", data={"body": words, "once_key": KEY})
    assert answer.status_code == 422
    assert words in answer.text


def ask(client, url: str, *queries: dict[str, str]) -> None:
    """Ask for an address with each query: nothing breaks."""
    for query in queries:
        with client.get(url, query_string=query) as answer:
            assert answer.status_code < 500, (url, {name: value[:40] for name, value in query.items()})


def alone(queries: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Keep one parameter of each query in turn, for one that is refused may hide another that breaks."""
    for rank, query in enumerate(queries):
        name = PARAMETERS[rank % len(PARAMETERS)]
        yield {name: query[name]}


@pytest.mark.parametrize("side", SIDES)
def test_nonsense_in_an_address_never_breaks_a_page(app, client_of, people, own, side):
    client = client_of({"tenant": people.aminata}.get(side, people.manager))
    with undrawn():
        for url in pages(app, side, own):
            ask(client, url, *nonsense_for(url, rounds=1))


@pytest.mark.parametrize(("side", "leaf"), [(side, leaf) for side, leaves in LISTS.items() for leaf in leaves])
def test_nonsense_in_a_parameter_never_breaks_a_list(client_of, people, side, leaf):
    counter, person = {"tenant": ("espace", people.aminata), "office": ("bureau", people.manager)}[side]
    queries = list(nonsense_for(leaf, len(NONSENSE)))
    ask(client_of(person), f"/{counter}/{leaf}", *queries, *alone(queries))


def test_a_parameter_that_breaks_on_one_value_is_found():
    """The proof can fail: an address that breaks on one value of one parameter; and every pair is tried."""
    app = Flask("planted")

    @app.get("/")
    def planted() -> str:
        return str(int(request.args.get("annee", "2026") != "2026-13" or "no number"))

    app.testing = True
    queries = list(nonsense_for("/", len(NONSENSE)))
    with pytest.raises(ValueError, match="no number"):
        ask(app.test_client(), "/", *queries)
    assert {pair for query in queries for pair in query.items()} == {(n, v) for n in PARAMETERS for v in NONSENSE}
    assert all(one != other for one, other in pairwise(queries))


@pytest.mark.parametrize(
    "url", ["/espace/messages/9999999999999999999", "/espace/reclamations/%00", "/espace/quittances/2026-13.pdf"]
)
def test_an_impossible_address_is_a_page_that_does_not_exist(client_of, people, url):
    page = read_page(client_of(people.aminata).get(url))
    assert "Cette page n'existe pas" in plain(page.h1.text)
