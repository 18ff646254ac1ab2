"""What belongs to Aminata, written once, of which each test has its copy."""

import shutil
from pathlib import Path

import pytest

from portal import db
from portal.config import Config
from tests.fixtures import Belongings, furnish
from tests.people import People

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
