"""From the bank's news to the tenant's account: credit once, take back what was undone or refunded, ignore the rest."""

from datetime import date, datetime

from portal.domain.payments.models import (
    CANCELLED,
    PAID,
    REVERSED,
    BankNotification,
    OnlinePayment,
)
from portal.domain.payments.policy import STATE_AFTER, NoArrowError, may_move, terms_paid_by
from portal.domain.payments.systempay import News, Notice
from portal.domain.rents.actions import record_payment, reject_payment
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day


def apply(*, notice: Notice, payment: OnlinePayment, at: datetime) -> str:
    """Move a payment by one notification that is known to be right, and return the verdict.

    Must be called inside the transaction that notes the notification. The same news again, or older news that comes
    after, changes nothing.
    """
    if notice.is_refund:
        return _refund(notice, payment, at)
    if notice.news is News.PAID:
        return _pay(notice, payment, at)
    if notice.news is News.UNDONE and payment.state in (PAID, REVERSED):
        return _undo(notice, payment, at)
    after = STATE_AFTER[notice.news]
    if payment.state == after:
        return "repeated"
    if not may_move(payment.state, after):
        return "overtaken"
    move(payment, after, at, bank_reference=notice.reference)
    return str(notice.news)


def move(payment: OnlinePayment, to: str, at: datetime, **facts: object) -> None:
    """Move a payment to another state, with the facts that come with it: nothing else ever changes its state.

    Must be called inside the caller's transaction. Raises NoArrowError for a move that policy.ARROWS does not have.
    """
    if not may_move(payment.state, to):
        raise NoArrowError
    _keep(payment, at, state=to, **facts)


def _pay(notice: Notice, payment: OnlinePayment, at: datetime) -> str:
    """Credit the account, once; what is known to be cancelled is not credited, unless its money was captured."""
    same = payment.bank_reference == notice.reference
    if payment.state == PAID:
        return "repeated" if same else "second_payment"
    if payment.state == REVERSED:
        return "overtaken" if same and notice["trans_status"] == "AUTHORISED" else "after_undoing"
    if payment.state == CANCELLED and same and notice["trans_status"] != "CAPTURED":
        return "overtaken"
    entry = record_payment(
        lease=payment.lease,
        reference=payment.order_number,
        amount_cents=payment.amount_cents,
        method="carte",
        value_on=_value_day(notice, payment, at),
        at=at,
        months=payment.months,
    )
    move(payment, PAID, at, entry=entry, bank_reference=notice.reference)
    for reference, cents in _early_refunds(payment).items():
        _give_back(payment, cents, reference, at)
    return "paid"


def _value_day(notice: Notice, payment: OnlinePayment, at: datetime) -> date:
    """The tenant paid when the bank says so, if that can be: a notification may come days late."""
    made_at = notice.made_at
    return paris_day(made_at if made_at and payment.started_at <= made_at <= at else at)


def _refund(notice: Notice, payment: OnlinePayment, at: datetime) -> str:
    """Give back once what the bank sent back to the card; what comes before the payment waits for it in the log."""
    if notice.news is not News.PAID:
        return "overtaken"  # asked for and not done yet, or given up: no money has moved
    if _given_back(payment, notice.reference):
        return "repeated"
    if payment.entry_id is None:
        return "refund_early"
    if notice.amount_cents is None or payment.refunded_cents + notice.amount_cents > payment.amount_cents:
        return "refund_too_large"
    _give_back(payment, notice.amount_cents, notice.reference, at)
    return "refunded"


def _undo(notice: Notice, payment: OnlinePayment, at: datetime) -> str:
    """Take back a credit whose payment was cancelled, or never reached the Office's bank."""
    if payment.state == REVERSED:
        return "repeated"
    if notice.reference != payment.bank_reference:
        return "overtaken"  # another try of the same order, which brought nothing
    _give_back(payment, payment.amount_cents - payment.refunded_cents, notice.reference, at)
    return "undone"


def _early_refunds(payment: OnlinePayment) -> dict[str, int]:
    """Return the refunds that came before the payment they refund: each reference once, the oldest first, its cents."""
    rows = (
        BankNotification.select()
        .where(BankNotification.payment == payment, BankNotification.verdict == "refund_early")
        .order_by(BankNotification.id)
    )
    return {row.bank_reference: row.amount_cents for row in rows if row.amount_cents}


def _given_back(payment: OnlinePayment, reference: str) -> bool:
    """Say whether a refund is on the account already."""
    key = f"rejet/{_name(payment, reference)}"
    return LedgerEntry.select().where(LedgerEntry.business_key == key).exists()


def _give_back(payment: OnlinePayment, cents: int, reference: str, at: datetime) -> None:
    """Take from the account what went back to the card; nothing of a payment that was never credited.

    An entry is undone whole: what is left of a payment refunded in part is credited anew, on the same day of value and
    to the same terms, so that the account is as if this rest alone had been paid.
    """
    undone, name = payment.entry, _name(payment, reference)
    if undone is None:
        return
    terms = terms_paid_by(account_of(payment.lease, on=paris_day(at)), payment)
    reject_payment(payment=undone, reference=name, reason="rendu sur la carte", value_on=paris_day(at), at=at)
    given = payment.refunded_cents + cents
    if given == payment.amount_cents:
        move(payment, REVERSED, at, refunded_cents=given)
        return
    rest = record_payment(
        lease=payment.lease,
        reference=name,
        amount_cents=payment.amount_cents - given,
        method="carte",
        value_on=undone.value_on,
        at=at,
        months=payment.months or tuple(term.month for term in terms),
        words="reste après remboursement",
    )
    _keep(payment, at, refunded_cents=given, entry=rest)


def _name(payment: OnlinePayment, reference: str) -> str:
    return f"{payment.order_number}/{reference}"


def _keep(payment: OnlinePayment, at: datetime, **facts: object) -> None:
    """Write what is now known of a payment, in the database and in the row at hand."""
    facts |= {"changed_at": at}
    for name, value in facts.items():
        setattr(payment, name, value)
    payment.save(only=list(facts))
