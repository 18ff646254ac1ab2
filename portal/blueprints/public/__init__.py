"""What anyone may read: the Office's first page, the help, the legal pages, the health of the service."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from portal.blueprints.public import pages, service, verification  # noqa: E402, F401 (the views register themselves)
