"""A tenant's page reads what is the tenant's, found by an index: its time does not grow with the Office.

The plan of each query is SQLite's own; « SCAN » there means that a table is read from end to end.
"""

import re

from portal import db
from tests.structure.addresses import pages

NAMED = re.compile(r'"(\w+)" AS "(\w+)"')
WHOLE = re.compile(r"SCAN (\w+)")


def queries(client, url: str) -> list[tuple[str, tuple]]:
    """Return the queries of a page, with their values."""
    asked, execute = [], db.db.execute_sql

    def heard(sql: str, params: tuple = ()):
        asked.append((sql, params))
        return execute(sql, params)

    db.db.execute_sql = heard
    try:
        client.get(url).close()
    finally:
        del db.db.execute_sql
    return [(sql, params) for sql, params in asked if sql.lstrip("( ").startswith(("SELECT", "WITH"))]


def read_whole(sql: str, params: tuple) -> set[str]:
    """Return the tables a query reads from end to end."""
    tables = {alias: table for table, alias in NAMED.findall(sql)}
    steps = [step[3] for step in db.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params)]
    scanned = {found[1] for step in steps if (found := WHOLE.match(step))}
    return {tables[alias] for alias in scanned if alias in tables}


def test_no_page_of_a_tenant_reads_a_whole_table(app, client_of, people, own):
    client, found = client_of(people.aminata), {}
    for url in pages(app, "tenant", own):
        asked = queries(client, url)
        with db.db.connection_context():
            found |= {f"{url}: {tables}": sql for sql, params in asked if (tables := read_whole(sql, params))}
    assert list(found) == [], "\n\n".join(found.values())
