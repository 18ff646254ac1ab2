"""« Payer mon loyer »: what is owed, term by term, and how to pay it."""

from flask import Response

from portal.blueprints.tenant import blueprint
from portal.domain.rents.queries import account_of
from portal.web.clock import today
from portal.web.htmx import render
from portal.web.mine.rents import my_leases_or_404


@blueprint.get("/paiement")
def pay() -> Response:
    """Show what is owed and the ways to pay it."""
    leases = my_leases_or_404()
    return render("tenant/pay.html", leases=leases, account=account_of(leases.chosen, on=today()))
