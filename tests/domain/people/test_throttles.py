"""Brakes on guessing: they grow, they end, they hold across processes."""

from datetime import timedelta

import pytest

from portal.domain.errors import TooManyTriesError
from portal.domain.people import throttles
from portal.domain.people.models import Throttle
from portal.domain.people.throttles import SIGN_IN_ADDRESS, SIGN_IN_LOGIN


def waits(clock, tries):
    """Fail so many times, as soon as each is allowed, and return the minutes waited after each."""
    waited = []
    for _ in range(tries):
        throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
        row = Throttle.get()
        waited.append(int((row.until - clock.at).total_seconds() // 60) if row.until else 0)
        clock.at += timedelta(minutes=waited[-1])
    return waited


def test_five_failures_are_free_then_the_wait_doubles_up_to_an_hour(database, clock):
    assert waits(clock, 12) == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


def test_the_sentence_says_when_in_the_time_of_france(database, clock):
    for _ in range(5):
        throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
    with pytest.raises(TooManyTriesError, match=r"Réessayez à 11.h.01"):
        throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)


def test_one_login_does_not_brake_another(database, clock):
    for _ in range(5):
        throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
    throttles.count((SIGN_IN_LOGIN, "legoff"), at=clock.at)


def test_thirty_failures_an_hour_from_one_address(database, clock):
    for _ in range(30):
        throttles.count((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    with pytest.raises(TooManyTriesError):
        throttles.count((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    throttles.count((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at + timedelta(hours=1))


def test_what_is_braked_is_not_written_in_clear(database, clock):
    throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
    assert "keita" not in Throttle.get().key


def test_a_day_later_nothing_is_left(database, clock):
    throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
    throttles.count((SIGN_IN_LOGIN, "legoff"), at=clock.at + timedelta(hours=25))
    assert Throttle.select().count() == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff", "2001:db8::/64"),
        ("", "unknown"),
    ],
)
def test_one_visitor_is_an_address_or_a_network(address, network):
    assert throttles.network_of(address) == network
