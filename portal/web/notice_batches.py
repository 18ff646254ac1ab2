"""The avis d’échéance of a month in one PDF: where the worker puts it, and how it makes it."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from portal.domain.papers import printing
from portal.domain.papers.models import NoticeBatch
from portal.kernel.clock import Clock
from portal.web import batches, papers
from portal.web.application import Portal

log = logging.getLogger(__name__)


class LeavingError(Exception):
    """The worker stops: the file is left where it is, and goes on when there is a worker again."""


def file_of(app: Portal, batch: NoticeBatch) -> Path:
    """Return where the file of a batch is, or will be, in the style of today."""
    return papers.folder(app) / "notices" / f"{batch.id}.pdf"


def size_of(app: Portal, batch: NoticeBatch) -> int | None:
    """Return the bytes of a file that can be given, or nothing."""
    file = file_of(app, batch)
    return file.stat().st_size if batch.ready_at and file.exists() else None


def make_next(*, app: Portal, clock: Clock, leaving: Callable[[], bool] = lambda: False) -> bool:
    """Make the file that was asked for first, and say whether there was one.

    It is drawn here, on one core: pages are answered by the other. Stopped at any moment, it goes on where it was; a
    fault is logged and the page says that the work stopped.
    """
    batch = printing.next_to_make()
    if batch is None:
        return False

    def told(done: int, total: int) -> None:
        if leaving():
            raise LeavingError
        printing.note_progress(batch=batch, done=done, total=total)

    try:
        count = _made(app, batch, told, clock.now())
        printing.note_ready(batch=batch, count=count, at=clock.now())
    except LeavingError:
        return False
    except Exception:
        log.exception("notices of %s stopped", batch.month)
        printing.note_stopped(batch=batch, at=clock.now())
    return True


def forget_old(*, app: Portal, at: datetime) -> int:
    """Remove the files made more than thirty days before, and return how many there were."""
    old = [file for file in (file_of(app, batch) for batch in printing.made_before(at)) if file.exists()]
    for file in old:
        file.unlink()
    return len(old)


def _made(app: Portal, batch: NoticeBatch, told: batches.Told, at: datetime) -> int:
    sheets = printing.draw_up_month(
        month=batch.month, building=batch.building, desk=papers.desk_of(app), at=at, told=lambda *_: None
    )
    out = file_of(app, batch)
    return batches.bind(app, sheets, out=out, told=told)
