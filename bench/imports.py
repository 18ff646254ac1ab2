"""Taking in an office's files, against reading the same lines and inserting them as they are."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw

from bench.context import Bench, Size
from bench.figures import Figure, counted, in_seconds, seconds, side_by_side
from portal import db
from portal.demo.files import Office as Files
from portal.demo.files import write
from portal.demo.households import Times
from portal.demo.maker import DWELLING_DIGITS
from portal.domain.imports.actions import import_folder
from portal.kernel.clock import Clock, paris_day

SEED = 93600
ROUNDS = 3


def import_against_inserts(bench: Bench) -> list[Figure]:
    """Importing 10 000 leases and their only month against csv and `executemany` of the same lines."""
    files = bench.folder / "files-to-import"
    office = written(files, bench.sizes.imported, bench.clock)
    scratch = bench.folder / "scratch"
    ratio, ours, bare = side_by_side(
        lambda: take_in(files, office, scratch, bench.clock), lambda: insert_alone(files, scratch), ROUNDS
    )
    shutil.rmtree(scratch)
    what = f"L’import de {counted(len(office.leases))} baux, face à csv et executemany"
    behind = f"{in_seconds(ours)}, et {in_seconds(bare)}"
    return [Figure(what, ratio, 3, behind)]


def written(folder: Path, size: Size, clock: Clock) -> Files:
    """Write anew, in a folder, the files of an office as they would be today, and return what they say."""
    shutil.rmtree(folder, ignore_errors=True)
    office = Files.draw(SEED, size.dwellings, Times(paris_day(clock.now()), size.months))
    write(office, folder, lambda *_how_far: None)
    return office


def take_in(files: Path, office: Files, scratch: Path, clock: Clock) -> float:
    """Return how long the portal takes to import a folder into an empty database."""
    db.close()
    db.use(empty(scratch))
    db.upgrade()
    with db.db.connection_context():
        return seconds(
            lambda: import_folder(
                folder=files,
                dwelling_digits=DWELLING_DIGITS,
                tenant_digits=office.tenant_digits,
                at=clock.now(),
                progress=lambda *_how_far: None,
            )
        )


def insert_alone(files: Path, scratch: Path) -> float:
    """Return how long the same lines take with nothing checked, linked nor posted."""
    connection = apsw.Connection(str(empty(scratch)))
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
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
