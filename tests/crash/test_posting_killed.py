"""A month that is cut short leaves nothing half-asked, and asking again finishes it."""

import os
import signal
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal import db
from portal.domain.housing.models import Dwelling, Lease
from portal.domain.rents import posting
from portal.domain.rents.models import LedgerEntry, RentLine, RentTerm, TermLine
from portal.kernel.periods import Month
from tests.crash.children import ended

LEASES, NOVEMBER, AT = 8, Month(2026, 11), datetime(2026, 11, 26, 9, tzinfo=UTC)


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def write_and_die(*rows: object, write: Callable = posting._write) -> None:
    write(*rows)
    die()


# Before the first row, between two tables, once all is written and not committed.
DEATHS = {
    "before": (posting, "_write", die),
    "between": (posting.Call, "entries", die),
    "after": (posting, "_write", write_and_die),
}


def post() -> None:
    with db.db.connection_context():
        posting.post_month(month=NOVEMBER, at=AT)


@pytest.fixture
def leases(office: Path) -> None:
    """So many leases with two rent lines each."""
    db.use(office / "portal.sqlite")
    with db.db.connection_context(), db.db.atomic():
        dwelling = Dwelling.select().first()
        for rank in range(LEASES):
            lease = Lease.create(number=f"K-{rank:04d}", dwelling=dwelling, starts_on=date(2020, 1, 1))
            for nature, cents in (("loyer", 40000), ("apl", -10000)):
                RentLine.create(
                    lease=lease, nature=nature, label=nature, starts_on=date(2020, 1, 1), amount_cents=cents
                )


def counts() -> tuple[int, int, int]:
    with db.db.connection_context():
        terms = RentTerm.select().where(RentTerm.month == NOVEMBER).count()
        lines = TermLine.select().join(RentTerm).where(RentTerm.month == NOVEMBER).count()
        return terms, lines, LedgerEntry.select().where(LedgerEntry.month == NOVEMBER).count()


@pytest.mark.usefixtures("leases")
@pytest.mark.parametrize("where", DEATHS)
def test_a_month_cut_short_is_not_asked_at_all_and_is_asked_whole_the_next_time(where):
    def post_and_die() -> None:
        setattr(*DEATHS[where])
        post()

    assert ended(post_and_die) == signal.SIGKILL
    assert counts() == (0, 0, 0)
    for _ in range(2):
        post()
        assert counts() == (LEASES, 2 * LEASES, 2 * LEASES)
