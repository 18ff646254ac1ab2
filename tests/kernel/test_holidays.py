"""Working days and delays."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.holidays import Delay, end_of, is_day_off

FRIDAY = datetime(2026, 4, 30, 9, 0, tzinfo=UTC)  # the eve of the 1st of May


@pytest.mark.parametrize(
    "day", [date(2026, 11, 28), date(2026, 11, 29), date(2026, 5, 1), date(2026, 4, 6), date(2026, 12, 25)]
)
def test_nobody_comes_on_a_saturday_a_sunday_or_a_holiday(day):
    assert is_day_off(day)


def test_an_ordinary_monday_is_worked():
    assert not is_day_off(date(2026, 11, 23))


def test_working_days_jump_over_week_ends_and_holidays():
    assert Delay.parse("1 j").after(FRIDAY) == end_of(date(2026, 5, 4))
    assert Delay.parse("5 j").after(FRIDAY) == end_of(date(2026, 5, 11))


def test_hours_never_stop_but_for_the_pauses():
    pause = (FRIDAY + timedelta(hours=1), FRIDAY + timedelta(hours=3))
    assert Delay.parse("4h").after(FRIDAY) == FRIDAY + timedelta(hours=4)
    assert Delay.parse("4 h").after(FRIDAY, [pause]) == FRIDAY + timedelta(hours=6)


@pytest.mark.parametrize("text", ["", "0 j", "5", "5 m", "-1 h", "5 jours", "1000 j"])
def test_what_is_not_a_delay_is_refused(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Delay.parse(text)


instants = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
delays = st.builds(Delay, st.integers(1, 30), st.sampled_from("hj"))


@given(instants, delays, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), max_size=3))
def test_a_pause_never_brings_the_end_nearer_and_the_end_is_always_ahead(start, delay, pauses):
    spans = [(start + timedelta(hours=after), start + timedelta(hours=after + lasts)) for after, lasts in pauses]
    assert start < delay.after(start) <= delay.after(start, spans)
