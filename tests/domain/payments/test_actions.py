"""Beginning a payment, and letting go of the one nobody speaks of."""

from datetime import timedelta

import pytest

from portal.domain.errors import TooManyTriesError
from portal.domain.housing.holders import LeaseHolder
from portal.domain.payments import actions, policy
from portal.domain.payments.models import OnlinePayment
from portal.domain.people.models import Throttle
from tests.bank import begin
from tests.people import NOW, lease_of
from tests.stories.tenancies import two_leases

pytestmark = pytest.mark.usefixtures("database")


def test_the_one_time_key_of_a_payment_is_of_one_lease(people):
    home, parking = two_leases(people)
    begun = begin(home.tenant, key="a", lease=home.lease)
    assert begin(home.tenant, key="a", lease=home.lease) == begun
    with pytest.raises(actions.UsedKeyError):
        begin(home.tenant, key="a", lease=parking.lease)


def test_the_one_time_key_of_a_payment_is_of_one_tenant_even_on_one_lease(people):
    lease = lease_of(people.bruno)
    LeaseHolder.create(lease=lease, tenant=people.nadia, rank=1)
    begin(people.bruno, key="a", lease=lease)
    with pytest.raises(actions.UsedKeyError):
        begin(people.nadia, key="a", lease=lease)
    assert OnlinePayment.select().count() == 1


@pytest.mark.parametrize(("late", "lapsed"), [(timedelta(seconds=-1), 0), (timedelta(), 1)])
def test_a_payment_lapses_after_thirty_minutes_of_silence_to_the_second(people, late, lapsed):
    begin(people.bruno)
    at = NOW + timedelta(minutes=30) + late
    assert policy.state_of(OnlinePayment.get(), at=at) == ("lapsed" if lapsed else "waiting")
    assert actions.lapse(at=at) == lapsed
    assert OnlinePayment.get().changed_at == (at if lapsed else NOW)


@pytest.mark.parametrize(("late", "advised"), [(timedelta(seconds=-1), False), (timedelta(), True)])
def test_advice_is_given_after_two_minutes_of_waiting(people, late, advised):
    assert policy.needs_advice(begin(people.bruno), at=NOW + timedelta(minutes=2) + late) is advised


def test_only_accountants_and_administrators_read_online_payments(people):
    readers = [
        staff
        for staff in (people.admin, people.manager, people.accountant, people.technical, people.loge)
        if policy.may_read_payments(staff)
    ]
    assert readers == [people.admin, people.accountant]


def test_a_transaction_number_is_taken_once_a_day(people):
    today = [begin(people.bruno, key=key) for key in "ab"]
    tomorrow = begin(people.bruno, key="c", at=NOW + timedelta(days=1))
    assert [each.trans_id for each in (*today, tomorrow)] == ["000000", "000001", "000000"]
    assert tomorrow.order_number == "PAY-20261124-000000"


def test_nobody_uses_up_the_numbers_of_the_day(people):
    begin(people.bruno, key="first")
    Throttle.update(tries=59).execute()  # as many were begun
    begin(people.bruno, key="sixtieth")
    with pytest.raises(TooManyTriesError):
        begin(people.bruno, key="one more")
    assert begin(people.charlie, key="other").trans_id == "000002"
