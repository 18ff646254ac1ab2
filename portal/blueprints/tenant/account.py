"""« Mon compte »: the dated lines of a year and the balance after each."""

from flask import Response

from portal.blueprints.tenant import blueprint
from portal.domain.rents.queries import statement_of
from portal.web.clock import today
from portal.web.htmx import render
from portal.web.mine.rents import asked_year, my_leases_or_404


@blueprint.get("/compte")
def account() -> Response:
    """Show a year of the account of one lease."""
    leases = my_leases_or_404()
    statement = statement_of(leases.chosen, year=asked_year(), on=today())
    return render("tenant/account.html", leases=leases, statement=statement, on=today())
