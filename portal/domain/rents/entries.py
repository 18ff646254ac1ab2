"""Writing one entry of an account: once for a business key, with a trace that each holder of the lease can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.domain.audit import actions as audit
from portal.domain.errors import NotAllowedError
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import holders_of
from portal.domain.people.models import Staff
from portal.domain.rents import policy
from portal.domain.rents.errors import ReferenceUsedError, WrongDayError
from portal.domain.rents.models import LedgerChoice, LedgerEntry
from portal.kernel.clock import paris_day
from portal.kernel.periods import Month


@dataclass(frozen=True)
class Facts:
    """What an entry says. Amounts are cents, positive when the tenant owes; `months` are the terms chosen, in order."""

    key: str
    lease: Lease
    kind: str
    value_on: date
    label: str
    amount_cents: int
    months: tuple[Month, ...] = ()
    method: str = ""
    due_on: date | None = None
    reverses: LedgerEntry | None = None

    @property
    def month(self) -> Month | None:
        """The month of the entry itself: several have their own table."""
        return self.months[0] if len(self.months) == 1 else None


def enter(facts: Facts, *, act: str, staff: Staff | None, at: datetime) -> LedgerEntry:
    """Write an entry, inside the caller's transaction; with a key already used for the same facts, return that entry.

    Raises NotAllowedError for staff who do not keep the accounts, WrongDayError for a day to come, and
    ReferenceUsedError when the key was used for other facts.
    """
    if staff and not policy.may_keep_accounts(staff):
        raise NotAllowedError
    written = LedgerEntry.get_or_none(LedgerEntry.business_key == facts.key)
    if written:
        if not _says_the_same(written, facts):
            raise ReferenceUsedError
        return written
    if facts.value_on > paris_day(at):
        raise WrongDayError("Cette date est à venir. Écrivez le jour de l’opération.")
    entry = LedgerEntry.create(
        lease=facts.lease,
        business_key=facts.key,
        kind=facts.kind,
        entered_on=paris_day(at),
        value_on=facts.value_on,
        due_on=facts.due_on,
        month=facts.month,
        label=facts.label,
        amount_cents=facts.amount_cents,
        method=facts.method,
        reverses=facts.reverses,
        recorded_at=at,
    )
    if len(facts.months) > 1:
        for rank, month in enumerate(facts.months):
            LedgerChoice.create(entry=entry, month=month, rank=rank)
    if staff:
        note(act, lease=facts.lease, staff=staff, at=at, detail=facts.key)
    return entry


def note(act: str, *, lease: Lease, staff: Staff, at: datetime, detail: str) -> None:
    """Trace an act on an account in the file of each holder of the lease."""
    for holder in holders_of(lease=lease):
        audit.note(act=act, at=at, staff=staff, tenant=holder, detail=detail)


def chosen_of(entry: LedgerEntry) -> tuple[Month, ...]:
    """Return the terms chosen for an entry, in order."""
    several = LedgerChoice.select().where(LedgerChoice.entry == entry).order_by(LedgerChoice.rank)
    return tuple(each.month for each in several) or ((entry.month,) if entry.month else ())


def unique(months: Sequence[Month]) -> tuple[Month, ...]:
    """Keep each month once, in the order chosen."""
    return tuple(dict.fromkeys(months))


def _says_the_same(entry: LedgerEntry, facts: Facts) -> bool:
    kept = (entry.lease_id, entry.kind, entry.value_on, entry.amount_cents, entry.method, entry.reverses_id)
    asked = (facts.lease.id, facts.kind, facts.value_on, facts.amount_cents, facts.method)
    return (
        kept == (*asked, facts.reverses.id if facts.reverses else None)
        and entry.due_on == facts.due_on
        and chosen_of(entry) == facts.months
    )
