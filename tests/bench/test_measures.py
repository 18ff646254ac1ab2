"""Every measure of the bench comes out, with its budget, on any day; no time is looked at, the sizes are tiny."""

import importlib
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfWriter
from werkzeug.serving import make_server

import bench.hello
from bench import city, figures, imports, months, offices, papers, posting, server
from bench.__main__ import MEASURES
from bench.clock import of_the_server, stopped, told_to_servers
from bench.context import Bench, Size, Sizes
from bench.figures import Figure
from portal import config, create_app, db
from portal.demo.households import Lease
from portal.domain.people import passwords
from portal.kernel.clock import Clock, SystemClock, paris_day
from portal.kernel.periods import Month
from portal.web import papers as web_papers
from portal.web import pdf

TINY = Size(dwellings=16, months=2)
MADE_ON = datetime(2026, 12, 1, 9)  # the offices are kept from one time to the next
OF_THE_DAY = ("quittance", "avis", "mois", "import", "ville-mois")  # what draws up, writes or posts something today
DAYS = {
    MADE_ON: MEASURES,
    datetime(2026, 12, 31, 23, 30): OF_THE_DAY,
    datetime(2027, 3, 28, 2, 30): OF_THE_DAY,  # an hour that does not exist
    datetime(2027, 10, 31, 2, 30): OF_THE_DAY,  # and one that comes twice
    datetime(2028, 2, 29, 12): OF_THE_DAY,
}
FIGURES = {"visite": 2, "ville": 5, "ville-mois": 4}  # the others are one


class Sheet:
    """What WeasyPrint makes, with nothing drawn."""

    pages = ("",)

    def __init__(self, *_args: object, **_options: object) -> None: ...

    def render(self, **_options: object) -> "Sheet":
        """Lay out."""
        return self

    def copy(self, _pages: object) -> "Sheet":
        """Put pages together."""
        return self

    def write_pdf(self, **_options: object) -> bytes:
        """Return an empty page."""
        written = BytesIO()
        with PdfWriter() as writer:
            writer.add_blank_page(210, 297)
            writer.write(written)
        return written.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, _quick: None) -> Path:
    """Where the office is kept from one test to the next: made on the first of the days, whichever is tried first."""
    path = tmp_path_factory.mktemp("bench")
    assert Bench(path, Sizes(*[TINY] * 6), stopped(MADE_ON)).small
    return path


@pytest.fixture(scope="module")
def portals() -> Callable[[config.Config, Clock], Flask]:
    """What puts the portal together: once a folder, for it takes longer than all the rest."""
    made: dict[Path, Flask] = {}

    def make(settings: config.Config, clock: Clock) -> Flask:
        app = made.get(settings.data) or made.setdefault(settings.data, create_app(settings))
        app.clock = clock
        db.use(settings.database)
        return app

    return make


@pytest.fixture(scope="module")
def _quick(portals: Callable[[config.Config, Clock], Flask]) -> Iterator[None]:
    """Servers in this process, one round of each measure, one page a visitor, no PDF, no QR code and no hash."""

    @contextmanager
    def serving(application: str, **environment: str) -> Iterator[int]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            ours = application == "bench.portal:app"
            app = portals(config.load(), of_the_server()) if ours else importlib.reload(bench.hello).app
        running = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running.server_port
        running.shutdown()
        thread.join()
        running.server_close()

    bind = papers.bind
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offices, "create_app", portals)
        patch.setattr(offices, "VISITORS", 12)
        patch.setattr(server, "serving", serving)
        patch.setattr(server, "VISITORS", 1)
        patch.setattr(server, "rate", partial(server.rate, length=0))
        patch.setattr(server, "time_of_a_page", partial(server.time_of_a_page, length=0))
        for module in (figures, city, imports, months, posting):
            patch.setattr(module, "ROUNDS", 1)
        patch.setattr(papers, "PAPERS", 2)
        patch.setattr(papers, "bind", lambda app, sheets, *, out, told, **_cores: bind(app, sheets, out=out, told=told))
        for draw in (pdf.laid_out, pdf.draw_all, pdf.draw_record):  # the bench counts on each paper being drawn
            patch.setattr(pdf, draw.__name__, getattr(draw, "__wrapped__", draw))
        patch.setattr("weasyprint.HTML", Sheet)
        patch.setattr(pdf, "style", lambda *_names: (None, [], None))
        patch.setattr(web_papers, "qr_of", lambda *_: "")
        passwords.use_cheap_hashes()
        yield
    db.close()


@dataclass(frozen=True)
class Run:
    """The figures of the measures taken on a day."""

    bench: Bench
    figures: dict[str, list[Figure]]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def run(request: pytest.FixtureRequest, folder: Path) -> Run:
    """The measures taken with tiny offices, on one of the days."""
    bench = Bench(folder, Sizes(*[TINY] * 6), stopped(request.param))
    return Run(bench, {name: MEASURES[name](bench) for name in DAYS[request.param]})


def test_a_measure_gives_its_figures_on_any_day(run):
    assert {name: len(taken) for name, taken in run.figures.items()} == {
        name: FIGURES.get(name, 1) for name in run.figures
    }
    for figure in chain.from_iterable(run.figures.values()):
        assert math.isfinite(figure.measured), figure.what
        assert figure.measured > 0, figure.what
        assert figure.budget > 0, figure.what


def running(folder: Path, clock: Clock, month: Month) -> list[Lease]:
    """The leases that run in a month, as the demonstration of the tests has them."""
    leases = imports.written(folder / "files", TINY, clock).leases
    return [
        each for each in leases if each.start <= month.last_day and (each.end is None or each.end >= month.first_day)
    ]


def test_all_the_leases_of_the_month_are_posted_on_any_day_of_it(run, folder):
    month = Month.of(paris_day(run.bench.clock.now()))
    (figure,) = run.figures["mois"]
    asked = len(running(folder, run.bench.clock, month))
    assert f" pour {asked} termes" in figure.behind.replace("\u00a0", " ")


def test_a_city_s_next_month_is_the_one_it_was_not_asked_yet_however_old_the_office(run, folder):
    made_on = stopped(MADE_ON)
    asked = [each for each in running(folder, made_on, Month(2026, 12)) if not each.in_advance]
    preview, _, posting, _ = run.figures["ville-mois"]
    assert preview.behind.split()[0] == posting.behind.split()[0] == str(len(asked))


def test_a_run_cut_short_leaves_no_paper_that_the_next_finds_drawn(run):
    assert not list(run.bench.folder.glob("avis.pdf*"))


def test_a_figure_at_another_size_than_its_budget_s_says_so(run):
    sized = {name for name, taken in run.figures.items() if all("(budget" in figure.behind for figure in taken)}
    assert sized == {"grand", "ville", "ville-mois"} & run.figures.keys()
    assert Bench(run.bench.folder).unlike("large") == ""


@pytest.mark.parametrize("clock", [stopped(MADE_ON), SystemClock()], ids=["stopped", "the machine's"])
def test_a_server_lives_by_the_clock_of_the_bench(clock, monkeypatch):
    for name, value in told_to_servers(clock).items():
        monkeypatch.setenv(name, value)
    assert vars(of_the_server()) == vars(clock)
