"""/espace: what a tenant does at home. Nobody else comes in."""

from flask import Blueprint

from portal.web.access import tenants_only

blueprint = Blueprint("tenant", __name__, url_prefix="/espace")
blueprint.before_request(tenants_only)

from portal.blueprints.tenant import (  # noqa: E402, F401 (the views register themselves)
    account,
    claim_moves,
    claims,
    dwelling,
    filing,
    filing_photos,
    followed,
    home,
    messages,
    orders,
    payment,
    profile,
    receipts,
    visits,
)
