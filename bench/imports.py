"""Taking in an office's files, against reading the same lines and inserting them as they are."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw

from bench.context import Bench
from bench.figures import Figure, seconds, side_by_side
from portal import db
from portal.demo.files import Office as Files
from portal.demo.files import write
from portal.demo.households import Times
from portal.demo.maker import DWELLING_DIGITS
from portal.domain.imports.actions import import_folder
from portal.kernel.clock import SystemClock, paris_day

DWELLINGS, MONTHS, SEED = 7_800, 1, 93600  # 10 000 leases, those that ended included
ROUNDS = 3


def import_against_inserts(bench: Bench) -> list[Figure]:
    """Importing 10 000 leases and their first month against csv and `executemany` of the same lines."""
    files, digits = files_of_a_large_office(bench.folder / f"files-{DWELLINGS}x{MONTHS}", DWELLINGS)
    scratch = bench.folder / "scratch"
    ratio, ours, bare = side_by_side(
        lambda: take_in(files, digits, scratch), lambda: insert_alone(files, scratch), ROUNDS
    )
    shutil.rmtree(scratch)
    behind = f"{ours:.1f} s, et {bare:.1f} s".replace(".", ",")
    return [Figure("L’import de 10 000 baux, face à csv et executemany", ratio, 3, behind)]


def files_of_a_large_office(folder: Path, dwellings: int) -> tuple[Path, int]:
    """Return the folder of its files, written anew, and how long its tenants' numbers are."""
    shutil.rmtree(folder, ignore_errors=True)
    office = Files.draw(SEED, dwellings, Times(paris_day(SystemClock().now()), MONTHS))
    write(office, folder, lambda _done: None)
    return folder, office.tenant_digits


def take_in(files: Path, digits: int, scratch: Path) -> float:
    """Return how long the portal takes to import a folder into an empty database."""
    db.close()
    db.use(empty(scratch))
    db.upgrade()
    with db.db.connection_context():
        return seconds(
            lambda: import_folder(
                folder=files,
                dwelling_digits=DWELLING_DIGITS,
                tenant_digits=digits,
                at=SystemClock().now(),
                progress=lambda *_how_far: None,
            )
        )


def insert_alone(files: Path, scratch: Path) -> float:
    """Return how long the same lines take with nothing checked, linked nor posted."""
    connection = apsw.Connection(str(empty(scratch)))
    connection.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = full")
    return seconds(lambda: _insert(connection, files))


def _insert(connection: apsw.Connection, files: Path) -> None:
    with connection:
        for path in sorted(files.glob("*.csv")):
            lines = _lines(path)
            columns = next(lines)
            connection.execute(f"CREATE TABLE {path.stem} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {path.stem} VALUES ({marks})", lines)


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter=";")


def empty(scratch: Path) -> Path:
    """Return where a base may be made, in a folder emptied of what was there."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    return scratch / "portal.sqlite"
