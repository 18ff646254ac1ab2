"""What the avis d’échéance of a month say, for one lease or for thousands: as many queries for all as for one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from peewee import JOIN, fn

from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.papers.content import Content
from portal.domain.papers.drafts import Desk, recipient_of
from portal.domain.papers.models import NOTICE
from portal.domain.papers.receipts import groups_of, lived
from portal.domain.papers.words import euros_in_words
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry, RentTerm, TermLine
from portal.kernel.periods import Month

BENEFIT = "housing_benefit"
PARTS = re.compile(r"[0-9]+|[^0-9]+")


def notice_drafts(*, leases: list[Lease], month: Month, desk: Desk, on: date) -> Iterator[tuple[Lease, Content]]:
    """Yield what the avis of each lease says, in the order of the leases; a lease without a term is left out.

    Whatever the day it is drawn up, an avis says the account as it was the day the term was asked.
    """
    ids = [lease.id for lease in leases]
    terms, lines = _terms(ids, month)
    holders, previous = _holders(ids), _previous(ids, month)
    for lease in leases:
        if term := terms.get(lease.id):
            groups = groups_of(lines[term.id], asked_cents=None)
            total, before = sum(group.subtotal_cents for group in groups), previous.get(lease.id, 0)
            starts_on, ends_on = lived(lease, month)
            yield (
                lease,
                Content(
                    kind=NOTICE,
                    number="",
                    issued_on=on,
                    issuer=desk.issuer,
                    recipient=recipient_of(lease, holders[lease.id]),
                    verify_url=desk.verify_url,
                    amount_cents=total + before,
                    in_words=euros_in_words(abs(total + before)),
                    month=month,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    groups=tuple(groups),
                    total_cents=total,
                    due_on=term.due_on,
                    called_on=term.issued_on,
                    in_arrears=lease.term_mode == "in_arrears",
                    previous_cents=before,
                    maximum_rent_cents=lease.dwelling.maximum_rent_cents,
                ),
            )


def _terms(leases: list[int], month: Month) -> tuple[dict[int, RentTerm], dict[int, list[TermLine]]]:
    """Return the term of each lease and the lines of each term."""
    terms = {
        term.lease_id: term
        for term in RentTerm.select().where(RentTerm.lease.in_(leases), RentTerm.month == month).order_by(RentTerm.id)
    }
    lines = defaultdict(list)
    ids = [term.id for term in terms.values()]
    for line in TermLine.select().where(TermLine.term.in_(ids)).order_by(TermLine.term, TermLine.id):
        lines[line.term_id].append(line)
    return terms, lines


def _holders(leases: list[int]) -> dict[int, list[Tenant]]:
    """Return who is on each lease, the first named first."""
    holders = defaultdict(list)
    rows = (
        LeaseHolder.select(LeaseHolder, Tenant)
        .join(Tenant)
        .where(LeaseHolder.lease.in_(leases))
        .order_by(LeaseHolder.lease, LeaseHolder.rank, LeaseHolder.id)
    )
    for row in rows:
        holders[row.lease_id].append(row.tenant)
    return holders


def _previous(leases: list[int], month: Month) -> dict[int, int]:
    """Return what each account showed before the term was asked, in cents: all but what was asked for the month itself.

    What the CAF pays for the month is one of the deductions of the notice, so it is not counted before it.
    """
    entry = LedgerEntry
    of_the_month = (entry.month == month) & ((entry.method == "") | (entry.kind == BENEFIT))
    rows = (
        entry.select(entry.lease_id, fn.SUM(entry.amount_cents))
        .join(RentTerm, JOIN.INNER, on=(RentTerm.lease_id == entry.lease_id) & (RentTerm.month == month))
        .where(entry.lease.in_(leases), entry.value_on <= RentTerm.issued_on)
        .where(entry.month.is_null() | ~of_the_month)
        .group_by(entry.lease_id)
        .order_by(entry.lease_id)
    )
    return dict(rows.tuples().iterator())


def leases_asked(*, month: Month, building: str = "") -> list[Lease]:
    """Return the leases asked for a month, as the printer wants their avis: by building, stair, floor, door.

    `building` is the code of one building; none of that code is an empty list. Numbers inside a name count as numbers:
    the 10th floor comes after the 2nd.
    """
    rows = (
        Lease.select(Lease, Dwelling, Building)
        .join(Dwelling)
        .join(Building)
        .join(RentTerm, on=(RentTerm.lease_id == Lease.id) & (RentTerm.month == month))
        .where((Building.code == building) if building else True)
        .order_by(Lease.id)
    )
    return sorted(rows, key=_walk)


def _walk(lease: Lease) -> tuple:
    dwelling = lease.dwelling
    names = (dwelling.building.code, dwelling.stair, dwelling.floor, dwelling.door)
    return (*(tuple(_natural(name)) for name in names), lease.number)


def _natural(text: str) -> Iterator[tuple[int, int, str]]:
    for part in PARTS.findall(text):
        yield (0, int(part), "") if part.isdecimal() else (1, 0, part)
