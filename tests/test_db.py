"""The connection is kept from one request to the next, and never shows the past nor forbids what is allowed."""

import shutil

from portal import db
from portal.db import Written, place
from portal.domain.housing.queries import leases_of
from portal.domain.people.models import Tenant


def test_a_connection_is_kept_from_one_request_to_the_next(client_of, people):
    client = client_of(people.aminata)
    client.get("/espace")
    first = db.db.connection()
    client.get("/espace")
    assert db.db.connection() is first


def test_a_database_put_in_place_of_another_is_read_at_once(client_of, people, settings):
    client = client_of(people.aminata)
    client.get("/espace")
    other = settings.data / "other.sqlite"
    with db.db.connection_context():
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(settings.database, other)
    db.use(other)
    with db.db.connection_context():
        Tenant.update(family_name="Renommée").where(Tenant.id == people.aminata.id).execute()
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.use(settings.database)
    client.get("/espace")
    other.replace(settings.database)
    assert "RENOMMÉE" in client.get("/espace").get_data(as_text=True).upper()


def test_a_reading_left_half_way_does_not_hold_the_next_request_in_the_past(app):
    db.open_for("GET")
    left = db.db.execute_sql("SELECT * FROM tenant")
    left.fetchone()
    db.rest()
    assert db.db.is_closed()


def test_after_a_reading_request_the_same_connection_writes(client_of, people):
    client_of(people.aminata).get("/espace")
    assert not db.db.is_closed()
    Tenant.update(family_name="Autre").where(Tenant.id == people.aminata.id).execute()


def test_a_query_written_once_answers_each_with_their_own(database, people):
    written = Written(lambda: Tenant.select().where(Tenant.id == place("id")).order_by(Tenant.id))
    for tenant in (people.aminata, people.charlie, people.aminata):
        assert [found.number for found in written(id=tenant.id)] == [tenant.number]
    assert leases_of(tenant=people.aminata) != leases_of(tenant=people.charlie)
