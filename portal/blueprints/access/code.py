"""Ask for an access code, and see it once."""

import hmac

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.blueprints.access import blueprint
from portal.blueprints.access.forms import CodeForm
from portal.domain.errors import TooManyTriesError
from portal.domain.people import actions
from portal.web import shown_once
from portal.web.application import settings
from portal.web.clock import now
from portal.web.htmx import render, see

PLACE = "new_access"
TEMPLATE = "access/request_code.html"


@blueprint.get("/acces/demande")
def request_code() -> Response:
    """Ask for the three facts of the avis d'échéance."""
    return _form(CodeForm())


@blueprint.post("/acces/demande")
def do_request_code() -> Response:
    """Open the access; a second press of the button goes where the first one went."""
    if shown_once.is_waiting(PLACE):
        return see(url_for("access.code_given"))
    form = CodeForm()
    if not form.validate_on_submit():
        return _form(form, 422)
    try:
        given = actions.request_access(asked=_asked(form), delivery=settings().access.delivery, at=now())
    except (actions.NoMatchError, actions.AlreadyOpenError, TooManyTriesError) as error:
        form.form_errors.append(str(error))
        return _form(form, 429 if isinstance(error, TooManyTriesError) else 422)
    if given is None:
        return see(url_for("access.code_posted"))
    shown_once.keep(PLACE, given)
    return see(url_for("access.code_given"))


@blueprint.get("/acces/demande/termine")
def code_given() -> Response:
    """Show the login and the password, once."""
    return render("access/code_given.html", given=shown_once.take(PLACE))


@blueprint.get("/acces/demande/courrier")
def code_posted() -> Response:
    """Say that the code comes by letter."""
    return render("access/code_posted.html")


def _asked(form: CodeForm) -> actions.Asked:
    key = form.once_key.data
    return actions.Asked(
        form.name.data,
        form.dwelling_reference.data,
        form.tenant_number.data,
        request.remote_addr or "",
        once_key=key,
        seed=hmac.digest(settings().secret_key.encode(), f"access {key}".encode(), "sha256"),
    )


def _form(form: CodeForm, status: int = 200) -> Response:
    return render(TEMPLATE, status=status, form=form, references=settings().references)
