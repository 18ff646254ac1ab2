"""A page costs a constant number of queries, eight at most, whatever the number of rows."""

import pytest

from portal import db
from tests.fixtures import furnish
from tests.structure.addresses import pages, reader

MOST = 8  # whole pages: who is signed in, the menu, the trace of the look, all of it
OPENED_MOST = {"/espace": 7}  # no room is left on the page everybody opens
KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def count(client, url: str) -> int:
    """Return how many statements a page costs, what a reading notes included."""
    asked = []
    db.db.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        client.get(url).close()
    finally:
        db.db.query_hooks.pop()
    return len([sql for sql in asked if sql.startswith(KINDS)])


def costs(app, client_of, people, side: str, rows: int) -> dict[str, int]:
    """Return what each page of a side costs, at the first look, once Aminata has so many of each thing."""
    with db.db.connection_context():
        own = furnish(people, app.portal.uploads, rows)
    client = client_of(reader(people, side))
    return {url.rstrip("0123456789"): count(client, url) for url in pages(app, side, own)}


@pytest.mark.parametrize("side", ["tenant", "office", "accounts"])
@pytest.mark.parametrize("rows", [1, 5])
def test_no_page_costs_more_than_it_may(app, client_of, people, side, rows):
    found = costs(app, client_of, people, side, rows)
    assert {url: cost for url, cost in found.items() if cost > OPENED_MOST.get(url, MOST)} == {}


def test_a_caretaker_costs_no_more(app, client_of, people, own):
    client = client_of(people.loge)
    costly = {url: cost for url in pages(app, "office", own) if (cost := count(client, url)) > MOST}
    assert costly == {}
