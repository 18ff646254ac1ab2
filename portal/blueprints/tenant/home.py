"""« Vous êtes chez vous »: the first page of the space."""

from flask import Response

from portal.blueprints.tenant import blueprint
from portal.domain.claims.natures import STATES
from portal.domain.claims.queries import open_claims, turns_of
from portal.domain.filing.queries import draft_of
from portal.domain.housing.queries import leases_of
from portal.domain.rents.queries import accounts_of, latest_receipt, total_due_cents
from portal.domain.works.queries import appointment, next_visit, visits_at_home
from portal.web.access import the_tenant
from portal.web.clock import now, today
from portal.web.htmx import render


@blueprint.get("")
def home() -> Response:
    """Show what matters now: messages, what is owed, the visit to come, the open claims, the last quittance."""
    tenant, on = the_tenant(), today()
    waiting = open_claims(tenant=tenant)
    visits = visits_at_home(tenant=tenant, claims=waiting)
    coming = appointment(visits, on=on)
    accounts = accounts_of(leases_of(tenant=tenant), on=on)
    return render(
        "tenant/home.html",
        on=on,
        accounts=accounts,
        due_cents=total_due_cents(accounts),
        visit=None if coming else next_visit(tenant=tenant, on=on),
        appointment=coming,
        claims=waiting,
        turns=turns_of(claims=waiting[:3], visits=visits, at=now()),
        draft=draft_of(tenant=tenant),
        latest=latest_receipt(accounts),
        states=STATES,
    )
