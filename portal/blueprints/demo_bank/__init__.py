"""/banque-demo: a bank that takes no money. It exists only where the settings say so, and never in production."""

from flask import Blueprint

from portal.web.security import csrf

blueprint = Blueprint("demo_bank", __name__, url_prefix="/banque-demo")
csrf.exempt(blueprint)  # its forms come from outside, as a real bank's do: they are believed by their signature

from portal.blueprints.demo_bank import card  # noqa: E402, F401 (the views register themselves)
