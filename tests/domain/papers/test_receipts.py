"""What a quittance says (law of 6 July 1989, art. 21)."""

from datetime import date

import pytest

from portal.domain.papers.receipts import groups_of, receipt_of
from portal.domain.papers.words import euros_in_words
from portal.domain.rents.models import TermLine
from portal.kernel.periods import Month
from tests.people import lease_of

LINES = [
    ("loyer", 40755),
    ("annexe", 4500),
    ("charges:teom", 1300),
    ("rls", -4909),
    ("apl", -19800),
    ("assurance", 890),
]


def lines():
    return [TermLine(nature=nature, label=nature, amount_cents=cents) for nature, cents in LINES]


def test_rent_and_charges_are_told_apart():
    groups = {group.title: group.subtotal_cents for group in groups_of(lines(), asked_cents=42536)}
    assert groups == {"Loyers": 45255, "Provisions pour charges": 1300, "Autres sommes": 890, "Déductions": -4909}


@pytest.mark.parametrize("asked", [42536, 40000, 50000])
def test_the_lines_add_up_to_what_was_asked_whatever_was_put_right_later(asked):
    assert sum(group.subtotal_cents for group in groups_of(lines(), asked_cents=asked)) == asked


@pytest.mark.usefixtures("database")
def test_only_a_month_wholly_paid_gives_a_quittance(people):
    october, on = Month(2026, 10), date(2026, 11, 23)
    assert receipt_of(lease_of(people.aminata), month=october, on=on).is_issued
    assert not receipt_of(lease_of(people.bruno), month=october, on=on).is_issued
    assert not receipt_of(lease_of(people.aminata), month=october, on=date(2026, 11, 9)).is_issued
    assert receipt_of(lease_of(people.aminata), month=Month(2026, 11), on=on) is None


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (38601, "trois cent quatre-vingt-six euros et un centime"),
        (100, "un euro"),
        (8000, "quatre-vingts euros"),
        (71, "soixante et onze centimes"),
        (0, "zéro euro"),
        (100000000, "un million d’euros"),
    ],
)
def test_a_sum_is_said_in_words(cents, words):
    assert euros_in_words(cents) == words
