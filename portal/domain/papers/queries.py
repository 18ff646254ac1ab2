"""Reads about papers: the valid one of a month or a payment, all those of a lease, that of a number or a code."""

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from portal.db import Written, place
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from portal.domain.papers.models import NOTICE, RECEIPT, Paper, PaperLetter
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry
from portal.kernel.periods import Month

LETTER = PaperLetter.paper == Paper.id


def valid_paper(*, kind: str, lease: Lease, month: Month) -> Paper | None:
    """Return the paper of a kind that stands for a month, if it was drawn up."""
    return Paper.get_or_none(
        Paper.lease == lease, Paper.kind == kind, Paper.month == month, Paper.withdrawn_at.is_null()
    )


def valid_slip(*, entry: LedgerEntry) -> Paper | None:
    """Return the reçu that stands for a payment, if it was drawn up."""
    return Paper.get_or_none(Paper.entry == entry, Paper.withdrawn_at.is_null())


def valid_notices(*, leases: Iterable[Lease], month: Month) -> dict[int, Paper]:
    """Return the avis of a month that were drawn up, by lease."""
    ids = [lease.id for lease in leases]
    rows = Paper.select().where(
        Paper.lease.in_(ids), Paper.kind == NOTICE, Paper.month == month, Paper.withdrawn_at.is_null()
    )
    return {paper.lease_id: paper for paper in rows.order_by(Paper.id)}


def papers_of(*, lease: Lease) -> list[Paper]:
    """Return the papers of a lease, the latest first, without what they say; `posting` when one waits for the post."""
    letters = PaperLetter.select().where(LETTER, PaperLetter.printed_at.is_null())
    told = (
        Paper.id,
        Paper.kind,
        Paper.number,
        Paper.month,
        Paper.entry,
        Paper.issued_at,
        Paper.issued_on,
        Paper.code,
        Paper.withdrawn_at,
        Paper.withdrawn_reason,
        fn.EXISTS(letters).alias("posting"),
    )
    return list(Paper.select(*told).where(Paper.lease == lease).order_by(Paper.issued_on.desc(), Paper.id.desc()))


def receipts_of_year(*, lease: Lease, year: int) -> list[Paper]:
    """Return the valid quittances of the months of a year, the first month first, with what they say."""
    months = (Month(year, 1), Month(year, 12))
    return list(
        Paper.select()
        .where(Paper.lease == lease, Paper.kind == RECEIPT, Paper.month.between(*months), Paper.withdrawn_at.is_null())
        .order_by(Paper.month, Paper.id)
    )


def paper_of(*, tenant: Tenant, number: str) -> Paper | None:
    """Return the paper of a number, if the tenant is or was on its lease; `posted` when a letter brought it."""
    return next(iter(_mine(tenant=tenant.id, number=number)), None)


def paper_by_code(*, code: str) -> Paper | None:
    """Return the paper that bears a code."""
    return Paper.get_or_none(Paper.code == code)


_mine = Written(
    lambda: (
        Paper.select(
            Paper, fn.EXISTS(PaperLetter.select().where(LETTER, PaperLetter.printed_at.is_null(False))).alias("posted")
        )
        .where(Paper.number == place("number"))
        .where(Paper.lease.in_(LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == place("tenant"))))
    )
)


@dataclass(frozen=True)
class Shelf:
    """The papers of one lease that were drawn up, as its pages look for them."""

    papers: list[Paper]

    def valid(self, kind: str, month: Month) -> Paper | None:
        """Return the paper of a kind that stands for a month."""
        return next(
            (paper for paper in self.papers if (paper.kind, paper.month) == (kind, month) and paper.stands), None
        )

    def slip(self, entry: int) -> Paper | None:
        """Return the reçu that stands for a payment."""
        return next((paper for paper in self.papers if paper.entry_id == entry and paper.stands), None)

    def withdrawn(self, month: Month) -> list[Paper]:
        """Return the quittances of a month that were withdrawn, the latest first."""
        return [paper for paper in self.papers if paper.month == month and not paper.stands]


def shelf_of(*, lease: Lease) -> Shelf:
    """Return the papers of a lease in one query, without what they say."""
    return Shelf(papers_of(lease=lease))


def entry_of(*, tenant: Tenant, entry: int) -> LedgerEntry | None:
    """Return an entry of an account, if the tenant is or was on its lease."""
    return (
        LedgerEntry.select(LedgerEntry)
        .join(LeaseHolder, on=LeaseHolder.lease == LedgerEntry.lease)
        .where(LeaseHolder.tenant == tenant, LedgerEntry.id == entry)
        .order_by(LedgerEntry.id)
        .first()
    )


def paper_of_lease(*, lease: Lease, number: str) -> Paper | None:
    """Return the paper of a number, if it belongs to a lease."""
    return Paper.get_or_none(Paper.lease == lease, Paper.number == number)
