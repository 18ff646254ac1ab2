"""Draw up a paper, the first time somebody needs it. Asked again, it is the same paper."""

from dataclasses import replace
from datetime import datetime

from peewee import fn

from portal.db import db
from portal.domain.errors import NotFoundError
from portal.domain.housing.models import Lease
from portal.domain.papers import queries
from portal.domain.papers.codes import code_of
from portal.domain.papers.content import Content
from portal.domain.papers.drafts import Desk, receipt_draft, slip_draft
from portal.domain.papers.models import NOTICE, RECEIPT, SLIP, Paper
from portal.domain.papers.notices import notice_drafts
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.policy import may_have_receipt
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day
from portal.kernel.periods import Month

LETTERS = {NOTICE: "A", RECEIPT: "Q", SLIP: "R"}


def draw_up_receipt(*, lease: Lease, month: Month, desk: Desk, at: datetime) -> Paper:
    """Return the valid quittance of a term, drawn up now when there is none.

    Raises NotFoundError when no such term was asked, NotPaidError when it is not wholly paid.
    """
    with db.atomic():
        drawn = queries.valid_paper(kind=RECEIPT, lease=lease, month=month)
        return drawn or _issue(
            receipt_draft(lease=lease, month=month, desk=desk, on=paris_day(at)), lease=lease, desk=desk, at=at
        )


def draw_up_notice(*, lease: Lease, month: Month, desk: Desk, at: datetime) -> Paper:
    """Return the avis d’échéance of a term, drawn up now when there is none. Raises NotFoundError."""
    return (draw_up_notices(leases=[lease], month=month, desk=desk, at=at) or _nothing())[0]


def draw_up_notices(*, leases: list[Lease], month: Month, desk: Desk, at: datetime) -> list[Paper]:
    """Return the avis of a month for leases, in their order, those that are missing drawn up now.

    The leases come with their dwelling and building; one that was asked nothing for the month has no avis.
    """
    with db.atomic():
        drawn = queries.valid_notices(leases=leases, month=month)
        missing = [lease for lease in leases if lease.id not in drawn]
        for lease, draft in notice_drafts(leases=missing, month=month, desk=desk, on=paris_day(at)):
            drawn[lease.id] = _issue(draft, lease=lease, desk=desk, at=at)
    return [drawn[lease.id] for lease in leases if lease.id in drawn]


def draw_up_year(*, lease: Lease, year: int, desk: Desk, at: datetime) -> list[Paper]:
    """Return the valid quittances of the months of a year that are wholly paid, the first month first."""
    with db.atomic():
        paid = [term.month for term in account_of(lease, on=paris_day(at)).of_year(year) if may_have_receipt(term)]
        return [draw_up_receipt(lease=lease, month=month, desk=desk, at=at) for month in sorted(paid)]


def draw_up_slip(*, lease: Lease, entry: LedgerEntry, desk: Desk, at: datetime) -> Paper:
    """Return the valid reçu of a payment, drawn up now when there is none. Raises NoSlipError."""
    with db.atomic():
        drawn = queries.valid_slip(entry=entry)
        return drawn or _issue(
            slip_draft(lease=lease, entry=entry, desk=desk, on=paris_day(at)),
            lease=lease,
            desk=desk,
            at=at,
            entry=entry,
        )


def _issue(draft: Content, *, lease: Lease, desk: Desk, at: datetime, entry: LedgerEntry | None = None) -> Paper:
    """Number, sign and keep a paper; the caller's transaction holds the numbers together, so none is missing."""
    year = draft.issued_on.year
    known = Paper.select(fn.MAX(Paper.rank)).where(Paper.kind == draft.kind, Paper.year == year).scalar() or 0
    number = f"{LETTERS[draft.kind]}-{year}-{known + 1:06d}"
    snapshot = replace(draft, number=number).dumped()
    return Paper.create(
        kind=draft.kind,
        year=year,
        rank=known + 1,
        number=number,
        lease=lease,
        month=draft.month,
        entry=entry,
        issued_at=at,
        issued_on=draft.issued_on,
        snapshot=snapshot,
        key=desk.keys.current.number,
        code=code_of(snapshot, key=desk.keys.current),
    )


def _nothing() -> list[Paper]:
    raise NotFoundError
