"""A paper as a PDF: drawn once, kept under data/papers by its content, then sent as a file."""

import hashlib
import io
import shutil
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import segno
from flask import Response, render_template
from markupsafe import Markup

from portal.domain.papers.codes import printed_code
from portal.domain.papers.content import loaded
from portal.domain.papers.drafts import Desk
from portal.domain.papers.keys import keyring
from portal.domain.papers.models import NOTICE, RECEIPT, SLIP, Paper, PaperLetter
from portal.web import pdf, sending
from portal.web.application import STATIC, TEMPLATES, Portal, the_portal
from portal.web.clock import today

NAMES = {NOTICE: "avis", RECEIPT: "quittance", SLIP: "recu"}
DRAWN_WITH = ("_paper", "_lines", NOTICE, RECEIPT, SLIP)
QR_BORDER = 2
VERIFY = "Code à scanner pour vérifier ce document"


def desk() -> Desk:
    """Return what signs the papers of this request."""
    return desk_of(the_portal())


def desk_of(app: Portal) -> Desk:
    """Return what signs the papers: the Office of the settings, its keys, the address where they are checked."""
    path = app.url_map.bind("").build("public.verification")
    return Desk(app.portal.office, keyring(app.portal.data), app.portal.base_url + path)


def paper_response(paper: Paper, *, duplicate_on: date | None = None) -> Response:
    """Answer with the PDF of a paper, shown by the browser; `duplicate_on` marks it « duplicata »."""
    drawn = pdf_of(paper, duplicate_on=duplicate_on).read_bytes()
    return sending.shown(drawn, file_name(paper))


def zip_response(papers: list[Paper], *, name: str) -> Response:
    """Answer with a ZIP of papers (a year of them at most), one PDF each, always the same for the same papers."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers:
            archive.writestr(zipfile.ZipInfo(file_name(paper)), pdf_of(paper).read_bytes())
    return sending.kept(written.getvalue(), f"{name}.zip", "application/zip")


def bound_response(papers: list[Paper], *, name: str) -> Response:
    """Answer with several papers in one PDF, each on its page, drawn once."""
    says = "\0".join(_name(paper) for paper in papers)
    kept = _kept(hashlib.sha256(says.encode()).hexdigest())
    if not kept.exists():
        texts = [html_of(paper) for paper in papers]
        pdf.keep(kept, pdf.draw_all(texts, STATIC))
    return sending.kept(kept.read_bytes(), f"{name}.pdf")


def file_name(paper: Paper) -> str:
    """« quittance-2026-06-Q-2026-000123.pdf »."""
    return f"{NAMES[paper.kind]}-{paper.month or paper.issued_on.isoformat()}-{paper.number}.pdf"


def pdf_of(paper: Paper, *, duplicate_on: date | None = None) -> Path:
    """Return the file of a paper's PDF, drawn when it is not there; its name says all that is on it."""
    kept = _kept(_name(paper, duplicate_on))
    if not kept.exists():
        html = html_of(paper, duplicate_on=duplicate_on)
        pdf.keep(kept, pdf.draw(html, STATIC))
    return kept


def _name(paper: Paper, duplicate_on: date | None = None) -> str:
    """Name a drawing by all that is on it."""
    says = "\0".join(map(str, (paper.snapshot, paper.code, paper.withdrawn_at, paper.withdrawn_reason, duplicate_on)))
    return hashlib.sha256(says.encode()).hexdigest()


def _kept(name: str) -> Path:
    return folder(the_portal()) / name[:2] / f"{name}.pdf"


def html_of(paper: Paper, *, duplicate_on: date | None = None) -> str:
    """Return a paper as HTML, everything in it but its style."""
    content = loaded(paper.snapshot)
    return render_template(
        f"pdf/{paper.kind}.html",
        paper=paper,
        content=content,
        duplicate_on=duplicate_on,
        code=printed_code(paper.code),
        qr=qr_of(f"{content.verify_url}/{paper.code}", VERIFY),
    )


def qr_of(url: str, words: str) -> Markup:
    """Return a QR code as an SVG drawing, with its words for those who do not see it."""
    code = segno.make(url, error="m", micro=False)
    drawn = code.svg_inline(border=QR_BORDER, omitsize=True, title=words)
    return Markup(drawn)  # noqa: S704 (drawn by segno from an address of ours)


def folder(app: Portal) -> Path:
    """Return where the PDFs of this version of the templates are kept."""
    return app.portal.data / "papers" / version()


@cache
def version() -> str:
    """Return what changes when the style or the templates of the papers do, or the program that draws them."""
    from weasyprint import __version__

    files = [STATIC / "css" / sheet for sheet in pdf.SHEETS]
    files += [TEMPLATES / "pdf" / f"{name}.html" for name in DRAWN_WITH]
    return hashlib.sha256(b"\0".join([__version__.encode(), *(file.read_bytes() for file in files)])).hexdigest()[:16]


def clean(app: Portal) -> tuple[int, int]:
    """Remove the PDFs drawn with another version of the templates; return how many files, and their bytes."""
    kept, files, size = folder(app), 0, 0
    for old in sorted(kept.parent.glob("*")):
        if old != kept and old.is_dir():
            drawn = [file for file in old.rglob("*") if file.is_file()]
            files, size = files + len(drawn), size + sum(file.stat().st_size for file in drawn)
            shutil.rmtree(old, ignore_errors=True)
    return files, size


def letters_pdf(letters: list[PaperLetter]) -> bytes:
    """Draw the papers that leave by post in one PDF, a page each; those that come again are marked « duplicata »."""
    texts = [html_of(letter.paper, duplicate_on=today() if letter.duplicate else None) for letter in letters]
    return pdf.draw_all(texts, STATIC)
