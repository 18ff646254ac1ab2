"""What belongs to Aminata, written once, of which each test has its copy; and every address of hers, asked for once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import db
from portal.config import Config
from portal.domain.papers import keys
from portal.domain.people.models import Staff, Tenant
from tests.conftest import settings_of
from tests.fixtures import Belongings, furnish
from tests.people import People
from tests.structure.addresses import pages, reader
from tests.structure.looks import Visit, visit

SIGNED_IN = ("tenant", "office", "accounts")
FEW, MANY = 1, 5  # how many of each thing there are in the two offices


@pytest.fixture(scope="session")
def filled(furnished: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Belongings]:
    """A data folder in which there is one thing of each kind, most of them Aminata's, and their ids."""
    return fill(furnished, tmp_path_factory.mktemp("filled"), FEW)


@pytest.fixture(scope="session")
def crowded(furnished: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Belongings]:
    """Another, in which there are several."""
    return fill(furnished, tmp_path_factory.mktemp("crowded"), MANY)


def fill(furnished: tuple[Path, People], folder: Path, rows: int) -> tuple[Path, Belongings]:
    """Return a data folder with so many of each thing, and the ids."""
    path, people = furnished
    db.use(shutil.copy(path, folder))
    with db.db.connection_context():
        own = furnish(people, folder / "uploads", rows)
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder, own


@pytest.fixture
def own(filled: tuple[Path, Belongings], settings: Config) -> Belongings:
    """The ids of Aminata's claim, thread, orders and papers, which take the place of the cast's database."""
    shutil.copytree(filled[0], settings.data, dirs_exist_ok=True)
    return filled[1]


@pytest.fixture(scope="session")
def _visited() -> dict[str, Visit]:
    return {}


@pytest.fixture
def visited(
    _visited: dict[str, Visit],
    filled: tuple[Path, Belongings],
    app: Flask,
    people: People,
    client_of: Callable[[Tenant | Staff], FlaskClient],
    tmp_path: Path,
) -> dict[str, Visit]:
    """What each side answers to its reader: asked for once, each in an office of its own, for all who only look."""
    here, (folder, own) = app.portal, filled
    for side in (each for each in ("public", "access", *SIGNED_IN) if each not in _visited):
        there = settings_of(shutil.copytree(folder, tmp_path / side))
        shutil.copy(here.data / keys.FILE, there.data)
        _move(app, there)
        browser = client_of(reader(people, side)) if side in SIGNED_IN else app.test_client()
        _visited[side] = visit(browser, pages(app, side, own))
    _move(app, here)
    return _visited


def _move(app: Flask, settings: Config) -> None:
    db.close()
    app.portal = settings
    db.use(settings.database)
