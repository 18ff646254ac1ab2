"""The bank's notifications: the only thing that credits an account by card."""

from flask import Response, current_app, request
from peewee import OperationalError

from portal.blueprints.bank import blueprint
from portal.domain.payments import actions
from portal.domain.payments.systempay import LONGEST_BODY
from portal.web.bank import the_shop
from portal.web.clock import now


@blueprint.post("/notification", strict_slashes=False)
def notification() -> Response:
    """Take in a notification and answer in plain text, at once: papers and mails are made later."""
    body = request.stream.read(LONGEST_BODY + 1)
    answer = actions.receive(body=body, shop=the_shop(), address=request.remote_addr or "", at=now())
    return Response(answer.words, answer.status, mimetype="text/plain")


@blueprint.errorhandler(OperationalError)
def busy(error: OperationalError) -> Response:
    """Ask the bank to send it again: the database could not write (busy, or a full disk)."""
    current_app.logger.error("a bank notification could not be kept: %s", type(error).__name__)
    return Response("Indisponible : renvoyez cette notification.", 503, mimetype="text/plain")
