"""Demonstrations made once and read by many tests; who makes another tells no more of it than is asked."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal import db
from portal.demo import stories
from portal.demo.accesses import Access
from portal.demo.cast import SMALLEST_OFFICE
from portal.demo.files import Office, write
from portal.demo.households import Times
from portal.demo.maker import DWELLING_DIGITS, Made, Wish, make
from portal.domain.imports.actions import import_folder
from portal.domain.people import passwords
from portal.domain.people.models import Tenant
from portal.kernel.clock import paris_day

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FIRST_OF_DECEMBER = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
SMALL = Wish(dwellings=SMALLEST_OFFICE, months=1)


def quiet(_name: str, _done: int, _total: int) -> None:
    """Hear how far the making is, and say nothing."""


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> None:
    passwords.use_cheap_hashes()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Access]]:
    """A demonstration that has room and months for every story: its folder and its accesses."""
    data = tmp_path_factory.mktemp("demo")
    made = make(data=data, wish=Wish(dwellings=48, months=14), at=AT, progress=quiet)
    assert made.left_out == []
    return data, made.accesses


@pytest.fixture
def office(demonstration: tuple[Path, list[Access]]) -> Iterator[Tenant]:
    """The database of the demonstration, and the tenant who is up to date."""
    db.use(demonstration[0] / "portal.sqlite")
    with db.db.connection_context():
        yield Tenant.get(number=demonstration[1][0].tenant_number)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made, list[tuple[str, int, int]]]:
    """The smallest demonstration, whole, of one month on a 1st of December: the month before is hardly asked.

    Its folder, what was made, and all that was heard of its progress.
    """
    data, heard = tmp_path_factory.mktemp("small"), []
    made = make(data=data, wish=SMALL, at=FIRST_OF_DECEMBER, progress=lambda *said: heard.append(said))
    return data, made, heard


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stories are left out: for what is true of any demonstration, whatever happens in it."""
    monkeypatch.setattr(stories, "tell", lambda **_: ([], []))


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
