"""Which payments give a reçu (law of 6 July 1989, art. 21)."""

from datetime import date

from portal.domain.papers.policy import slips_of
from portal.domain.rents.allocation import Posting
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
FIRST, SECOND = date(2026, 2, 10), date(2026, 2, 11)


def call(id: int, month: Month, cents: int = 50000) -> Posting:
    return Posting(id, "rent_call", month.last_day, month, cents)


def paid(id: int, cents: int, on: date = FIRST, kind: str = "payment_received", **more) -> Posting:
    return Posting(id, kind, on, more.pop("month", None), -cents, "virement", **more)


def slips(*postings: Posting) -> list[int]:
    return [posting.id for posting in slips_of(replay(postings, {}))]


def test_a_payment_that_leaves_a_month_partly_unpaid_gives_a_recu():
    assert slips(call(1, JANUARY), paid(2, 49999)) == [2]


def test_the_payments_of_a_month_wholly_paid_give_its_quittance_and_no_recu():
    assert slips(call(1, JANUARY), paid(2, 20000), paid(3, 30000)) == []


def test_a_payment_that_waits_for_a_month_to_come_gives_a_recu():
    assert slips(call(1, JANUARY), paid(2, 50001)) == [2]


def test_a_payment_of_a_debt_that_is_no_month_gives_a_recu_even_when_it_is_wholly_paid():
    assert slips(Posting(1, "tenant_repairs", JANUARY.last_day, None, 12000, key="r"), paid(2, 12000)) == [2]


def test_what_the_caf_pays_and_what_was_taken_back_give_none():
    benefit = paid(2, 20000, kind="housing_benefit", month=JANUARY)
    assert slips(call(1, JANUARY), benefit) == []
    taken_back = Posting(4, "rejected_payment", SECOND, None, 100, reverses_id=3)
    assert slips(call(1, JANUARY), paid(3, 100), taken_back) == []


def test_the_latest_comes_first_and_each_payment_once():
    months = call(1, JANUARY), call(2, FEBRUARY)
    assert slips(*months, paid(6, 10000), paid(5, 100, SECOND), paid(4, 100, SECOND)) == [5, 4, 6]
    assert slips(*months, paid(3, 60000, date(2026, 3, 15))) == [3]
    assert slips(call(1, JANUARY, 100), paid(3, 60000)) == [3]
