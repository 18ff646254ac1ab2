"""Who looked at a file, or did something in it, is written once, and never rewritten."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from portal import db
from portal.domain.audit import actions, queries
from portal.domain.audit.models import Trace
from portal.domain.people.models import Staff, Tenant
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
QUARTER, SECOND = timedelta(minutes=15), timedelta(seconds=1)


def look(staff: Staff, tenant: Tenant, at=NOW) -> None:
    actions.note_look(staff=staff, tenants=[tenant], at=at)


def test_going_to_and_fro_within_fifteen_minutes_is_one_look(people):
    look(people.manager, people.aminata)
    look(people.manager, people.aminata, NOW + QUARTER - SECOND)
    assert [trace.happened_at for trace in Trace.select()] == [NOW]
    look(people.manager, people.aminata, NOW + QUARTER)
    assert Trace.select().count() == 2


def test_a_look_is_of_one_person_at_one_file(people):
    look(people.manager, people.aminata)
    look(people.manager, people.bruno)
    look(people.accountant, people.aminata)
    told = [(trace.staff, trace.tenant) for trace in Trace.select().order_by(Trace.id)]
    assert told == [
        (people.manager, people.aminata),
        (people.manager, people.bruno),
        (people.accountant, people.aminata),
    ]


def test_what_one_did_in_a_file_is_not_a_look_at_it(people):
    actions.note(act=actions.RECORDED_PAYMENT, at=NOW, staff=people.accountant, tenant=people.aminata)
    look(people.accountant, people.aminata)
    assert [trace.act for trace in Trace.select().order_by(Trace.id)] == ["recorded_payment", "looked_at_file"]


def test_a_trace_is_never_changed(people):
    look(people.manager, people.aminata)
    for change in ({"staff": people.admin}, {"happened_at": NOW}, {"detail": "x"}, {"tenant": None}):
        with pytest.raises(IntegrityError, match="never changed"):
            Trace.update(change).execute()


def test_every_act_a_tenant_reads_is_a_sentence_that_begins_with_what_was_done():
    for act, sentence in actions.SENTENCES.items():
        assert sentence[0].isupper(), act
        assert not sentence.endswith("."), act


def test_a_look_is_told_to_the_tenant_of_the_file_and_to_nobody_else(people):
    look(people.manager, people.aminata)
    [told] = queries.looks_at(tenant=people.aminata)
    assert (told.act, told.staff) == (actions.LOOKED_AT_FILE, people.manager)
    assert queries.looks_at(tenant=people.bruno) == []


def test_a_look_at_a_lease_is_noted_for_each_of_its_holders_in_one_statement(people):
    asked = []
    db.db.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        actions.note_look(staff=people.manager, tenants=[people.aminata, people.bruno], at=NOW)
    finally:
        db.db.query_hooks.pop()
    for tenant in (people.aminata, people.bruno):
        assert [(look.staff, look.happened_at) for look in queries.looks_at(tenant=tenant)] == [(people.manager, NOW)]
    assert queries.looks_at(tenant=people.charlie) == []
    assert len([sql for sql in asked if "INSERT" in sql]) == 1


def test_a_look_that_was_noted_for_one_holder_is_still_noted_for_another(people):
    actions.note_look(staff=people.manager, tenants=[people.aminata], at=NOW)
    actions.note_look(staff=people.manager, tenants=[people.aminata, people.bruno], at=NOW)
    assert [len(queries.looks_at(tenant=tenant)) for tenant in (people.aminata, people.bruno)] == [1, 1]
