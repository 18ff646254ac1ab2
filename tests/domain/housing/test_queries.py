"""Leases, the running ones first, who is on them, and the lodges of those who live somewhere."""

from datetime import date, timedelta

import pytest

from portal.domain.housing import queries
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from tests.people import lease_of

pytestmark = pytest.mark.usefixtures("database")
FIRST, LAST, DAY = date(2026, 3, 1), date(2026, 11, 23), timedelta(days=1)


@pytest.mark.parametrize(("on", "runs"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_a_lease_runs_from_its_first_day_to_its_last(on, runs):
    lease = Lease(starts_on=FIRST, ends_on=LAST)
    assert queries.current([lease], on=on) == ([lease] if runs else [])
    assert queries.current([Lease(starts_on=FIRST)], on=LAST + 999 * DAY)


def test_the_leases_of_a_tenant_come_with_the_running_ones_first_then_the_latest(people):
    leases = [lease_of(tenant) for tenant in (people.aminata, people.bruno, people.nadia)]
    days = [(date(2019, 3, 1), None), (date(2026, 1, 1), LAST), (date(2024, 1, 1), None)]
    for lease, (lease.starts_on, lease.ends_on) in zip(leases, days, strict=True):
        lease.save()
    for lease in leases[1:]:
        LeaseHolder.create(lease=lease, tenant=people.aminata, rank=1)
    home, former, latest = leases
    assert queries.leases_of(tenant=people.aminata) == [latest, home, former]
    assert queries.leases_of(tenant=people.charlie) == [lease_of(people.charlie)]


def test_who_is_on_a_lease_comes_in_the_order_it_names_them(people):
    lease = lease_of(people.aminata)
    for rank, tenant in ((2, people.bruno), (1, people.nadia)):
        LeaseHolder.create(lease=lease, tenant=tenant, rank=rank)
    assert queries.holders_of(lease=lease) == [people.aminata, people.nadia, people.bruno]


def test_a_tenant_has_the_lodge_of_each_dwelling_of_the_day_once(people):
    LeaseHolder.create(lease=lease_of(people.nadia), tenant=people.aminata, rank=1)
    LeaseHolder.create(lease=lease_of(people.charlie), tenant=people.aminata, rank=1)
    assert {lodge.code for lodge in queries.lodges_of(tenant=people.aminata, on=LAST)} == {"PEU", "TIL"}
    assert len(queries.lodges_of(tenant=people.aminata, on=LAST)) == 2
    Lease.update(ends_on=LAST).where(Lease.id == lease_of(people.charlie).id).execute()
    assert [lodge.code for lodge in queries.lodges_of(tenant=people.aminata, on=LAST + DAY)] == ["PEU"]


def test_lodges_come_by_name_and_one_does_not_stand_in_for_itself(people):
    lodge, other = people.loge.lodge, people.other_loge.lodge
    assert queries.lodges_with_stand_ins() == [lodge, other]
    assert queries.other_lodges(lodge=lodge) == [other]
    assert queries.lodge_of(code="TIL") == other
    assert queries.lodge_of(code="tilleuls") is None
