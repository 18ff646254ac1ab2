"""Demonstrations made once and read by many tests; who makes another tells no more of it than is asked."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal import db
from portal.demo.cast import SMALLEST_OFFICE
from portal.demo.files import Office, write
from portal.demo.households import Times
from portal.demo.maker import DWELLING_DIGITS, Wish
from portal.domain.imports.actions import import_folder
from portal.kernel.clock import paris_day

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SMALL = Wish(dwellings=SMALLEST_OFFICE, months=1)


def quiet(_name: str, _done: int, _total: int) -> None:
    """Hear how far the making is, and say nothing."""


def drawn(folder: Path, at: datetime, months: int) -> Office:
    """Return the smallest office as it is on a day, its files written in a folder."""
    office = Office.draw(SMALL.seed, SMALLEST_OFFICE, Times(paris_day(at), months))
    write(office, folder, lambda *_: None)
    return office


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database."""
    path = tmp_path_factory.mktemp("empty") / "portal.sqlite"
    db.use(path)
    db.upgrade()
    return path


@contextmanager
def taken_in(migrated: Path, folder: Path, at: datetime, months: int) -> Iterator[Office]:
    """Draw the smallest office on a day, with so many months of accounts, and open a database that holds it."""
    db.use(shutil.copy(migrated, folder))
    with db.db.connection_context():
        db.db.execute_sql("PRAGMA synchronous = 0")
        office = drawn(folder / "fichiers", at, months)
        digits = {"dwelling_digits": DWELLING_DIGITS, "tenant_digits": office.tenant_digits}
        assert not import_folder(folder=folder / "fichiers", at=at, progress=quiet, **digits).refused
        yield office
