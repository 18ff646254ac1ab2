"""Files are on the disk and in the database, or in neither."""

from pathlib import Path

import pytest

from portal.db import db
from portal.domain.files.actions import CheckedFile, on_disk, path_of
from portal.domain.files.models import StoredFile
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
PAPER = CheckedFile("bail.pdf", "application/pdf", b"%PDF-1.4 %%EOF")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_kept_file_is_on_the_disk_under_a_name_of_ours(folder: Path) -> None:
    with on_disk([PAPER], folder=folder, at=NOW) as (row,), db.atomic():
        row.save(force_insert=True)
    assert kept(folder) == [path_of(StoredFile.get(), folder=folder)]
    assert "bail" not in row.path
    assert kept(folder)[0].read_bytes() == PAPER.content


def test_a_transaction_that_fails_leaves_no_file(folder: Path) -> None:
    def fail_after_saving() -> None:
        with on_disk([PAPER], folder=folder, at=NOW) as (row,), db.atomic():
            row.save(force_insert=True)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_saving()
    assert kept(folder) == []
    assert StoredFile.select().count() == 0


def test_a_file_nobody_recorded_does_not_stay(folder: Path) -> None:
    with on_disk([PAPER], folder=folder, at=NOW):
        pass
    assert kept(folder) == []
