"""What a month is made of: by days where the law counts days, once, and due on a day the month has."""

from datetime import date

import pytest

from portal.domain.rents.terms import Line, Stay, by_days, due_on, lines_of_month, may_be_called
from portal.kernel.periods import Month

SEPTEMBER, FEBRUARY = Month(2026, 9), Month(2026, 2)
LONG_AGO = date(2019, 3, 1)


def stay(starts_on=LONG_AGO, ends_on=None, term_mode="in_arrears", due_day=10):
    return Stay(starts_on, ends_on, term_mode, due_day)


def line(nature, cents, starts_on=LONG_AGO, ends_on=None):
    return Line(nature, nature, starts_on, ends_on, cents)


def asked(*lines, of=None, month=SEPTEMBER):
    return {nature: cents for nature, _, cents in lines_of_month(lines, of or stay(), month)}


@pytest.mark.parametrize(
    ("cents", "days", "month", "part"),
    [
        (40755, 30, SEPTEMBER, 40755),
        (40755, 20, SEPTEMBER, 27170),
        (10001, 15, SEPTEMBER, 5001),  # 5000,5 cents: half away from zero
        (-10001, 15, SEPTEMBER, -5001),
        (40755, 1, FEBRUARY, 1456),
    ],
)
def test_a_sum_is_shared_out_over_the_real_days_of_the_month(cents, days, month, part):
    assert by_days(cents, days, month) == part


def test_the_two_halves_of_a_month_make_the_month():
    for days in range(1, 30):
        assert abs(by_days(40755, days, SEPTEMBER) + by_days(40755, 30 - days, SEPTEMBER) - 40755) <= 1


def test_entry_and_exit_count_the_day_itself():
    lines = (line("loyer", 30000), line("charges:teom", 3000))
    assert asked(*lines, of=stay(date(2026, 9, 30))) == {"loyer": 1000, "charges:teom": 100}
    assert asked(*lines, of=stay(ends_on=date(2026, 9, 1))) == {"loyer": 1000, "charges:teom": 100}
    assert asked(*lines, of=stay(date(2026, 9, 11), date(2026, 9, 20)))["loyer"] == 10000


def test_nothing_is_asked_outside_the_lease():
    assert asked(line("loyer", 30000), of=stay(date(2026, 10, 1))) == {}
    assert asked(line("loyer", 30000), of=stay(ends_on=date(2026, 8, 31))) == {}


def test_a_rent_revised_during_the_month_counts_each_amount_for_its_days():
    old, new = line("loyer", 30000, ends_on=date(2026, 9, 15)), line("loyer", 33000, date(2026, 9, 16))
    assert asked(old, new) == {"loyer": 15000 + 16500}


def test_rls_is_whole_not_given_in_the_month_of_entry_and_never_above_the_rent():
    rent, rls = line("loyer", 30000), line("rls", -4909)
    assert asked(rent, rls)["rls"] == -4909
    assert asked(rent, rls, of=stay(ends_on=date(2026, 9, 20)))["rls"] == -4909
    assert "rls" not in asked(rent, rls, of=stay(date(2026, 9, 1)))
    assert asked(rent, rls, of=stay(ends_on=date(2026, 9, 2)))["rls"] == -2000
    assert "rls" not in asked(rent, line("rls", -4909, date(2026, 9, 2)))


def test_a_benefit_is_the_one_in_force_on_the_first_day_whole():
    rent = line("loyer", 30000)
    assert asked(rent, line("apl", -19800, ends_on=date(2026, 9, 3)))["apl"] == -19800
    assert "apl" not in asked(rent, line("apl", -19800, date(2026, 9, 2)))
    assert "apl" not in asked(rent, line("apl", -19800, ends_on=date(2026, 8, 31)))


@pytest.mark.parametrize("nature", ["depot_garantie", "regularisation_charges", "rappel_apl", "reparations"])
def test_what_comes_once_comes_in_its_month_whole(nature):
    once = line(nature, 40000, date(2026, 9, 11))
    assert asked(once, of=stay(date(2026, 9, 11))) == {nature: 40000}
    assert asked(once, month=SEPTEMBER.plus(1)) == {}


def test_an_instalment_is_asked_by_its_plan_and_not_twice():
    assert asked(line("echeance_plan", 5000)) == {}


@pytest.mark.parametrize(
    ("mode", "day", "month", "due"),
    [
        ("in_arrears", 10, SEPTEMBER, date(2026, 10, 10)),
        ("in_advance", 5, SEPTEMBER, date(2026, 9, 5)),
        ("in_advance", 31, SEPTEMBER, date(2026, 9, 30)),
        ("in_arrears", 31, Month(2026, 1), date(2026, 2, 28)),
        ("in_arrears", 30, Month(2026, 12), date(2027, 1, 30)),
    ],
)
def test_a_term_is_due_on_a_day_the_month_has(mode, day, month, due):
    assert due_on(stay(term_mode=mode, due_day=day), month) == due


def test_nothing_is_due_before_the_lease_begins():
    assert due_on(stay(date(2026, 9, 11), term_mode="in_advance", due_day=5), SEPTEMBER) == date(2026, 9, 11)


def test_a_term_in_arrears_is_called_from_its_month_and_one_in_advance_from_the_month_before():
    ahead, late = stay(term_mode="in_advance"), stay()
    assert may_be_called(ahead, SEPTEMBER, on=date(2026, 8, 1))
    assert not may_be_called(late, SEPTEMBER, on=date(2026, 8, 31))
    assert may_be_called(late, SEPTEMBER, on=date(2026, 9, 1))
