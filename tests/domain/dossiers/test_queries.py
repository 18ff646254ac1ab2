"""A tenant's file: the leases, the running ones first, with who is on them and what they owe on a day."""

from datetime import date, timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions as claims
from portal.domain.claims.models import Claim
from portal.domain.dossiers import queries
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.queries import leases_of
from portal.domain.messages import actions as messages
from portal.domain.messages.actions import Words
from portal.domain.people.queries import tenant_within_reach
from tests.people import NOW, lease_of
from tests.stories.tenancies import two_leases

pytestmark = pytest.mark.usefixtures("database")
TODAY = NOW.date()


def test_the_lease_that_runs_comes_before_the_one_that_ended_whatever_their_age(people):
    old, new = lease_of(people.aminata), lease_of(people.nadia)
    LeaseHolder.create(lease=new, tenant=people.aminata, rank=1)
    new.starts_on, new.ends_on = date(2020, 1, 1), date(2026, 10, 31)
    new.save()
    lines = queries.lease_lines(tenant=people.aminata, on=TODAY)
    assert [line.lease for line in lines] == [old, new]
    assert lines[1].holders == [people.nadia, people.aminata]


def test_of_two_that_run_the_latest_comes_first(people):
    home, parking = two_leases(people)
    parking.lease.starts_on = date(2026, 1, 1)
    parking.lease.save()
    assert [line.lease for line in queries.lease_lines(tenant=home.tenant, on=TODAY)] == [parking.lease, home.lease]


def test_a_balance_is_that_of_the_day_and_of_its_own_lease(people):
    home, parking = two_leases(people)
    parking.pay(date(2026, 11, 2), 3000)  # its months are paid already
    owed = {line.lease: line.balance_cents for line in queries.lease_lines(tenant=home.tenant, on=TODAY)}
    assert owed == {home.lease: 100000, parking.lease: -3000}
    october = date(2026, 10, 26)
    [before, on_the_day] = (
        {line.lease: line.balance_cents for line in queries.lease_lines(tenant=home.tenant, on=day)}[home.lease]
        for day in (october - timedelta(days=1), october)
    )
    assert (before, on_the_day) == (50000, 100000)


def test_a_file_holds_what_is_the_tenants_and_nothing_of_a_neighbour(people):
    for tenant, key in ((people.aminata, "a"), (people.bruno, "b")):
        for number in "12":
            claims.file_claim(
                tenant=tenant,
                lease=leases_of(tenant=tenant)[0],
                place="dwelling",
                nature="plomberie",
                description="Fuite.",
                once_key=key + number,
                at=NOW,
                delays=ClaimDelays(),
            )
        messages.open_thread(tenant=tenant, subject="loyer", words=Words("Bonjour", key * 32), at=NOW)
    Claim.update(state="close").where(Claim.once_key == "a1").execute()
    tenant = tenant_within_reach(number="0001", staff=people.manager, on=TODAY)
    file = queries.file_of(tenant=tenant, on=TODAY)
    assert (file.tenant, file.access.login) == (people.aminata, "aminata")
    assert [line.lease for line in file.leases] == [lease_of(people.aminata)]
    assert [claim.once_key for claim in file.claims] == ["a2"]
    assert [thread.tenant for thread in file.threads] == [people.aminata]
