"""Sign in and out. Two doors, so that nobody mistakes the side; either key opens on its own side."""

from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.blueprints.access import blueprint
from portal.blueprints.access.forms import SignInForm
from portal.domain.errors import TooManyTriesError
from portal.domain.people import actions, second_factor
from portal.domain.people.models import Access
from portal.web.application import settings
from portal.web.clock import now
from portal.web.half_in import hold
from portal.web.htmx import render, see
from portal.web.signin import enter, leave, me


@blueprint.get("/acces")
def sign_in() -> Response:
    """Show the tenants' door, or go in when it is open already."""
    return _open_door() or render("access/sign_in.html", form=SignInForm(), next=wanted_page())


@blueprint.post("/acces")
def do_sign_in() -> Response:
    """Let in, or show the form again with its sentence."""
    return _try_to_enter("access/sign_in.html")


@blueprint.get("/bureau/connexion")
def staff_sign_in() -> Response:
    """Show the Office's door, or go in when it is open already."""
    return _open_door() or render("access/staff_sign_in.html", form=SignInForm(), next=wanted_page())


@blueprint.post("/bureau/connexion")
def do_staff_sign_in() -> Response:
    """Let in, or show the form again with its sentence."""
    return _try_to_enter("access/staff_sign_in.html")


@blueprint.post("/acces/sortie")
def sign_out() -> Response:
    """End the session on the server and go back to the door one came through."""
    person = me()
    door = "access.staff_sign_in" if person and person.staff else "access.sign_in"
    leave()
    flash("Vous êtes déconnecté. Rien de votre dossier ne reste sur cet appareil.", "success")
    return see(url_for(door))


def _try_to_enter(template: str) -> Response:
    form = SignInForm()
    if not form.validate_on_submit():
        return render(template, status=422, form=form, next=wanted_page())
    try:
        access = actions.sign_in(
            login=form.login.data, password=form.password.data, address=request.remote_addr or "", at=now()
        )
    except (actions.WrongPasswordError, TooManyTriesError) as error:
        form.form_errors.append(str(error))
        status = 429 if isinstance(error, TooManyTriesError) else 422
        return render(template, status=status, form=form, next=wanted_page())
    if second_factor.is_needed(access=access, roles=settings().access.second_factor_roles):
        hold(access)
        return see(url_for("access.second_step", next=wanted_page() or None))
    enter(access)
    return see(lands_on(access))


def _open_door() -> Response | None:
    person = me()
    return redirect(lands_on(person.access), 303) if person else None


def lands_on(access: Access) -> str:
    """Return the page asked for before signing in, if it is on this person's side; else their home."""
    side, home = ("/espace", "tenant.home") if access.tenant_id else ("/bureau", "office.home")
    wanted = wanted_page()
    path = urlsplit(wanted).path
    return wanted if path == side or path.startswith(side + "/") else url_for(home)


def wanted_page() -> str:
    """Return a page of this site to go to, or nothing: never another site, never a way to disguise one."""
    wanted = request.values.get("next", "")
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    on_site = wanted.startswith("/") and not wanted.startswith("//")
    return wanted if plain and on_site and len(wanted) < 500 and not urlsplit(wanted).netloc else ""
