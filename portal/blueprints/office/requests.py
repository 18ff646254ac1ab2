"""The requests for an access code, as they came."""

from datetime import timedelta

from flask import abort
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.domain.people import policy, queries
from portal.web.access import the_staff
from portal.web.clock import now
from portal.web.htmx import render

KEPT_IN_VIEW = timedelta(days=60)
OUTCOMES = {
    "opened": ("Accès ouvert", "done"),
    "letter": ("Lettre à envoyer", "wait"),
    "mismatch": ("Informations non reconnues", "neutral"),
    "already": ("Accès déjà ouvert", "info"),
    "throttled": ("Trop d’essais", "alert"),
}


@blueprint.get("/demandes")
def access_requests() -> Response:
    """Show the requests of the last two months, the latest first."""
    if not policy.may_read_requests(the_staff()):
        abort(403)
    asked = queries.requests_since(since=now() - KEPT_IN_VIEW)
    return render("office/access_requests.html", asked=asked, outcomes=OUTCOMES)
