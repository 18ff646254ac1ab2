"""A lost or forgotten code."""

from werkzeug.wrappers import Response

from portal.blueprints.access import blueprint
from portal.domain.people import queries
from portal.web.htmx import render


@blueprint.get("/acces/perdu")
def lost() -> Response:
    """Say whom to contact: the Office, the loge."""
    return render("access/lost.html", lodges=queries.lodges())
