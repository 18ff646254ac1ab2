"""A page costs a constant number of queries, eight at most, whatever the number of rows."""

import pytest

from portal import db
from tests.structure.addresses import furnish, pages

SESSION, MOST = 1, 8
NOTING = "SELECT EXISTS"  # was this look at a file noted already? The trace's own question, not the page's


def count(client, url: str) -> int:
    """Return how many SELECT a page costs."""
    asked = []
    db.db.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        client.get(url).close()
    finally:
        db.db.query_hooks.pop()
    return len([sql for sql in asked if sql.startswith("SELECT") and not sql.startswith(NOTING)])


def costs(app, client_of, people, side: str, rows: int) -> dict[str, int]:
    """Return what each page of a side costs once Aminata has so many of each thing."""
    with db.db.connection_context():
        own = furnish(people, app.portal.uploads, rows)
    client = client_of(people.aminata if side == "tenant" else people.admin)
    addresses = pages(app, side, own)
    for url in addresses:
        client.get(url).close()  # what a first look notes is not counted
    return {url.rstrip("0123456789"): count(client, url) for url in addresses}


@pytest.mark.parametrize("side", ["tenant", "office"])
@pytest.mark.parametrize("rows", [1, 5])
def test_no_page_costs_more_than_eight_queries(app, client_of, people, side, rows):
    dear = {url: cost for url, cost in costs(app, client_of, people, side, rows).items() if cost > MOST + SESSION}
    assert dear == {}
