"""An update that is cut short loses nothing of an office already at work, and the next one finishes it."""

from pathlib import Path
from random import Random

import pytest

from tests.crash.upgrading import STEPS, Upgrade, filled


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of today, with rows in most tables."""
    return filled(tmp_path_factory.mktemp("newest") / "newest.sqlite")


@pytest.mark.parametrize("step", STEPS)
def test_an_update_cut_short_loses_nothing_and_the_next_one_finishes(newest, tmp_path, step):
    upgrade = Upgrade.of(newest, step, tmp_path)
    assert upgrade.rows > 50
    assert upgrade.cut_at(Random(step).randint(1, upgrade.statements)) == []


def test_rows_that_an_update_lost_are_found(newest, tmp_path):
    """The proof can fail: what the update should give holds one row more."""
    upgrade = Upgrade.of(newest, STEPS[-1], tmp_path)
    upgrade.after["tenant"].append((99, "9999"))
    assert upgrade.cut_at(1) == ["tenant"]
