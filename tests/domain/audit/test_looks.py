"""Each tenant can read who looked at what is theirs: each look is noted, and going to and fro is one look."""

from datetime import timedelta

import pytest

from portal import db
from portal.domain.audit.actions import SAME_LOOK, note_look
from portal.domain.audit.queries import looks_at
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")


def test_a_look_at_a_lease_is_noted_for_each_of_its_holders_in_one_statement(people):
    asked = []
    db.db.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        note_look(staff=people.manager, tenants=[people.aminata, people.bruno], at=NOW)
    finally:
        db.db.query_hooks.pop()
    for tenant in (people.aminata, people.bruno):
        assert [(look.staff, look.happened_at) for look in looks_at(tenant=tenant)] == [(people.manager, NOW)]
    assert looks_at(tenant=people.charlie) == []
    assert len([sql for sql in asked if "INSERT" in sql]) == 1


def test_going_to_and_fro_within_a_quarter_of_an_hour_is_one_look(people):
    for at in (NOW, NOW + SAME_LOOK - timedelta(seconds=1), NOW + SAME_LOOK):
        note_look(staff=people.manager, tenants=[people.aminata], at=at)
    assert [look.happened_at for look in looks_at(tenant=people.aminata)] == [NOW + SAME_LOOK, NOW]


def test_a_look_that_was_noted_for_one_holder_is_still_noted_for_another(people):
    note_look(staff=people.manager, tenants=[people.aminata], at=NOW)
    note_look(staff=people.manager, tenants=[people.aminata, people.bruno], at=NOW)
    assert [len(looks_at(tenant=tenant)) for tenant in (people.aminata, people.bruno)] == [1, 1]


def test_the_look_of_a_colleague_is_another(people):
    for staff in (people.manager, people.loge):
        note_look(staff=staff, tenants=[people.aminata], at=NOW)
    assert {look.staff for look in looks_at(tenant=people.aminata)} == {people.manager, people.loge}
