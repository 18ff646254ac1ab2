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


def refused(*spent, at) -> bool:
    try:
        throttles.count(*spent, at=at)
    except TooManyTriesError:
        return True
    return False


def test_the_wait_ends_on_its_minute_and_not_a_second_before(database, clock):
    for _ in range(5):
        throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
    minute, second = timedelta(minutes=1), timedelta(seconds=1)
    assert refused((SIGN_IN_LOGIN, "keita"), at=clock.at + minute - second)
    assert not refused((SIGN_IN_LOGIN, "keita"), at=clock.at + minute)
    assert refused((SIGN_IN_LOGIN, "keita"), at=clock.at + minute + 2 * minute - second)
    assert not refused((SIGN_IN_LOGIN, "keita"), at=clock.at + minute + 2 * minute)


@pytest.mark.parametrize(
    ("brake", "most"),
    [
        (throttles.SIGN_IN_ADDRESS, 30),
        (throttles.REQUEST_ADDRESS, 10),
        (throttles.REQUEST_REFERENCE, 5),
        (throttles.REQUEST_ALL, 300),
        (throttles.LOST_ADDRESS, 10),
        (throttles.LOST_EMAIL, 3),
        (throttles.VERIFY_ADDRESS, 60),
        (throttles.VERIFY_ALL, 3000),
    ],
    ids=lambda each: getattr(each, "name", each),
)
def test_each_brake_of_the_hour_allows_so_many_tries_until_the_hour_strikes(database, clock, brake, most):
    throttles.count((brake, "x"), at=clock.at)
    Throttle.update(tries=most - 1).execute()
    assert not refused((brake, "x"), at=clock.at)
    assert refused((brake, "x"), at=clock.at + timedelta(hours=1) - timedelta.resolution)
    assert not refused((brake, "y"), at=clock.at)
    assert not refused((brake, "x"), at=clock.at + timedelta(hours=1))


@pytest.mark.parametrize("brake", [SIGN_IN_LOGIN, throttles.SECOND_FACTOR], ids=lambda brake: brake.name)
def test_passwords_and_codes_are_tried_five_times_for_free(database, clock, brake):
    assert [refused((brake, "x"), at=clock.at) for _ in range(6)] == [False] * 5 + [True]


def test_two_brakes_never_share_a_count(database, clock):
    for _ in range(5):
        throttles.count((SIGN_IN_LOGIN, "x"), at=clock.at)
    assert not refused((throttles.SECOND_FACTOR, "x"), at=clock.at)


def test_a_try_that_one_brake_refuses_counts_under_none(database, clock):
    for _ in range(5):
        throttles.count((SIGN_IN_LOGIN, "x"), at=clock.at)
    for _ in range(40):
        assert refused((SIGN_IN_LOGIN, "x"), (SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    assert not refused((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)


def test_of_two_waits_the_longest_is_said(database, clock):
    for _ in range(30):
        throttles.count((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    for _ in range(5):
        throttles.count((SIGN_IN_LOGIN, "x"), at=clock.at)
    with pytest.raises(TooManyTriesError, match=r"12.h.00") as refusal:
        throttles.count((SIGN_IN_LOGIN, "x"), (SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    assert refusal.value.until == clock.at + timedelta(hours=1)


def test_proving_who_one_is_forgets_the_failures_of_that_login_alone(database, clock):
    for login in ("keita", "legoff"):
        for _ in range(5):
            throttles.count((SIGN_IN_LOGIN, login), at=clock.at)
    throttles.forget(SIGN_IN_LOGIN, "keita")
    assert not refused((SIGN_IN_LOGIN, "keita"), at=clock.at)
    assert refused((SIGN_IN_LOGIN, "legoff"), at=clock.at)


def test_a_good_try_is_given_back_and_never_more_than_were_made(database, clock):
    for _ in range(30):
        throttles.count((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    throttles.give_back(SIGN_IN_ADDRESS, "192.0.2.1", at=clock.at)
    assert not refused((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)
    for _ in range(40):
        throttles.give_back(SIGN_IN_ADDRESS, "192.0.2.1", at=clock.at)
    assert Throttle.get().tries == 0


def test_a_good_try_is_given_back_to_who_made_it_and_to_nobody_else(database, clock):
    for address in ("192.0.2.1", "192.0.2.2"):
        for _ in range(30):
            throttles.count((SIGN_IN_ADDRESS, address), at=clock.at)
    throttles.give_back(SIGN_IN_ADDRESS, "192.0.2.1", at=clock.at)
    assert refused((SIGN_IN_ADDRESS, "192.0.2.2"), at=clock.at)
    assert not refused((SIGN_IN_ADDRESS, "192.0.2.1"), at=clock.at)


def test_what_was_counted_is_kept_a_whole_day(database, clock):
    throttles.count((SIGN_IN_LOGIN, "keita"), at=clock.at)
    throttles.count((SIGN_IN_LOGIN, "legoff"), at=clock.at + timedelta(days=1))
    assert Throttle.select().count() == 2
    throttles.count((SIGN_IN_LOGIN, "ndiaye"), at=clock.at + timedelta(days=1, seconds=1))
    assert Throttle.select().count() == 2


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "11 h 00"), (1, "11 h 01"), (59, "11 h 01"), (60, "11 h 01"), (61, "11 h 02")]
)
def test_one_is_never_told_to_come_back_too_early(clock, seconds, said):
    told = throttles.sentence_for(clock.at + timedelta(seconds=seconds))
    assert said in told.replace("\xa0", " ")
