"""What may be said of a term, and which paper it may give."""

from datetime import date

from portal.domain.people.models import Role, Staff
from portal.domain.rents.allocation import Instalment, Term
from portal.kernel.periods import Month

PAID, PARTLY_PAID, OVERDUE, DUE, NOTHING_ASKED = "paid", "partly_paid", "overdue", "due", "nothing_asked"
SPREAD = "spread"
CONDITIONAL_METHODS = ("cheque", "prelevement")
KEEPS_ACCOUNTS = (Role.ACCOUNTANT,)
READS_ACCOUNTS = (Role.ADMINISTRATOR, Role.MANAGER, Role.ACCOUNTANT)


def may_keep_accounts(staff: Staff) -> bool:
    """Rents are posted, payments recorded and entries undone by the accountant, and by nobody else."""
    return staff.role in KEEPS_ACCOUNTS


def may_read_accounts(staff: Staff) -> bool:
    """The accountant, the rental managers and the administrators read an account line by line."""
    return staff.role in READS_ACCOUNTS


def may_have_receipt(term: Term) -> bool:
    """A quittance is given for a term wholly paid, and for no other (law of 6 July 1989, art. 21)."""
    return term.asked_cents > 0 and term.rest_cents == 0


def state_of(term: Term, *, on: date) -> str:
    """Say where a term stands on a day: paid, in a plan, paid in part, overdue, to be paid, or nothing asked."""
    if term.asked_cents <= 0:
        return NOTHING_ASKED
    if term.rest_cents == 0:
        return PAID
    if term.due_cents == 0:
        return SPREAD
    if term.tenant_cents:
        return PARTLY_PAID
    return OVERDUE if term.due_on < on else DUE


def is_conditional(term: Term) -> bool:
    """A cheque or a direct debit may still be refused by the bank: the quittance is « sous réserve d’encaissement »."""
    return any(share.posting.method in CONDITIONAL_METHODS for share in term.shares)


def even_instalments(debt_cents: int, *, count: int, first_on: date) -> list[Instalment]:
    """Spread a debt over so many months, on the day of the first: equal parts, the odd cents on the last one.

    A day that a month does not have is its last day. The parts add up to the debt to the cent.
    """
    part = debt_cents // count
    months = [Month.of(first_on).plus(step) for step in range(count)]
    days = [month.first_day.replace(day=min(first_on.day, month.days)) for month in months]
    cents = [part] * (count - 1) + [debt_cents - part * (count - 1)]
    return [Instalment(day, each) for day, each in zip(days, cents, strict=True)]
