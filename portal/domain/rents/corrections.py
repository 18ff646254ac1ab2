"""What the Office puts right outside the terms: adjustments, remissions, refunds, the deposit given back."""

from datetime import date, datetime

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError
from portal.domain.housing.models import Lease
from portal.domain.people.models import Staff
from portal.domain.rents.allocation import Term
from portal.domain.rents.entries import Facts, enter
from portal.domain.rents.errors import WrongAmountError, WrongDayError, WrongMonthError
from portal.domain.rents.labels import KIND_LABELS, month_words, said
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day
from portal.kernel.money import in_euros
from portal.kernel.periods import Month

ADJUSTMENTS = ("charge_adjustment", "tenant_repairs", "court_costs")
EITHER_SIGN = ("charge_adjustment",)


def adjust(
    *,
    lease: Lease,
    kind: str,
    reference: str,
    amount_cents: int,
    words: str,
    due_on: date | None,
    value_on: date,
    at: datetime,
    staff: Staff,
) -> LedgerEntry:
    """Write a sum outside the terms: an adjustment of charges (law of 6 July 1989, art. 23), repairs, awarded costs.

    `amount_cents` is positive when the tenant owes it, then by `due_on`; only an adjustment of charges may be
    negative: in the tenant's favour, it pays what is owed, else it waits. Reminder costs are no kind: art. 4 p forbids
    them. Raises WrongAmountError, WrongDayError, NotAllowedError, ReferenceUsedError.
    """
    if kind not in ADJUSTMENTS:
        raise DomainError
    if not amount_cents or (amount_cents < 0 and kind not in EITHER_SIGN):
        raise WrongAmountError
    if amount_cents > 0 and (due_on is None or due_on < value_on):
        raise WrongDayError("La date limite de paiement ne peut pas précéder la date de l’opération.")
    facts = Facts(
        key=f"ecriture/{reference}",
        lease=lease,
        kind=kind,
        value_on=value_on,
        amount_cents=amount_cents,
        due_on=due_on if amount_cents > 0 else None,
        label=said(KIND_LABELS[kind], words),
    )
    with db.atomic():
        return enter(facts, act=audit.ADJUSTED_ACCOUNT, staff=staff, at=at)


def grant_remission(
    *,
    lease: Lease,
    month: Month,
    reference: str,
    amount_cents: int,
    words: str,
    at: datetime,
    staff: Staff,
) -> LedgerEntry:
    """Ask less of a month, from today: the remission is named on that month's quittance (CCH, art. L441-3-2).

    `amount_cents` is positive. Raises WrongMonthError for a month that was not asked, WrongAmountError for more than
    what was asked, NotAllowedError, ReferenceUsedError.
    """
    key, value_on = f"remise/{reference}", paris_day(at)
    label = said(f"{KIND_LABELS['remission']}, {month_words(month)}", words)
    with db.atomic():
        written = LedgerEntry.get_or_none(LedgerEntry.business_key == key)
        if not written:
            _check_remission(account_of(lease, on=value_on).term(month), amount_cents)
        facts = Facts(
            key=key,
            lease=lease,
            kind="remission",
            value_on=written.value_on if written else value_on,
            label=label,
            amount_cents=-amount_cents,
            months=(month,),
        )
        return enter(facts, act=audit.GRANTED_REMISSION, staff=staff, at=at)


def refund(
    *,
    lease: Lease,
    reference: str,
    amount_cents: int,
    method: str,
    value_on: date,
    at: datetime,
    staff: Staff | None = None,
    words: str = "",
) -> LedgerEntry:
    """Note money given back to the tenant out of what waits on the account.

    `amount_cents` is positive. Raises WrongAmountError for more than what waits, WrongDayError, NotAllowedError,
    ReferenceUsedError.
    """
    key = f"remboursement/{reference}"
    facts = Facts(
        key=key,
        lease=lease,
        kind="refund",
        value_on=value_on,
        label=said(KIND_LABELS["refund"], words),
        amount_cents=amount_cents,
        method=method,
    )
    with db.atomic():
        waiting = account_of(lease, on=paris_day(at)).credit_cents
        written = LedgerEntry.select().where(LedgerEntry.business_key == key).exists()
        if not written and not 0 < amount_cents <= waiting:
            raise WrongAmountError(f"Le compte n’a que {in_euros(waiting)} à rendre. Vérifiez le montant.")
        return enter(facts, act=audit.REFUNDED, staff=staff, at=at)


def return_deposit(
    *,
    lease: Lease,
    reference: str,
    amount_cents: int,
    value_on: date,
    at: datetime,
    staff: Staff,
    words: str = "",
) -> LedgerEntry:
    """Credit the deposit to the account of a lease that is over: it pays what is owed, and the rest may be refunded.

    The rest is given back within one month, two if the exit inspection differs (law of 6 July 1989, art. 22).
    `amount_cents` is positive. Raises WrongAmountError, WrongDayError, NotAllowedError, ReferenceUsedError.
    """
    if amount_cents <= 0:
        raise WrongAmountError
    if lease.ends_on is None or value_on < lease.ends_on:
        raise WrongDayError("Le dépôt de garantie se rend après la fin du bail.")
    facts = Facts(
        key=f"depot-rendu/{reference}",
        lease=lease,
        kind="deposit_return",
        value_on=value_on,
        label=said(KIND_LABELS["deposit_return"], words),
        amount_cents=-amount_cents,
    )
    with db.atomic():
        return enter(facts, act=audit.RETURNED_DEPOSIT, staff=staff, at=at)


def _check_remission(term: Term | None, amount_cents: int) -> None:
    if term is None:
        raise WrongMonthError
    if not 0 < amount_cents <= term.asked_cents:
        most = in_euros(max(term.asked_cents, 0))
        raise WrongAmountError(f"La remise ne peut pas dépasser ce qui est demandé pour ce mois : {most}.")
