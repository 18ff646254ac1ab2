"""The avis d’échéance of a month in one file for the printer: asked for, drawn up, made by the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError, NotAllowedError
from portal.domain.housing.models import Building, Dwelling, Lease, Residence
from portal.domain.papers.actions import draw_up_notices
from portal.domain.papers.drafts import Desk
from portal.domain.papers.models import NoticeBatch, Paper
from portal.domain.papers.notices import leases_asked
from portal.domain.people.models import Staff
from portal.domain.rents.models import RentTerm
from portal.domain.rents.policy import may_keep_accounts
from portal.kernel.periods import Month

AT_ONCE = 200  # leases drawn up in one transaction: others may write in between
KEPT = timedelta(days=30)  # the file; it can always be made again

Told = Callable[[int, int], None]


class NothingAskedError(DomainError):
    """No rent was asked for the month, or not in this building."""

    sentence = "Aucun loyer n’a été demandé pour ce mois : il n’y a pas d’avis à préparer."


@dataclass(frozen=True)
class Place:
    """A building where rents were asked for a month, and how many."""

    code: str
    words: str
    count: int


def places_asked(*, month: Month) -> list[Place]:
    """Return the buildings where rents were asked for a month, by residence."""
    rows = (
        Building.select(Building.code, Residence.name, Building.name, Building.address, fn.COUNT(RentTerm.id))
        .join(Residence)
        .join_from(Building, Dwelling)
        .join(Lease)
        .join(RentTerm, on=(RentTerm.lease_id == Lease.id) & (RentTerm.month == month))
        .group_by(Building.id)
        .order_by(Residence.name, Building.name, Building.id)
    )
    found = rows.tuples().iterator()
    return [Place(code, f"{residence}, {name}, {address}", count) for code, residence, name, address, count in found]


def batches_of(*, month: Month) -> list[NoticeBatch]:
    """Return the files asked for of a month: that of all buildings first, then by building."""
    return list(NoticeBatch.select().where(NoticeBatch.month == month).order_by(NoticeBatch.building))


def progress_of(batches: list[NoticeBatch]) -> str:
    """Return, in a word, how far files are: the same as long as nothing moved."""
    return "-".join(f"{each.id}.{each.done}.{each.under_way}" for each in batches)


def batch_of(*, month: Month, building: str) -> NoticeBatch | None:
    """Return what was asked for of a month and a building (its code; none for all of them)."""
    return NoticeBatch.get_or_none(NoticeBatch.month == month, NoticeBatch.building == building)


def ask(*, month: Month, building: str, kept: bool, staff: Staff, at: datetime) -> NoticeBatch:
    """Ask for the file of a month, for all buildings or one (its code); asked twice, it is made once.

    A file that is ready and still there (`kept`) is made again only when other rents were asked since. Raises
    NothingAskedError, NotAllowedError.
    """
    if not may_keep_accounts(staff):
        raise NotAllowedError
    with db.atomic():
        total = sum(place.count for place in places_asked(month=month) if building in ("", place.code))
        if not total:
            raise NothingAskedError
        known = batch_of(month=month, building=building)
        if known and (known.under_way or (known.ready_at and kept and known.total == total)):
            return known
        if known is None:
            known = NoticeBatch(month=month, building=building)
        known.staff, known.asked_at, known.total, known.done = staff, at, total, 0
        known.ready_at = known.stopped_at = None
        known.save()
        audit.note(act=audit.PRINTED_LETTERS, staff=staff, at=at, detail=f"notices {month} {building}".strip())
        return known


def next_to_make() -> NoticeBatch | None:
    """Return the file to make now: the one that was asked for first among those that are not ready."""
    left = NoticeBatch.ready_at.is_null() & NoticeBatch.stopped_at.is_null()
    return NoticeBatch.select().where(left).order_by(NoticeBatch.asked_at, NoticeBatch.id).first()


def made_before(at: datetime) -> list[NoticeBatch]:
    """Return the files made more than thirty days before."""
    return list(NoticeBatch.select().where(NoticeBatch.ready_at < at - KEPT).order_by(NoticeBatch.id))


def draw_up_month(*, month: Month, building: str, desk: Desk, at: datetime, told: Told) -> list[Paper]:
    """Return the avis of a month in the printer's order, those that are missing drawn up; `told` hears how many."""
    leases, sheets = leases_asked(month=month, building=building), []
    for first in range(0, len(leases), AT_ONCE):
        sheets += draw_up_notices(leases=leases[first : first + AT_ONCE], month=month, desk=desk, at=at)
        told(len(sheets), len(leases))
    return sheets


def note_progress(*, batch: NoticeBatch, done: int, total: int) -> None:
    """Note how many avis are drawn, for the page that says it."""
    NoticeBatch.update(done=done, total=total).where(NoticeBatch.id == batch.id).execute()


def note_ready(*, batch: NoticeBatch, count: int, at: datetime) -> None:
    """Note that the file is complete."""
    NoticeBatch.update(done=count, total=count, ready_at=at).where(NoticeBatch.id == batch.id).execute()


def note_stopped(*, batch: NoticeBatch, at: datetime) -> None:
    """Note that the work failed: it goes on where it was when somebody asks again."""
    NoticeBatch.update(stopped_at=at).where(NoticeBatch.id == batch.id).execute()
