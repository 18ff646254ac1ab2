"""/banque: where the bank's machines write. No session, no form key, never a redirection: what is sent must arrive."""

from flask import Blueprint

from portal.web.security import csrf

blueprint = Blueprint("bank", __name__, url_prefix="/banque")
csrf.exempt(blueprint)

from portal.blueprints.bank import notifications  # noqa: E402, F401 (the view registers itself)
