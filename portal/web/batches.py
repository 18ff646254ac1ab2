"""Thousands of papers in one file for the printer: drawn by every core in small lots, then bound together.

Each lot is a file beside the one to make, named by what it says and put in place whole. Stopped at any moment, the work
begins again where it was: lots that are there are not drawn twice, and the file appears when it is complete.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from portal.config import Config
from portal.domain.papers.models import Paper
from portal.web import papers, pdf
from portal.web.application import STATIC, Portal

LOT = 20  # papers drawn together: enough for fonts to be shared, few enough to lose little when stopped
FACTS = ("kind", "number", "month", "snapshot", "code", "issued_on", "issued_at", "withdrawn_at", "withdrawn_reason")

Told = Callable[[int, int], None]
Make = Callable[[Config], Portal]


_here: list[Portal] = []  # the application of a drawing process


def bind(
    app: Portal, sheets: Iterable[Paper], *, out: Path, told: Told, cores: int = 0, make: Make | None = None
) -> int:
    """Write one PDF of papers, in their order, and return how many sheets it has.

    `make` makes the application of each of the `cores` processes that draw; without them, this one draws, alone. `told`
    hears how many are drawn, and the total. Raises BrokenProcessPool when a drawing process is killed: then one begins
    again.
    """
    sheets = list(sheets)
    lots = out.with_name(f"{out.name}.lots")
    lots.mkdir(parents=True, exist_ok=True)
    version = papers.folder(app).name
    wanted = [(lots / f"{_name(lot, version)}.pdf", [_facts(sheet) for sheet in lot]) for lot in _lots(sheets)]
    missing = [(path, lot) for path, lot in wanted if not path.exists()]
    done = len(sheets) - sum(len(lot) for _, lot in missing)
    told(done, len(sheets))
    with _drawers(app, cores, make) as each:
        for drawn in each(draw_lot, missing):
            done += drawn
            told(done, len(sheets))
    _bind([path for path, _ in wanted], out)
    shutil.rmtree(lots)
    return len(sheets)


def cores() -> int:
    """Return how many cores this machine lets us use."""
    return len(os.sched_getaffinity(0))


def begin(make: Make, settings: Config) -> None:
    """Prepare a drawing process: it has templates and style, and opens no database."""
    _here.append(make(settings))


def draw_lot(lot: tuple[Path, list[dict]]) -> int:
    """Draw one lot in its file, in this process, and return how many papers it has."""
    path, facts = lot
    app = _here[-1]
    with app.test_request_context("/"):
        texts = [papers.html_of(Paper(**each)) for each in facts]
    pdf.keep(path, pdf.draw_all(texts, STATIC, variant=None))
    return len(facts)


@contextmanager
def _drawers(app: Portal, cores: int, make: Make | None) -> Iterator[Callable[..., Iterable[int]]]:
    """Give what maps over the lots: other processes, or this one."""
    if not (cores and make):
        _here.append(app)
        yield map
        return
    ready = partial(begin, make, app.portal)
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=ready) as pool:
        yield pool.map


def _lots(sheets: list[Paper]) -> list[list[Paper]]:
    return [sheets[at : at + LOT] for at in range(0, len(sheets), LOT)]


def _name(lot: list[Paper], version: str) -> str:
    """Name a lot by all that it says and the style it is drawn in."""
    says = [version, *(f"{sheet.snapshot}\0{sheet.code}" for sheet in lot)]
    return hashlib.sha256("\0".join(says).encode()).hexdigest()


def _facts(sheet: Paper) -> dict:
    return {name: getattr(sheet, name) for name in FACTS}


def _bind(parts: list[Path], out: Path) -> None:
    """Bind the lots in one file, put in place whole."""
    from pypdf import PdfWriter

    whole = out.with_name(f"{out.name}.new")
    with PdfWriter() as writer:
        for part in parts:
            writer.append(part, import_outline=False)
        writer.write(whole)
    with whole.open("rb") as file:
        os.fsync(file.fileno())
    whole.replace(out)
