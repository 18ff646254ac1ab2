"""A statement of account as a file: the same lines as the page, in a PDF or in a table for a spreadsheet."""

from flask import Response, render_template

from portal.domain.housing.models import Lease
from portal.domain.housing.queries import holders_of
from portal.domain.papers.drafts import recipient_of
from portal.domain.rents.account import Statement
from portal.web import pdf
from portal.web.application import STATIC
from portal.web.clock import today
from portal.web.papers import desk
from portal.web.sending import kept_table, shown

HEADINGS = ("Date", "Libellé", "Débit", "Crédit", "Solde (positif : vous devez)")


def csv_response(statement: Statement, *, lease: Lease) -> Response:
    """Answer with the lines as CSV, the oldest first."""
    opening = (statement.first_on, "Solde au début", "", "", statement.opening_cents)
    rows = [
        (line.entry.value_on, line.entry.label, line.debit_cents or "", line.credit_cents or "", line.balance_cents)
        for line in reversed(statement.lines)
    ]
    return kept_table(HEADINGS, [opening, *rows], f"{_name(statement, lease)}.csv")


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
    return shown(drawn, f"{_name(statement, lease)}.pdf")


def _name(statement: Statement, lease: Lease) -> str:
    return f"releve-{lease.number}-{statement.first_on.isoformat()}-{statement.last_on.isoformat()}"
