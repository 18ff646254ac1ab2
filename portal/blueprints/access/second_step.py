"""After the password, the code of the telephone: the first time, the telephone is set up."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.blueprints.access import blueprint
from portal.blueprints.access.door import lands_on, wanted_page
from portal.blueprints.access.forms import SecondCodeForm
from portal.domain.errors import TooManyTriesError
from portal.domain.people import second_factor
from portal.domain.people.models import Access
from portal.web.clock import now
from portal.web.half_in import half_in, secret_to_share, shared
from portal.web.htmx import render, see
from portal.web.signin import enter

TOO_LATE = "Il s’est passé trop de temps depuis votre mot de passe. Écrivez-le de nouveau."


@blueprint.get("/bureau/connexion/code")
def second_step() -> Response:
    """Ask for the code, or show what to scan first."""
    access = half_in()
    return _ask(access, SecondCodeForm()) if access else _back_to_the_door()


@blueprint.post("/bureau/connexion/code")
def do_second_step() -> Response:
    """Let in, or ask again with its sentence."""
    access, form = half_in(), SecondCodeForm()
    if access is None:
        return _back_to_the_door()
    if not form.validate_on_submit():
        return _ask(access, form, 422)
    try:
        _prove(access, form.code.data)
    except (second_factor.WrongCodeError, TooManyTriesError) as error:
        form.code.errors = [*form.code.errors, str(error)]
        return _ask(access, form, 429 if isinstance(error, TooManyTriesError) else 422)
    enter(access)
    return see(lands_on(access))


def _prove(access: Access, code: str) -> None:
    if second_factor.factor_of(access=access):
        second_factor.check(access=access, code=code, at=now())
    else:
        second_factor.set_up(access=access, secret=secret_to_share(), code=code, at=now())


def _ask(access: Access, form: SecondCodeForm, status: int = 200) -> Response:
    told = {"form": form, "next": wanted_page()}
    if second_factor.factor_of(access=access):
        return render("access/second_code.html", status, **told)
    return render("access/second_factor.html", status, **told, **shared(access.login))


def _back_to_the_door() -> Response:
    flash(TOO_LATE, "warning")
    return see(url_for("access.staff_sign_in", next=wanted_page() or None))
