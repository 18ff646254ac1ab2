"""Who is found, by whom, and until which day: former tenants are nobody's but the Office's."""

from datetime import date, timedelta

import pytest

from portal.domain.housing.holders import LeaseHolder
from portal.domain.people import queries
from portal.domain.people.models import Access, AccessRequest, Tenant
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
LAST_DAY = date(2026, 11, 23)
NEXT_DAY = LAST_DAY + timedelta(days=1)


def asking(lease, number: str, on: date = LAST_DAY) -> list[Tenant]:
    return queries.holders_asking(dwelling_reference=lease.dwelling.reference, tenant_number=number, on=on)


def test_a_former_tenant_is_not_found_by_the_two_numbers_from_the_day_after_the_lease(people, ends):
    lease = ends(people.nadia, LAST_DAY)
    assert asking(lease, "0004", LAST_DAY) == [people.nadia]
    assert asking(lease, "0004", NEXT_DAY) == []


def test_the_two_numbers_must_belong_together(people):
    assert asking(lease_of(people.nadia), "0001") == []
    assert asking(lease_of(people.aminata), "0001") == [people.aminata]


def test_who_asks_comes_before_the_others_on_the_lease(people):
    lease = lease_of(people.aminata)
    for rank, tenant in ((2, people.bruno), (1, people.nadia)):
        LeaseHolder.create(lease=lease, tenant=tenant, rank=rank)
    assert asking(lease, "0002") == [people.bruno, people.aminata, people.nadia]


def test_a_caretaker_sees_a_tenant_until_the_last_day_of_the_lease(people, ends):
    ends(people.aminata, LAST_DAY)

    def seen(staff, on: date) -> Tenant | None:
        return queries.tenant_within_reach(number="0001", staff=staff, on=on)

    assert seen(people.loge, LAST_DAY) == people.aminata
    assert seen(people.loge, NEXT_DAY) is None
    assert [seen(staff, NEXT_DAY) for staff in (people.admin, people.manager, people.accountant, people.technical)] == [
        people.aminata
    ] * 4


def test_a_caretaker_sees_nobody_of_another_lodge(people):
    assert queries.tenant_within_reach(number="0001", staff=people.other_loge, on=LAST_DAY) is None
    assert queries.tenant_within_reach(number="0003", staff=people.other_loge, on=LAST_DAY) == people.charlie


def test_who_moved_within_the_buildings_of_the_lodge_is_still_seen(people, ends):
    ends(people.aminata, LAST_DAY)
    LeaseHolder.create(lease=lease_of(people.nadia), tenant=people.aminata, rank=1)
    assert queries.tenant_within_reach(number="0001", staff=people.loge, on=NEXT_DAY) == people.aminata


def test_a_tenant_comes_with_the_access_and_who_has_none_comes_without(people):
    def found(number: str) -> Tenant:
        return queries.tenant_within_reach(number=number, staff=people.manager, on=LAST_DAY)

    assert found("0001").access == Access.get(Access.tenant == people.aminata)
    assert found("0004").access is None


def test_one_open_administrator_is_counted_and_a_closed_or_another_role_is_not(people):
    assert queries.count_open_administrators() == 1
    Access.update(closed_at=NOW).where(Access.staff == people.admin).execute()
    assert queries.count_open_administrators() == 0


def ask(at, name: str) -> None:
    facts = {"address": "192.0.2.1", "name": name, "dwelling_reference": "1", "tenant_number": "1"}
    AccessRequest.create(asked_at=at, outcome="mismatch", **facts)


def test_requests_are_read_and_counted_from_an_instant_on_the_latest_first(people):
    for seconds, name in ((0, "b"), (-1, "a"), (0, "c")):
        ask(NOW + timedelta(seconds=seconds), name)
    assert [request.name for request in queries.requests_since(since=NOW)] == ["c", "b"]
    assert queries.count_requests_since(since=NOW) == 2


def test_two_hundred_requests_are_read_and_all_are_counted(people):
    for rank in range(201):
        ask(NOW, str(rank))
    assert len(queries.requests_since(since=NOW)) == 200
    assert queries.count_requests_since(since=NOW) == 201


def test_lodges_come_by_name(people):
    assert [lodge.name for lodge in queries.lodges()] == ["Loge Les Peupliers", "Loge Les Tilleuls"]
