"""« Mon compte »: the dated lines of a year and the balance after each, on the page, in a PDF, in a table."""

from flask import Response

from portal.blueprints.tenant import blueprint
from portal.domain.rents.queries import account_of, statement_of
from portal.web.clock import today
from portal.web.htmx import render
from portal.web.mine.rents import asked_year, my_leases_or_404, my_statement_or_404
from portal.web.statements import csv_response, pdf_response


@blueprint.get("/compte")
def account() -> Response:
    """Show a year of the account of one lease."""
    leases, on = my_leases_or_404(), today()
    return render(
        "tenant/account.html",
        leases=leases,
        account=account_of(leases.chosen, on=on),
        statement=statement_of(leases.chosen, year=asked_year(), on=on),
        on=on,
    )


@blueprint.get("/compte/releve.pdf")
def statement_pdf() -> Response:
    """Give the account between two days, or of a year, as a PDF."""
    lease = my_leases_or_404().chosen
    return pdf_response(my_statement_or_404(lease), lease=lease)


@blueprint.get("/compte/releve.csv")
def statement_csv() -> Response:
    """Give the account between two days, or of a year, as a table for a spreadsheet."""
    lease = my_leases_or_404().chosen
    return csv_response(my_statement_or_404(lease), lease=lease)
