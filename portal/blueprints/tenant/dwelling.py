"""« Mon logement »: the dwelling, the lease, the rent of today, the loge."""

from flask import Response

from portal.blueprints.tenant import blueprint
from portal.domain.housing.queries import holders_of
from portal.domain.rents.queries import rent_lines_of
from portal.web.clock import today
from portal.web.htmx import render
from portal.web.mine.rents import my_leases_or_404


@blueprint.get("/logement")
def dwelling() -> Response:
    """Show what the Office knows of the dwelling."""
    leases = my_leases_or_404()
    lease = leases.chosen
    lines = rent_lines_of(lease, on=today())
    return render("tenant/dwelling.html", leases=leases, lease=lease, holders=holders_of(lease=lease), lines=lines)
