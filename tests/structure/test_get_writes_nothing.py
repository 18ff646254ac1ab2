"""Reading changes nothing, but for what a reading may note: that it took place."""

import pytest
from peewee import OperationalError

from portal import db
from portal.domain.audit.models import Trace
from portal.domain.messages.models import Thread
from portal.domain.people.models import Tenant
from portal.domain.tables import TABLES
from tests.structure.addresses import pages

NOTED = (Trace, Thread)


def everything() -> dict[str, list[tuple]]:
    """Return all the rows of all the tables that a reading must leave alone."""
    with db.db.connection_context():
        return {
            table._meta.table_name: list(table.select().order_by(table.id).tuples())
            for table in TABLES
            if table not in NOTED
        }


@pytest.mark.parametrize("side", ["public", "access", "tenant", "office"])
def test_no_page_writes_when_it_is_read(app, client_of, people, own, side):
    client = client_of({"tenant": people.aminata, "office": people.admin}.get(side, people.bruno))
    before = everything()
    for url in pages(app, side, own):
        client.get(url).close()
    assert everything() == before


def test_the_database_itself_refuses_to_write_during_a_get(app):
    db.open_for("GET")
    with pytest.raises(OperationalError, match="readonly"):
        Tenant.create(number="9999", family_name="Personne")
