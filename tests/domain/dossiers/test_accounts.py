"""Which accounts a member of staff opens, and the plans that are followed."""

from datetime import date, timedelta

import pytest

from portal.domain.dossiers import accounts
from portal.domain.housing.holders import LeaseHolder
from portal.domain.rents import plans
from portal.domain.rents.models import LedgerEntry
from tests.people import NOW, lease_of
from tests.stories.household import JUNE, household
from tests.stories.plans import with_a_plan
from tests.stories.tenancies import co_tenants

pytestmark = pytest.mark.usefixtures("database")
TODAY, DAY = NOW.date(), timedelta(days=1)


def lease(staff, number: str = "B-0001", on: date = TODAY):
    return accounts.lease_within_reach(number=number, staff=staff, on=on)


def test_an_account_is_opened_by_who_may_see_one_of_its_holders(people):
    assert lease(people.accountant).holders == [people.aminata]
    assert lease(people.loge).lease == lease_of(people.aminata)
    assert lease(people.other_loge) is None
    assert lease(people.accountant, "B-9999") is None


def test_a_caretaker_opens_the_account_of_a_former_tenant_no_more(people):
    ended = lease_of(people.aminata)
    ended.ends_on = TODAY
    ended.save()
    assert lease(people.loge, on=TODAY)
    assert lease(people.loge, on=TODAY + DAY) is None
    assert lease(people.accountant, on=TODAY + DAY)


def test_an_entry_is_opened_by_who_may_see_its_account(people):
    entry = LedgerEntry.get(LedgerEntry.lease == lease_of(people.aminata))

    def opened(staff, id: int = entry.id):
        return accounts.entry_within_reach(id=id, staff=staff, on=TODAY)

    found, line = opened(people.accountant)
    assert (found, line.lease) == (entry, entry.lease)
    assert opened(people.other_loge) is None
    assert opened(people.accountant, 99999) is None


def test_the_holders_of_each_lease_come_in_the_order_of_the_lease(people):
    both = co_tenants(people)
    LeaseHolder.create(lease=both.lease, tenant=people.aminata, rank=-1)
    found = accounts.holders_by_lease(leases=[both.lease.id, lease_of(people.bruno).id])
    assert found == {both.lease.id: [people.aminata, *both.holders], lease_of(people.bruno).id: [people.bruno]}


def test_the_plans_that_run_are_followed_the_latest_agreed_first(people):
    first = with_a_plan(people)
    second = household(people, ("M.", "Ivan", "Petrović"))
    second.post(JUNE)
    second.agree(date(2026, 10, 20), (date(2026, 12, 1), 50000))
    ended = household(people, ("Mme", "Eva", "Roche"))
    ended.post(JUNE)
    ended.agree(date(2026, 10, 20), (date(2026, 12, 1), 50000))
    accounts_of = {each.account.lease: each.holders for each in accounts.followed_plans(on=TODAY)}
    assert list(accounts_of) == [ended.lease, second.lease, first.lease]
    assert accounts_of[first.lease] == first.holders
    plans.end_plan(lease=ended.lease, reason="non respecté", at=NOW, staff=people.accountant)
    second.pay(date(2026, 11, 20), 50000)  # wholly paid
    assert [each.account.lease for each in accounts.followed_plans(on=TODAY)] == [first.lease]
