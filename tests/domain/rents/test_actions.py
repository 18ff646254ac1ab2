"""A payment comes in once, a bank takes it back once, an entry is undone and never edited."""

from datetime import date

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError
from portal.domain.rents.actions import record_payment, reject_payment, reverse_entry
from portal.domain.rents.errors import (
    AlreadyUndoneError,
    NotUndoableError,
    ReferenceUsedError,
    WrongAmountError,
    WrongDayError,
    WrongMonthError,
)
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 11, 23)
AUGUST, SEPTEMBER, OCTOBER = (Month(2026, number) for number in (8, 9, 10))


def pay(people, cents=45275, **changes):
    facts = {
        "lease": lease_of(people.bruno),
        "reference": "V1",
        "amount_cents": cents,
        "method": "virement",
        "value_on": TODAY,
        "at": NOW,
        "staff": people.accountant,
    }
    return record_payment(**(facts | changes))


def rests(tenant, on=TODAY):
    return {term.month: term.rest_cents for term in account_of(lease_of(tenant), on=on).replayed.terms}


def test_a_payment_is_recorded_once_for_a_reference(people):
    assert pay(people) == pay(people)
    assert rests(people.bruno)[AUGUST] == 0
    assert LedgerEntry.select().where(LedgerEntry.business_key == "reglement/V1").count() == 1


@pytest.mark.parametrize(
    "changed", [{"cents": 45276}, {"method": "cheque"}, {"value_on": date(2026, 11, 20)}, {"months": (OCTOBER,)}]
)
def test_a_reference_never_stands_for_two_payments(people, changed):
    pay(people)
    with pytest.raises(ReferenceUsedError):
        pay(people, **changed)


def test_the_months_the_tenant_chose_are_paid_in_their_order(people):
    pay(people, 45275 + 10000, months=(OCTOBER, SEPTEMBER))
    assert rests(people.bruno) == {AUGUST: 45275, SEPTEMBER: 35275, OCTOBER: 0}
    assert pay(people, 45275 + 10000, months=(OCTOBER, SEPTEMBER))
    with pytest.raises(ReferenceUsedError):
        pay(people, 45275 + 10000, months=(SEPTEMBER, OCTOBER))


def test_a_payment_has_an_amount_and_is_not_of_tomorrow(people):
    with pytest.raises(WrongAmountError):
        pay(people, 0)
    with pytest.raises(WrongDayError):
        pay(people, value_on=date(2026, 11, 24))


def test_the_caf_says_which_month_it_pays(people):
    with pytest.raises(WrongMonthError):
        pay(people, method="caf")
    assert pay(people, 5000, method="caf", months=(SEPTEMBER,)).kind == "housing_benefit"
    assert rests(people.bruno)[SEPTEMBER] == 40275


def test_the_bank_itself_may_record_a_payment(people):
    assert pay(people, staff=None).amount_cents == -45275
    assert not Trace.select().where(Trace.act == "recorded_payment").exists()


@pytest.mark.parametrize("who", ["admin", "manager", "technical", "loge"])
def test_only_the_accountant_records_a_payment(people, who):
    with pytest.raises(NotAllowedError):
        pay(people, staff=getattr(people, who))


def test_the_tenant_reads_who_recorded_it(people):
    pay(people)
    trace = Trace.get(Trace.act == "recorded_payment")
    assert (trace.tenant, trace.staff, trace.detail) == (people.bruno, people.accountant, "reglement/V1")


def reject(people, payment, **changes):
    facts = {"reference": "R1", "reason": "Provision insuffisante", "value_on": TODAY, "at": NOW}
    return reject_payment(payment=payment, **(facts | changes), staff=people.accountant)


def test_a_rejection_puts_the_whole_payment_back_once(people):
    before = rests(people.bruno)
    payment = pay(people)
    assert reject(people, payment) == reject(people, payment)
    assert rests(people.bruno) == before
    assert account_of(lease_of(people.bruno), on=TODAY).balance_cents == 3 * 45275
    with pytest.raises(AlreadyUndoneError):
        reject(people, payment, reference="R2")


def test_a_rejection_does_not_come_before_its_payment_and_undoes_payments_only(people):
    payment = pay(people)
    with pytest.raises(WrongDayError):
        reject(people, payment, value_on=date(2026, 11, 22))
    with pytest.raises(NotUndoableError):
        reject(people, LedgerEntry.get(LedgerEntry.kind == "rent_call"))


def test_an_entry_is_undone_by_another_once_and_that_one_never(people):
    payment = pay(people)
    reversal = reverse_entry(entry=payment, reason="mauvais compte", at=NOW, staff=people.accountant)
    assert reversal.label == "Annulation\u00a0: Virement\u00a0: mauvais compte"
    assert reverse_entry(entry=payment, reason="mauvais compte", at=NOW, staff=people.accountant) == reversal
    with pytest.raises(AlreadyUndoneError):
        reject(people, payment)
    with pytest.raises(NotUndoableError):
        reverse_entry(entry=reversal, reason="non", at=NOW, staff=people.accountant)
    assert account_of(lease_of(people.bruno), on=TODAY).balance_cents == 3 * 45275


def test_a_reversed_call_frees_what_paid_it(people):
    call = LedgerEntry.get(LedgerEntry.lease == lease_of(people.aminata), LedgerEntry.month == OCTOBER)
    reverse_entry(entry=call, reason="erreur de montant", at=NOW, staff=people.accountant)
    assert account_of(lease_of(people.aminata), on=TODAY).credit_cents == 45275
