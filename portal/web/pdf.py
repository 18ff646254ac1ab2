"""Papers: a template, its style, and the PDF they make, the same on every machine.

Rendering reads the project's own static files and nothing else: no network, no file of the machine.
"""

import atexit
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:  # it takes half a second to load: only who draws waits for it
    from weasyprint import Document
    from weasyprint.urls import URLFetcher

SHEETS = ("paper-fonts.css", "paper.css")
RECORDS = (*SHEETS, "paper-records.css")
VARIANT = "pdf/ua-1"


class OutsideError(ValueError):
    """A paper asked for something that is not one of the project's static files."""


def draw(html: str, static: Path) -> bytes:
    """Draw a paper's HTML on one page; what is outside the project is left out, never fetched."""
    return draw_all([html], static)


def draw_all(papers: list[str], static: Path, *, variant: str | None = VARIANT) -> bytes:
    """Draw several papers in one PDF, each on a page of its own; the title is that of the first.

    Without a `variant` nothing is tagged: for the printer, who reads nothing aloud.
    """
    drawn = [on_one_page(html, static) for html in papers]
    whole = drawn[0].copy([page for document in drawn for page in document.pages])
    return whole.write_pdf(pdf_variant=variant)


def draw_record(html: str, static: Path, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Draw a record on as many pages as it takes; `pictures` are the JPEG photos it shows, by their address there."""
    from weasyprint import HTML

    fonts, sheets, _ = style(static, RECORDS)
    document = HTML(string=html, base_url=static.as_uri() + "/", url_fetcher=only_static(static, pictures))
    return document.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT).write_pdf(pdf_variant=VARIANT)


def on_one_page(html: str, static: Path) -> "Document":
    """Lay a paper out, denser when one page is not enough."""
    pages = laid_out(html, static)
    if len(pages.pages) > 1:
        pages = laid_out(html.replace("<body", '<body data-dense=""', 1), static)
    return pages


def laid_out(html: str, static: Path) -> "Document":
    """Lay an HTML text out with the papers' style, on as many pages as it takes."""
    from weasyprint import HTML

    fonts, sheets, fetcher = style(static)
    document = HTML(string=html, base_url=static.as_uri() + "/", url_fetcher=fetcher)
    return document.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)


@cache
def style(static: Path, names: tuple[str, ...] = SHEETS) -> tuple:
    """Return the fonts, the sheets and the fetcher of the papers, read once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), only_static(static)
    sheets = [CSS(filename=static / "css" / sheet, font_config=fonts, url_fetcher=fetcher) for sheet in names]
    return fonts, sheets, fetcher


atexit.register(style.cache_clear)  # the fonts' files are closed while the program still can


def only_static(static: Path, pictures: Mapping[str, bytes] | None = None) -> "URLFetcher":
    """Return a fetcher that opens the files of the static folder and the pictures it is given, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFetcher(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            if pictures and url in pictures:
                return URLFetcherResponse(url, pictures[url], {"Content-Type": "image/jpeg"})
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
