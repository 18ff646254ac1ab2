"""The files we answer with: their name, shown or kept by the browser, and what a spreadsheet makes of them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

from flask import Response, send_file

from portal.kernel.money import in_digits
from portal.web.security import FILE_POLICY

PDF = "application/pdf"
BOM = "\ufeff"  # without it, a spreadsheet takes the accents for something else
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a cell begins with when a spreadsheet runs it
Cell = str | int | date


def shown(content: bytes, name: str, kind: str = PDF) -> Response:
    """Answer with a file that the browser shows, and keeps nowhere."""
    return _sent(BytesIO(content), name, kind, as_attachment=False)


def kept(content: bytes | Path, name: str, kind: str = PDF) -> Response:
    """Answer with a file to keep, in which nothing runs."""
    response = _sent(BytesIO(content) if isinstance(content, bytes) else content, name, kind, as_attachment=True)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def kept_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """Answer with a table for a French spreadsheet: « ; », a decimal comma, the mark of UTF-8.

    An amount is given in cents, a day as a date; no text is ever run as a formula.
    """
    written = StringIO(newline="")
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    table.writerows([_cell(cell) for cell in row] for row in rows)
    return kept((BOM + written.getvalue()).encode(), name, "text/csv")


def _sent(content: BytesIO | Path, name: str, kind: str, *, as_attachment: bool) -> Response:
    response = send_file(content, kind, as_attachment=as_attachment, download_name=name)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULAS) else cell
    return cell.isoformat() if isinstance(cell, date) else in_digits(cell)
