"""What machines ask for: the health of the service, the rules for robots, the picture of the tab."""

from flask import Response, current_app

from portal.blueprints.public import blueprint
from portal.db import db

ROBOTS = "User-agent: *\nDisallow: /espace\nDisallow: /bureau\nDisallow: /acces\n"


@blueprint.get("/sante")
def health() -> Response:
    """Answer « ok » when the database answers; the error page, status 500, when it does not."""
    db.execute_sql("SELECT 1")
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Keep robots out of everything behind a password."""
    return Response(ROBOTS, mimetype="text/plain")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Give the picture of the tab to browsers that ask for it at its old place."""
    return current_app.send_static_file("img/favicon-32.png")
