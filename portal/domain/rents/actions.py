"""What happens to an account: a payment comes in, a bank takes one back, an entry that should not be is undone."""

from collections.abc import Sequence
from datetime import date, datetime

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.housing.models import Lease
from portal.domain.people.models import Staff
from portal.domain.rents.allocation import BENEFIT, PAYMENTS
from portal.domain.rents.entries import Facts, enter, unique
from portal.domain.rents.errors import (
    AlreadyUndoneError,
    NotUndoableError,
    WrongAmountError,
    WrongDayError,
    WrongMonthError,
)
from portal.domain.rents.labels import METHOD_LABELS, REJECTION_LABELS, said
from portal.domain.rents.models import LedgerEntry
from portal.kernel.clock import paris_day
from portal.kernel.periods import Month


def record_payment(
    *,
    lease: Lease,
    reference: str,
    amount_cents: int,
    method: str,
    value_on: date,
    at: datetime,
    staff: Staff | None = None,
    months: Sequence[Month] = (),
    words: str = "",
) -> LedgerEntry:
    """Credit a payment to an account, once for a reference, and return its entry.

    `amount_cents` is positive; `months` are the terms the tenant chose to pay, in order (none leaves it to art. 1342-10
    of the Code civil); what the CAF pays (`caf`) is a benefit of the one month it names. `words` complete the label.
    Raises WrongAmountError, WrongMonthError, WrongDayError for a day to come, NotAllowedError, and ReferenceUsedError
    when the reference was used for other facts.
    """
    if amount_cents <= 0:
        raise WrongAmountError
    if method == "caf" and len(unique(months)) != 1:
        raise WrongMonthError("Dites pour quel mois la CAF a payé : une aide au logement paie son mois.")
    facts = Facts(
        key=f"reglement/{reference}",
        lease=lease,
        kind=BENEFIT if method == "caf" else "payment_received",
        value_on=value_on,
        label=said(METHOD_LABELS[method], words),
        amount_cents=-amount_cents,
        months=unique(months),
        method=method,
    )
    with db.atomic():
        return enter(facts, act=audit.RECORDED_PAYMENT, staff=staff, at=at)


def reject_payment(
    *,
    payment: LedgerEntry,
    reference: str,
    reason: str,
    value_on: date,
    at: datetime,
    staff: Staff | None = None,
) -> LedgerEntry:
    """Put back what a bank took back from a payment, once, whole, and return the entry.

    No cost is added: the law forbids it (law of 6 July 1989, art. 4 i and p). The terms it had paid, and they alone,
    are to pay again. Raises NotUndoableError, AlreadyUndoneError, WrongDayError, NotAllowedError, ReferenceUsedError.
    """
    if payment.kind not in PAYMENTS:
        raise NotUndoableError("Seul un paiement se rejette. Pour une autre écriture, passez son annulation.")
    if value_on < payment.value_on:
        raise WrongDayError("Le rejet ne peut pas précéder le paiement. Vérifiez la date.")
    with db.atomic():
        return _undo(
            payment,
            kind="rejected_payment",
            key=f"rejet/{reference}",
            value_on=value_on,
            staff=staff,
            at=at,
            label=said(REJECTION_LABELS[payment.method], reason),
            act=audit.REJECTED_PAYMENT,
        )


def reverse_entry(*, entry: LedgerEntry, reason: str, at: datetime, staff: Staff) -> LedgerEntry:
    """Undo an entry written by mistake, once, whole, today: nothing is ever edited. Return the reversing entry.

    Raises NotUndoableError for an entry that undoes another, AlreadyUndoneError, NotAllowedError.
    """
    if entry.reverses_id:
        raise NotUndoableError
    with db.atomic():
        return _undo(
            entry,
            kind="reversal",
            key=f"annulation/{entry.business_key}",
            value_on=paris_day(at),
            staff=staff,
            at=at,
            label=said(f"Annulation\u00a0: {entry.label}", reason),
            act=audit.REVERSED_ENTRY,
        )


def _undo(
    entry: LedgerEntry,
    *,
    kind: str,
    key: str,
    value_on: date,
    label: str,
    act: str,
    staff: Staff | None,
    at: datetime,
) -> LedgerEntry:
    undone = LedgerEntry.get_or_none(LedgerEntry.reverses == entry)
    if undone and undone.business_key != key:
        raise AlreadyUndoneError
    facts = Facts(
        key=key,
        lease=entry.lease,
        kind=kind,
        value_on=undone.value_on if undone and kind == "reversal" else value_on,
        label=label,
        amount_cents=-entry.amount_cents,
        months=(entry.month,) if entry.month else (),
        method=entry.method,
        reverses=entry,
    )
    return enter(facts, act=act, staff=staff, at=at)
