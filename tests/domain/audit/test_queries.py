"""« Qui a consulté mon dossier »: what the Office's people saw or did of one file; and who these people are."""

from datetime import timedelta

import pytest

from portal.domain.audit import actions, queries
from portal.domain.people.models import Access, SecondFactor, Staff
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
HOUR = timedelta(hours=1)


def note(act: str, at=NOW, **whose) -> None:
    actions.note(act=act, at=at, **whose)


@pytest.mark.parametrize("act", sorted(actions.SENTENCES))
def test_each_thing_the_office_does_in_a_file_is_read_by_its_tenant(people, act):
    note(act, staff=people.manager, tenant=people.aminata)
    assert [trace.act for trace in queries.looks_at(tenant=people.aminata)] == [act]


HIDDEN = {value for name, value in vars(actions).items() if name.isupper() and isinstance(value, str)}


@pytest.mark.parametrize("act", sorted(HIDDEN - set(actions.SENTENCES)))
def test_what_has_no_sentence_is_of_the_office_alone(people, act):
    note(act, staff=people.manager, tenant=people.aminata)
    assert queries.looks_at(tenant=people.aminata) == []


def test_what_the_tenant_or_the_terminal_did_is_not_a_consultation(people):
    note(actions.OPENED_ACCESS, by_tenant=people.aminata)
    note(actions.OPENED_ACCESS, tenant=people.aminata)
    note(actions.OPENED_ACCESS, staff=people.manager, by_tenant=people.aminata)
    assert queries.looks_at(tenant=people.aminata) == []


def test_the_latest_comes_first_and_a_hundred_are_shown(people):
    for rank in (1, 0, 2, 2):
        note(actions.LOOKED_AT_FILE, NOW + rank * HOUR, staff=people.manager, tenant=people.aminata, detail=str(rank))
    looks = queries.looks_at(tenant=people.aminata)
    assert [trace.detail for trace in looks] == ["2", "2", "1", "0"]
    assert looks[0].id > looks[1].id
    assert len(queries.looks_at(tenant=people.aminata, most=3)) == 3
    for _ in range(100):
        note(actions.LOOKED_AT_FILE, staff=people.manager, tenant=people.aminata)
    assert len(queries.looks_at(tenant=people.aminata)) == 100


def of_the_team(member: Staff) -> Staff:
    return next(each for each in queries.team() if each == member)


def test_the_team_comes_by_name_each_with_the_lodge_and_the_access(people):
    names = [each.name for each in queries.team()]
    assert names == sorted(names)
    assert (of_the_team(people.loge).lodge, of_the_team(people.manager).lodge) == (people.loge.lodge, None)
    assert of_the_team(people.manager).access == Access.get(Access.staff == people.manager)


def test_somebody_last_came_in_when_they_last_signed_in_and_not_when_they_were_refused(people):
    for hours in (2, 1):
        note(actions.SIGNED_IN, NOW + hours * HOUR, staff=people.manager)
    note(actions.SIGN_IN_REFUSED, NOW + 9 * HOUR, staff=people.manager)
    note(actions.SIGNED_IN, NOW + 9 * HOUR, staff=people.accountant)
    assert of_the_team(people.manager).last_sign_in == NOW + 2 * HOUR
    assert of_the_team(people.technical).last_sign_in is None


def test_who_has_set_a_telephone_up_is_said(people):
    access = Access.get(Access.staff == people.manager)
    SecondFactor.create(access=access, secret="A" * 32, set_at=NOW, last_step=0)
    assert [bool(of_the_team(each).telephone) for each in (people.manager, people.admin)] == [True, False]
