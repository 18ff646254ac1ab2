"""Papers: a template, its style, and the PDF they make, the same on every machine.

Rendering reads the project's own static files and nothing else: no network, no file of the machine.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

SHEETS = ("paper-fonts.css", "paper.css")


class OutsideError(ValueError):
    """A paper asked for something that is not one of the project's static files."""


def pdf_of(template: str, **context: object) -> bytes:
    """Return the tagged PDF (PDF/UA-1) of a template; the same content is rendered once and kept under data/papers."""
    html = render_template(template, **context)
    static = Path(current_app.static_folder)
    name = hashlib.sha256((style_mark(static) + html).encode()).hexdigest()
    kept = current_app.portal.data / "papers" / name[:2] / f"{name}.pdf"
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        pdf = draw(html, static)
        keep(kept, pdf)
        return pdf


def draw(html: str, static: Path) -> bytes:
    """Draw a paper's HTML on one page; what is outside the project is left out, never fetched."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), only_static(static)
    sheets = [CSS(filename=static / "css" / sheet, font_config=fonts, url_fetcher=fetcher) for sheet in SHEETS]
    for text in (html, html.replace("<body>", '<body class="dense">', 1)):  # denser when one page is not enough
        document = HTML(string=text, base_url=static.as_uri() + "/", url_fetcher=fetcher)
        pages = document.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
        if len(pages.pages) == 1:
            break
    return pages.write_pdf(pdf_variant="pdf/ua-1")


def only_static(static: Path):
    """Return a fetcher that opens the files of the static folder and refuses everything else."""
    from weasyprint.urls import URLFetcher

    class StaticFetcher(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None):
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or not path.is_relative_to(static.resolve()):
                raise OutsideError(url)
            return super().fetch(url, headers)

    return StaticFetcher(allowed_protocols=("file",), allow_redirects=False)


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, so that two requests for the same paper cannot spoil it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}")
    temporary.write_bytes(content)
    temporary.replace(path)


@cache
def style_mark(static: Path) -> str:
    """Return what changes when the style of the papers or the program that draws them does."""
    from weasyprint import __version__

    sheets = [(static / "css" / sheet).read_bytes() for sheet in SHEETS]
    return hashlib.sha256(b"".join([__version__.encode(), *sheets])).hexdigest()
