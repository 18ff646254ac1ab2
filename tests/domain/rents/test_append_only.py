"""The database itself refuses what the account must never suffer, whatever the program does."""

from datetime import date

import pytest

from portal.db import db
from portal.domain.rents.actions import record_payment
from portal.domain.rents.models import LedgerEntry, RentTerm
from portal.kernel.periods import Month
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")


def refused(sql: str) -> None:
    with pytest.raises(Exception, match="never"):
        db.execute_sql(sql)


def written(people, **changes) -> LedgerEntry:
    facts = {"kind": "payment_received", "amount_cents": -100, "entered_on": NOW.date(), "value_on": NOW.date()}
    facts |= {"business_key": "x", "label": "x", "lease": lease_of(people.bruno), "recorded_at": NOW}
    return LedgerEntry.create(**(facts | changes))


@pytest.mark.parametrize("column", ["amount_cents", "label", "value_on", "month", "id", "recorded_at"])
def test_an_entry_is_never_changed(column):
    refused(f"UPDATE ledger_entry SET {column} = {column}")


def test_an_entry_is_never_deleted_nor_replaced():
    refused("DELETE FROM ledger_entry")
    refused("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry LIMIT 1")


def test_a_choice_is_never_changed_nor_deleted(people):
    months = (Month(2026, 9), Month(2026, 10))
    record_payment(
        lease=lease_of(people.bruno),
        reference="C",
        amount_cents=100,
        method="virement",
        value_on=date(2026, 11, 23),
        at=NOW,
        months=months,
    )
    refused("UPDATE ledger_choice SET rank = rank + 5")
    refused("DELETE FROM ledger_choice")


@pytest.mark.parametrize(
    "facts",
    [
        {"amount_cents": 0},
        {"amount_cents": 100},
        {"kind": "gift"},
        {"kind": "refund"},
        {"kind": "remission"},
        {"method": "or"},
        {"kind": "reversal", "amount_cents": 100},
        {"month": "2026"},
    ],
)
def test_what_no_entry_may_say_is_refused(people, facts):
    with pytest.raises(Exception, match="CHECK"):
        written(people, **facts)


def test_a_key_serves_once(people):
    written(people)
    with pytest.raises(Exception, match="UNIQUE"):
        written(people)


def test_an_entry_is_undone_whole_once_on_its_own_account_and_not_before_its_day(people):
    payment = written(people)
    undo = {"kind": "rejected_payment", "reverses": payment, "amount_cents": 100}
    for wrong in (
        {"amount_cents": 99},
        {"lease": lease_of(people.aminata)},
        {"value_on": date(2026, 11, 1)},
        {"reverses": LedgerEntry.get(LedgerEntry.kind == "rent_call"), "lease": lease_of(people.aminata)},
    ):
        with pytest.raises(Exception, match="undone"):
            written(people, business_key="y", **(undo | wrong))
    undone = written(people, business_key="y", **undo)
    with pytest.raises(Exception, match="UNIQUE"):
        written(people, business_key="z", **undo)
    with pytest.raises(Exception, match="undone"):
        written(people, business_key="z", kind="reversal", reverses=undone)


def test_a_month_is_asked_once_of_a_lease():
    term = RentTerm.select().first()
    with pytest.raises(Exception, match="UNIQUE"):
        RentTerm.create(lease=term.lease_id, month=term.month, issued_on=NOW.date(), due_on=NOW.date())
