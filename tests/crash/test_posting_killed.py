"""A month that is cut short leaves nothing half-asked, and asking again finishes it."""

import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal import db
from portal.domain.housing.models import Dwelling, Lease
from portal.domain.rents.models import LedgerEntry, RentLine, RentTerm, TermLine
from portal.domain.rents.posting import post_month
from portal.kernel.periods import Month

LEASES, NOVEMBER, AT = 40, Month(2026, 11), datetime(2026, 11, 26, 9, tzinfo=UTC)
# The process kills itself: before the first row, between two tables, once all is written and not committed.
CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from portal import db
from portal.domain.rents import posting
from portal.kernel.periods import Month

path, where = sys.argv[1:]
write, entries = posting._write, posting.Call.entries
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if where == "before":
    posting._write = die
elif where == "between":
    posting.Call.entries = die
else:
    posting._write = lambda *all: (write(*all), die())
db.use(path)
with db.db.connection_context():
    posting.post_month(month=Month(2026, 11), at=datetime(2026, 11, 26, 9, tzinfo=UTC))
"""


@pytest.fixture
def leases(office: Path) -> Path:
    """So many leases with two rent lines each."""
    path = office / "portal.sqlite"
    db.use(path)
    with db.db.connection_context(), db.db.atomic():
        dwelling = Dwelling.select().first()
        for rank in range(LEASES):
            lease = Lease.create(number=f"K-{rank:04d}", dwelling=dwelling, starts_on=date(2020, 1, 1))
            for nature, cents in (("loyer", 40000), ("apl", -10000)):
                RentLine.create(
                    lease=lease, nature=nature, label=nature, starts_on=date(2020, 1, 1), amount_cents=cents
                )
    return path


def counts() -> tuple[int, int, int]:
    with db.db.connection_context():
        terms = RentTerm.select().where(RentTerm.month == NOVEMBER).count()
        lines = TermLine.select().join(RentTerm).where(RentTerm.month == NOVEMBER).count()
        return terms, lines, LedgerEntry.select().where(LedgerEntry.month == NOVEMBER).count()


@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_a_month_cut_short_is_not_asked_at_all_and_is_asked_whole_the_next_time(leases, where):
    killed = subprocess.run([sys.executable, "-c", CHILD, str(leases), where], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert counts() == (0, 0, 0)
    for _ in range(2):
        with db.db.connection_context():
            post_month(month=NOVEMBER, at=AT)
        assert counts() == (LEASES, 2 * LEASES, 2 * LEASES)
