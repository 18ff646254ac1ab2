"""A statement of account as a file: the same lines as the page, in a PDF or in a table for a spreadsheet."""

import csv
import io

from flask import Response, make_response, render_template

from portal.domain.housing.models import Lease
from portal.domain.housing.queries import holders_of
from portal.domain.papers.drafts import recipient_of
from portal.domain.rents.account import Statement
from portal.kernel.money import in_digits
from portal.web import pdf
from portal.web.application import STATIC
from portal.web.clock import today
from portal.web.papers import desk

BOM = "\ufeff"  # without it, a spreadsheet takes the accents for something else
HEADINGS = ("Date", "Libellé", "Débit", "Crédit", "Solde (positif : vous devez)")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(statement: Statement, *, lease: Lease) -> Response:
    """Answer with the lines as CSV, the oldest first: « ; », a decimal comma, and the mark of UTF-8."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(HEADINGS)
    table.writerow((statement.first_on.isoformat(), "Solde au début", "", "", in_digits(statement.opening_cents)))
    for line in reversed(statement.lines):
        sides = (line.debit_cents, line.credit_cents)
        amounts = (in_digits(cents) if cents else "" for cents in sides)
        table.writerow(
            (line.entry.value_on.isoformat(), _harmless(line.entry.label), *amounts, in_digits(line.balance_cents))
        )
    return _file(BOM + written.getvalue(), "text/csv; charset=utf-8", "attachment", f"{_name(statement, lease)}.csv")


def pdf_response(statement: Statement, *, lease: Lease) -> Response:
    """Answer with the lines as a PDF on as many pages as they take."""
    html = render_template(
        "pdf/statement.html",
        statement=statement,
        from_=desk().issuer,
        on=today(),
        to=recipient_of(lease, holders_of(lease=lease)),
    )
    drawn = pdf.laid_out(html, STATIC).write_pdf(pdf_variant=pdf.VARIANT)
    return _file(drawn, "application/pdf", "inline", f"{_name(statement, lease)}.pdf")


def _harmless(label: str) -> str:
    """Keep a spreadsheet from running a label as a formula."""
    return f"'{label}" if label.startswith(FORMULAS) else label


def _name(statement: Statement, lease: Lease) -> str:
    return f"releve-{lease.number}-{statement.first_on.isoformat()}-{statement.last_on.isoformat()}"


def _file(content: str | bytes, kind: str, disposition: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response
