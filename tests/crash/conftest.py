"""A data folder with the cast, for a real server."""

from pathlib import Path

import pytest

from tests.crash import offices


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A data folder with the cast, and one thread of the Office for each tenant."""
    return offices.furnish(tmp_path)
