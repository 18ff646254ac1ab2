"""What a tenant may pay, what a notification must be before anything is credited, and where a payment may go next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.domain.errors import DomainError
from portal.domain.payments.models import (
    ABANDONED,
    CANCELLED,
    LAPSED,
    LEAST_CENTS,
    PAID,
    PENDING,
    REFUSED,
    REVERSED,
    WAITING,
    OnlinePayment,
)
from portal.domain.payments.systempay import EURO, News, Notice, Shop
from portal.domain.people.models import Role, Staff
from portal.domain.rents.allocation import Term
from portal.domain.rents.queries import Account
from portal.kernel.periods import Month

PATIENCE = timedelta(minutes=30)
ADVICE_AFTER = timedelta(minutes=2)
READERS = (Role.ADMINISTRATOR, Role.ACCOUNTANT)

# From a state, the states a payment may move to: settlement.move reads nothing else. A refusal may be followed by a
# second try on the bank's own page; money captured after a cancellation is money all the same.
ARROWS = {
    WAITING: {PENDING, PAID, REFUSED, ABANDONED, CANCELLED, LAPSED},
    PENDING: {PAID, REFUSED, ABANDONED, CANCELLED},
    LAPSED: {PENDING, PAID, REFUSED, ABANDONED, CANCELLED},
    REFUSED: {PAID, CANCELLED},
    ABANDONED: {PAID, CANCELLED},
    CANCELLED: {PAID},
    PAID: {REVERSED},
    REVERSED: set(),
}
STATE_AFTER = {News.PENDING: PENDING, News.REFUSED: REFUSED, News.ABANDONED: ABANDONED, News.UNDONE: CANCELLED}


class NoArrowError(DomainError):
    """A payment cannot move from its state to that one."""

    sentence = "Ce paiement ne peut pas passer à cet état."


class WrongAmountError(DomainError):
    """The sum asked for cannot be paid; the sentence says what can."""


@dataclass(frozen=True)
class Choice:
    """What a tenant wants to pay: « balance », « terms » with their months, or « sum » with its cents."""

    kind: str
    months: tuple[Month, ...] = ()
    cents: int = 0


def may_move(state: str, to: str) -> bool:
    """Say whether a payment may move from a state to another."""
    return to in ARROWS[state]


def may_read_payments(staff: Staff) -> bool:
    """Online payments are read by the accountants and the administrators."""
    return staff.role in READERS


def asked_cents(account: Account) -> int:
    """Return what is asked for now, all of it: of a debt that a plan spreads, only the instalments due."""
    return max(account.due_cents, 0)


def most_cents(account: Account) -> int:
    """Return the most one may pay: what is owed and one term more (a credit already there counts against it)."""
    asked = [term for term in account.terms if term.asked_cents > 0]
    one_term = asked[0].asked_cents - asked[0].benefit_cents if asked else 0
    return max(account.balance_cents + max(one_term, 0), 0)


def amount_of(account: Account, choice: Choice) -> int:
    """Return what a choice comes to, in cents. Raises WrongAmountError when it cannot be paid."""
    if choice.kind == "terms":
        open_now = {term.month: term.rest_cents for term in account.open_terms}
        if not choice.months or not set(choice.months) <= set(open_now):
            raise WrongAmountError("Un des mois choisis est déjà payé. Regardez la liste, puis choisissez de nouveau.")
        cents = sum(open_now[month] for month in set(choice.months))
    else:
        cents = asked_cents(account) if choice.kind == "balance" else choice.cents
    if choice.kind != "sum" and cents <= 0:
        raise WrongAmountError("Il n’y a rien à payer en ce moment.")
    if cents < LEAST_CENTS:
        raise WrongAmountError("Le paiement en ligne commence à 1 €.")
    if cents > most_cents(account):
        raise WrongAmountError(
            "C’est plus que ce que vous devez et un mois d’avance : choisissez une somme moins grande."
        )
    return cents


def terms_paid_by(account: Account, payment: OnlinePayment) -> list[Term]:
    """Return the terms a payment went to, the oldest first; none before it is credited."""
    if payment.entry_id is None:
        return []
    touched = [term for term in account.terms if payment.entry_id in {share.posting.id for share in term.shares}]
    return touched[::-1]


def state_of(payment: OnlinePayment, *, at: datetime) -> str:
    """Return where a payment stands: thirty minutes without any news and it is « sans suite », worker or not."""
    if payment.state == WAITING and payment.started_at + PATIENCE <= at:
        return LAPSED
    return payment.state


def needs_advice(payment: OnlinePayment, *, at: datetime) -> bool:
    """After two minutes of waiting, the page says what to do."""
    return payment.started_at + ADVICE_AFTER <= at


def fault_of(notice: Notice, payment: OnlinePayment | None, shop: Shop) -> str:
    """Return why a signed notification is no news of a payment of ours, "" when it is.

    A notification in the other mode never counts: test money must not pay a rent.
    """
    checks = (
        ("not_a_notification", notice["url_check_src"] == ""),
        ("wrong_mode", notice["ctx_mode"] != shop.mode or (payment is not None and payment.mode != shop.mode)),
        ("wrong_shop", notice["site_id"] != shop.site_id),
        ("unknown_order", payment is None),
        ("wrong_operation", not (notice.is_debit or notice.is_refund)),
        ("wrong_currency", notice["currency"] != EURO),
        ("wrong_amount", payment is not None and not _right_amount(notice, payment)),
        ("wrong_transaction", payment is not None and notice.is_debit and not _same_transaction(notice, payment)),
        ("unknown_status", notice.news is News.UNKNOWN),
    )
    return next((name for name, wrong in checks if wrong), "")


def _right_amount(notice: Notice, payment: OnlinePayment) -> bool:
    """What is taken is exactly what was asked; what goes back is something, and no more than was asked."""
    if notice.amount_cents is None:
        return False
    if notice.is_refund:
        return 0 < notice.amount_cents <= payment.amount_cents
    return notice.amount_cents == payment.amount_cents


def _same_transaction(notice: Notice, payment: OnlinePayment) -> bool:
    """A refund is a transaction of its own; everything else speaks of the one we asked for."""
    return (notice["trans_id"], notice["trans_date"]) == (payment.trans_id, payment.trans_date)
