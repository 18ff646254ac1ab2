"""What a month asks of one lease before it is posted: its days, its entries, what changed since the month before."""

from datetime import date

import pytest

from portal.domain.rents.posting import Call, Preview
from portal.domain.rents.terms import Stay
from portal.kernel.periods import Month

NOVEMBER = Month(2026, 11)
RENT, HEATING, BENEFIT = ("loyer", "Loyer", 40000), ("charges:chauffage", "Chauffage", 10000), ("apl", "APL", -20000)
REPAIRS = ("reparations", "Réparations", 7000)
STAY = Stay(date(2020, 3, 1), None, "in_arrears", 10)


def call(*lines, before=None, stay=STAY):
    return Call(1, "B-0001", stay, NOVEMBER, list(lines), before)


def changed(before, *lines):
    return [(each.nature, each.before_cents, each.after_cents) for each in call(*lines, before=before).changes]


def test_a_call_says_its_days_and_when_it_is_due():
    left = call(RENT, stay=Stay(date(2020, 3, 1), date(2026, 11, 10), "in_arrears", 5))
    assert (left.days, left.due_on, left.total_cents) == (10, date(2026, 12, 5), 40000)
    assert call(RENT, HEATING, BENEFIT).total_cents == 30000


def test_a_first_month_is_new_as_a_whole_and_has_no_changes_of_its_own():
    first = call(RENT, HEATING)
    assert (first.is_new, first.changes) == (True, [])
    assert not call(RENT, before=[]).is_new


@pytest.mark.parametrize(
    ("before", "lines", "changes"),
    [
        ([RENT, HEATING], [RENT, HEATING], []),
        ([("loyer", "Loyer", 39000)], [RENT], [("loyer", 39000, 40000)]),
        ([RENT, HEATING], [RENT], [("charges:chauffage", 10000, None)]),
        ([RENT], [RENT, REPAIRS], [("reparations", None, 7000)]),
        ([RENT, REPAIRS], [RENT], []),  # what came once was not to come again
        ([("reparations", "Réparations", 500)], [REPAIRS], [("reparations", 500, 7000)]),
        ([], [RENT], [("loyer", None, 40000)]),
    ],
)
def test_what_changed_is_what_is_new_other_or_gone_but_for_what_came_once(before, lines, changes):
    assert changed(before, *lines) == changes


def test_a_call_makes_one_entry_of_each_kind_that_comes_to_something():
    everything = (RENT, HEATING, BENEFIT, ("rappel_apl", "Rappel", 1500), ("depot_garantie", "Dépôt", 40000))
    assert call(*everything).entries() == {
        "rent_call": 50000,
        "housing_benefit": -20000,
        "benefit_recall": 1500,
        "security_deposit": 40000,
    }
    assert call(RENT, ("rls", "RLS", -40000), BENEFIT).entries() == {"housing_benefit": -20000}


def test_a_preview_adds_up_what_is_asked_and_what_the_caf_pays_and_tells_who_is_new_or_changed():
    new, same = call(RENT), call(RENT, BENEFIT, before=[RENT, BENEFIT])
    raised = call(RENT, ("apl", "APL", -5000), before=[RENT])
    preview = Preview(NOVEMBER, [new, same, raised])
    assert (preview.total_cents, preview.benefit_cents) == (3 * 40000 - 25000, 25000)
    assert preview.changed == [new, raised]
