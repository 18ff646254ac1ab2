"""Reading changes nothing, but for what a reading may note: that it took place."""

import pytest
from peewee import IntegrityError, OperationalError

from portal import db
from portal.domain.people.models import Tenant
from tests.structure.addresses import pages
from tests.structure.conftest import SIGNED_IN
from tests.structure.looks import visit


@pytest.mark.parametrize("side", SIGNED_IN)
def test_no_page_writes_when_it_is_read(visited, side):
    assert visited[side].after == visited[side].before


@pytest.mark.parametrize("side", ["public", "access"])
def test_nor_do_those_for_anyone_when_a_tenant_reads_them(app, client_of, people, own, side):
    read = visit(client_of(people.bruno), pages(app, side, own))
    assert read.after == read.before


def test_the_database_itself_refuses_to_write_during_a_get(app):
    db.open_for("GET")
    with pytest.raises(OperationalError, match="readonly"):
        Tenant.create(number="9999", family_name="Personne")


@pytest.mark.parametrize("sql", ["DELETE FROM tenant", "PRAGMA user_version = 9", "CREATE TEMP TABLE note (word)"])
def test_not_even_what_is_written_by_hand_or_would_change_no_row(app, sql):
    db.open_for("GET")
    with pytest.raises(OperationalError, match="readonly"):
        db.db.execute_sql(sql)


def test_who_comes_after_a_reading_may_write(app):
    db.open_for("GET")
    db.rest()
    assert Tenant.create(number="9999", family_name="Personne").id


def test_a_reading_may_not_write_after_its_note_has_failed(app):
    db.open_for("GET")
    with pytest.raises(IntegrityError), db.noting():
        Tenant.create(number=None, family_name="Personne")
    with pytest.raises(OperationalError, match="readonly"):
        Tenant.create(number="9998", family_name="Personne")


def test_a_request_sets_no_pragma_for_sqlite_would_prepare_every_statement_again(client_of, people):
    client = client_of(people.aminata)
    client.get("/espace")
    asked = []
    db.db.query_hooks.append(lambda event: asked.append(event.sql.upper()))
    try:
        client.get("/espace")
    finally:
        db.db.query_hooks.pop()
    assert asked
    assert not [sql for sql in asked if "PRAGMA" in sql]
