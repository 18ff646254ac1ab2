"""« Vérifier un document »: what anyone who holds a quittance or a reçu may ask of it, no more than it shows."""

from flask import Response, request, url_for

from portal.blueprints.public import blueprint
from portal.db import noting
from portal.domain.errors import TooManyTriesError
from portal.domain.papers.codes import canonical_code
from portal.domain.papers.keys import keyring
from portal.domain.papers.verification import verify
from portal.domain.people import throttles
from portal.web.application import settings
from portal.web.clock import now
from portal.web.htmx import render, see


@blueprint.get("/verification")
def verification() -> Response:
    """Ask for the code printed on a paper."""
    typed = canonical_code(request.args.get("code", ""))
    return see(url_for("public.verified", code=typed)) if typed else render("public/verification.html")


@blueprint.get("/verification/<ref:code>")
def verified(code: str) -> Response:
    """Say whether the paper of a code is genuine; the QR code of a paper leads here. Each question is counted."""
    address = throttles.network_of(request.remote_addr or "")
    try:
        with noting():
            throttles.count((throttles.VERIFY_ADDRESS, address), (throttles.VERIFY_ALL, ""), at=now())
    except TooManyTriesError as error:
        return render("public/verification.html", status=429, refusal=str(error))
    return render("public/verified.html", found=verify(code=code, keys=keyring(settings().data)))
