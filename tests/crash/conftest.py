"""A data folder with the cast, for a real server."""

import shutil
from pathlib import Path

import pytest

from tests.crash import offices


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the others are copies of."""
    return offices.furnish(tmp_path_factory.mktemp("pattern"))


@pytest.fixture
def office(pattern: Path, tmp_path: Path) -> Path:
    """A data folder with the cast, and one thread of the Office for each tenant."""
    return shutil.copytree(pattern, tmp_path, dirs_exist_ok=True)
