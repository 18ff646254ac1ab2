"""/bureau: the Office's side. Staff only; a caretaker sees the buildings of the lodge."""

from flask import Blueprint

from portal.web.access import staff_only

blueprint = Blueprint("office", __name__, url_prefix="/bureau")
blueprint.before_request(staff_only)

from portal.blueprints.office import (  # noqa: E402, F401 (the views register themselves)
    accounts,
    claim_moves,
    claims,
    home,
    letters,
    lodges,
    messages,
    my_access,
    notices,
    orders,
    papers,
    payments,
    plans,
    rents,
    requests,
    team,
    tenants,
    undoing,
)
