"""What may be said of a term, and which paper it may give."""

from datetime import date

from portal.domain.people.models import Role, Staff
from portal.domain.rents.allocation import Term

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
    return term.asked_cents > 0 and term.rest_cents == 0 and term.covered_cents > 0


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
