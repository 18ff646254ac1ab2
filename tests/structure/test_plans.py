"""A tenant's page reads what is the tenant's, found by an index: its time does not grow with the Office.

The plan of each query is SQLite's own; « SCAN » there means that a table is read from end to end.
"""

import re

from portal import db
from tests.structure.queries import Asked, plan_of

NAMED = re.compile(r'"(\w+)" AS "(\w+)"')
WHOLE = re.compile(r"SCAN (\w+)")


def read_whole(query: Asked) -> set[str]:
    """Return the tables a query reads from end to end."""
    tables = {alias: table for table, alias in NAMED.findall(query.sql)}
    scanned = {found[1] for *_, step in plan_of(query) if (found := WHOLE.match(step))}
    return {tables[alias] for alias in scanned if alias in tables}


def test_no_page_of_a_tenant_reads_a_whole_table(visited, own):
    found = {}
    with db.db.connection_context():
        for url, look in visited["tenant"].looks.items():
            asked = [each for each in look.asked if each.reads]
            found |= {f"{url}: {tables}": each.sql for each in asked if (tables := read_whole(each))}
    assert list(found) == [], "\n\n".join(found.values())
