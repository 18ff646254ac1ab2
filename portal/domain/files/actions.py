"""Keep the files people sent: on the disk first, in the database after, and never one without the other."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.domain.files.models import StoredFile

EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}


@dataclass(frozen=True)
class CheckedFile:
    """A file whose content was looked at and is what `content_type` says."""

    name: str
    content_type: str
    content: bytes


@contextmanager
def on_disk(files: Iterable[CheckedFile], *, folder: Path, at: datetime) -> Iterator[list[StoredFile]]:
    """Write the files under names of ours and give their rows, unsaved; `folder` is the uploads folder.

    The body saves the rows in its transaction. What it did not save, or saved and rolled back, is taken off the disk
    again: open this before the transaction, `with on_disk(…) as rows, db.atomic():`.
    """
    rows: list[StoredFile] = []
    try:
        for file in files:
            rows.append(_written(file, folder, at))
        yield rows
    except BaseException:
        for row in rows:
            path_of(row, folder=folder).unlink(missing_ok=True)
        raise
    for row in rows:
        if row.id is None:
            path_of(row, folder=folder).unlink(missing_ok=True)


def path_of(file: StoredFile, *, folder: Path) -> Path:
    """Return where a stored file is in the uploads folder."""
    return folder / file.path


def _written(file: CheckedFile, folder: Path, at: datetime) -> StoredFile:
    name = secrets.token_hex(16)
    path = f"{name[:2]}/{name}{EXTENSIONS[file.content_type]}"
    _write(folder / path, file.content)
    return StoredFile(
        path=path,
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        stored_at=at,
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut it is whole or is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
