"""A quittance: drawn for the first time against WeasyPrint alone, and asked again against a static file."""

import shutil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

import weasyprint
from peewee import fn

from bench import server
from bench.context import Bench
from bench.figures import Figure, counted, in_ms, in_seconds, per_second, seconds, side_by_side
from bench.offices import Office
from portal import create_app, db
from portal.domain.papers.actions import draw_up_notices
from portal.domain.papers.notices import leases_asked
from portal.domain.rents.models import RentTerm
from portal.web.batches import bind
from portal.web.papers import desk_of
from portal.web.pdf import SHEETS

PAPERS = 8
VARIANT = "pdf/ua-1"
NOTICES = 1_000


def first_receipt(bench: Bench) -> list[Figure]:
    """The first PDF of a quittance, the page's whole answer, against WeasyPrint alone on the same HTML."""
    office = bench.small
    papers = forget(office)
    ask(office, *papers.pop())  # what a program reads once, fonts above all, is read
    pairs = []
    for cookie, url in papers:
        html: list[tuple] = []
        ours = seconds(lambda: ask(office, cookie, url, html))  # noqa: B023 (called at once)
        pairs.append((ours, seconds(lambda: draw_alone(office, *html[-1]))))  # noqa: B023
    ratio = median(ours / alone for ours, alone in pairs)
    ours, alone = (median(side) for side in zip(*pairs, strict=True))
    behind = f"{in_ms(ours)}, et {in_ms(alone)} pour WeasyPrint seul"
    return [Figure("La première quittance en PDF, face à WeasyPrint seul", ratio, 0.85, behind)]


def receipt_again(bench: Bench) -> list[Figure]:
    """A quittance asked again, against a static file of its size, by the same server."""
    office = bench.small
    cookie, url = office.receipts(1)[0]
    static = bench.folder / "static"
    static.mkdir(exist_ok=True)
    (static / "quittance.pdf").write_bytes(ask(office, cookie, url))
    with (
        office.served() as portal,
        server.serving("bench.hello:app", BENCH_STATIC=str(static)) as files,
    ):
        ratio, bare, ours = side_by_side(
            lambda: server.rate(files, "/static/quittance.pdf"), lambda: server.rate(portal, url, [cookie])
        )
    behind = f"{per_second(ours)}, et {per_second(bare)} pour le fichier"
    return [Figure("La même quittance redemandée, en temps, face à un fichier statique", ratio, 1.5, behind)]


def notices_on_two_cores(bench: Bench) -> list[Figure]:
    """A thousand avis d'échéance in one PDF, drawn by two cores against one."""
    office = bench.office(bench.sizes.notices)
    app = office.app
    with db.db.connection_context():
        (month,) = RentTerm.select(fn.MIN(RentTerm.month)).scalar(as_tuple=True)
        leases = leases_asked(month=month)[:NOTICES]
        sheets = draw_up_notices(leases=leases, month=month, desk=desk_of(app), at=office.clock.now())
    with TemporaryDirectory(dir=bench.folder) as nowhere:  # what a run cut short has drawn must not be drawn already
        out = Path(nowhere) / "avis.pdf"
        one, two = (
            seconds(lambda: bind(app, sheets, out=out, cores=cores, told=lambda *_: None, make=create_app))  # noqa: B023
            for cores in (1, 2)
        )
    behind = f"{in_seconds(two)} à deux, et {in_seconds(one)} à un seul"
    return [
        Figure(f"{counted(len(sheets))} avis en un PDF, deux cœurs face à un", one / two, 1.85, behind, at_least=True)
    ]


def forget(office: Office) -> list[tuple[str, str]]:
    """Return some quittances, none of them drawn yet."""
    papers = office.receipts(PAPERS)
    shutil.rmtree(office.folder / "papers", ignore_errors=True)
    return papers


def ask(office: Office, cookie: str, url: str, html: list[tuple] | None = None) -> bytes:
    """Ask for a paper and return it; `html` gets what WeasyPrint was given, if it was."""

    class Noted(weasyprint.HTML):
        def __init__(self, *args: object, **kwargs: object) -> None:
            if html is not None:
                html.append((kwargs["string"], kwargs["base_url"]))
            super().__init__(*args, **kwargs)

    with patch("weasyprint.HTML", Noted):
        answer = office.client(cookie).get(url)
    if answer.mimetype != "application/pdf":
        raise SystemExit(f"{url} : pas de PDF ({answer.status}).")
    return answer.data


def draw_alone(office: Office, text: str, base_url: str) -> bytes:
    """Draw a text as anybody would who has only WeasyPrint."""
    sheets = [f"{office.app.static_folder}/css/{sheet}" for sheet in SHEETS]
    return weasyprint.HTML(string=text, base_url=base_url).write_pdf(stylesheets=sheets, pdf_variant=VARIANT)
