"""Posting a month of rents for a large office, against inserting the very same rows."""

import shutil
from pathlib import Path

import apsw

from bench.context import Bench
from bench.figures import Figure, counted, in_ms, seconds, side_by_side
from bench.imports import take_in, written
from portal import db
from portal.domain.rents.posting import post_month
from portal.kernel.clock import Clock, paris_day
from portal.kernel.periods import Month

ACCOUNTS = ("termes", "reglements", "rejets")  # the files that say what was asked and paid
WRITTEN = ("rent_term", "term_line", "ledger_entry")
ROUNDS = 5


def posting_against_inserts(bench: Bench) -> list[Figure]:
    """Posting a month for 10 000 leases against `executemany` of the rows it writes, indexes and triggers included."""
    files = bench.folder / "files-to-post"
    office = written(files, bench.sizes.posted, bench.clock)
    for name in ACCOUNTS:
        (files / f"{name}.csv").unlink(missing_ok=True)
    scratch = bench.folder / "to-post"
    take_in(files, office, scratch, bench.clock)
    before, posted = scratch / "portal.sqlite", scratch / "posted.sqlite"
    db.close()
    post(before, posted, bench.clock)
    rows = _rows(posted)
    ratio, ours, bare = side_by_side(
        lambda: post(before, posted, bench.clock), lambda: insert_alone(before, posted, rows), ROUNDS
    )
    shutil.rmtree(scratch)
    terms = counted(len(rows["rent_term"]))
    behind = f"{in_ms(ours)} pour {terms} termes, et {in_ms(bare)}"
    return [Figure("Le quittancement d’un mois, face à executemany", ratio, 3, behind)]


def post(before: Path, to: Path, clock: Clock) -> float:
    """Return how long the portal takes to post this month on a copy of a base."""
    _copy(before, to)
    at = clock.now()
    db.use(to)
    with db.db.connection_context():
        return seconds(lambda: post_month(month=Month.of(paris_day(at)), at=at))


def insert_alone(before: Path, to: Path, rows: dict[str, list[tuple]]) -> float:
    """Return how long the same rows take in the same tables of the same base."""
    _copy(before, to)
    connection = apsw.Connection(str(to))
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    lasted = seconds(lambda: _insert(connection, rows))
    connection.close()
    return lasted


def _insert(connection: apsw.Connection, rows: dict[str, list[tuple]]) -> None:
    with connection:
        for table, lines in rows.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(lines[0]))})", lines)


def _rows(base: Path) -> dict[str, list[tuple]]:
    connection = apsw.Connection(str(base))
    return {table: list(connection.execute(f"SELECT * FROM {table} ORDER BY id")) for table in WRITTEN}


def _copy(before: Path, to: Path) -> None:
    for left in to.parent.glob(f"{to.name}*"):
        left.unlink()
    shutil.copy(before, to)
