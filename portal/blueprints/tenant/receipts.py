"""« Mes quittances »: the terms year by year, each with its page, and its quittance once it is paid."""

from flask import Response, make_response

from portal.blueprints.tenant import blueprint
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from portal.web.clock import today
from portal.web.htmx import render
from portal.web.mine.rents import asked_year, my_leases_or_404, my_receipt_or_404, my_term_or_404
from portal.web.pdf import pdf_of


@blueprint.get("/quittances")
def receipts() -> Response:
    """List the terms of a year, the latest first."""
    leases = my_leases_or_404()
    account = account_of(leases.chosen, on=today())
    return render("tenant/receipts.html", leases=leases, account=account, year=asked_year() or account.last_year)


@blueprint.get("/quittances/<month:month>")
def term(month: Month) -> Response:
    """Show what a term is made of and what paid it."""
    leases = my_leases_or_404()
    return render("tenant/term.html", leases=leases, receipt=my_term_or_404(leases.chosen, month))


@blueprint.get("/quittances/<month:month>.pdf")
def receipt_pdf(month: Month) -> Response:
    """Give the quittance of a paid term as a PDF."""
    lease = my_leases_or_404().chosen
    receipt = my_receipt_or_404(lease, month)
    response = make_response(pdf_of("pdf/receipt.html", receipt=receipt))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="quittance-{receipt.number}.pdf"'
    return response
