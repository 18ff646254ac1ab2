"""A lost or forgotten code, and the links sent by mail."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from portal.blueprints.access import blueprint
from portal.blueprints.access.forms import LinkForm, LostForm
from portal.domain.errors import DomainError, TooManyTriesError
from portal.domain.people import contact, queries
from portal.web import mail
from portal.web.application import settings
from portal.web.clock import now
from portal.web.htmx import render, see
from portal.web.password_forms import NewPasswordForm


@blueprint.get("/acces/perdu")
def lost() -> Response:
    """Say whom to contact, and offer a link to those who have confirmed an address."""
    return _lost(LostForm())


@blueprint.post("/acces/perdu")
def send_link() -> Response:
    """Send the link if the address is known; the answer is the same when it is not."""
    form = LostForm()
    if not form.validate_on_submit():
        return _lost(form, 422)
    try:
        contact.ask_for_new_password(
            email=form.email.data, address=request.remote_addr or "", compose=mail.new_password, at=now()
        )
    except TooManyTriesError as error:
        form.form_errors.append(str(error))
        return _lost(form, 429)
    return see(url_for("access.link_sent"))


@blueprint.get("/acces/perdu/envoi")
def link_sent() -> Response:
    """Say what happens next, whether or not the address is known."""
    return render("access/link_sent.html")


@blueprint.get("/acces/nouveau/<token>")
def new_password(token: str) -> Response:
    """Ask for the new password, if the link still serves, and recall the login, that may be lost too."""
    return _choose(token, NewPasswordForm())


@blueprint.post("/acces/nouveau/<token>")
def set_new_password(token: str) -> Response:
    """Set the new password and show the door."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return _choose(token, form, 422)
    about = (settings().office.name,)
    try:
        contact.set_new_password(token=token, password=form.password.data, about=about, at=now())
    except DomainError as error:
        form.form_errors.append(str(error))
        return _choose(token, form, 422)
    flash("Votre mot de passe est changé. Entrez avec votre identifiant et le nouveau mot de passe.", "success")
    return see(url_for("access.sign_in"))


@blueprint.get("/acces/courriel/<token>")
def confirm_email(token: str) -> Response:
    """Ask to press a button: programs that open links beforehand confirm nothing."""
    link = queries.link_of(token=token, kind=contact.CONFIRM, at=now())
    return render(
        "access/confirm_email.html" if link else "access/dead_link.html", form=LinkForm(), token=token, link=link
    )


@blueprint.post("/acces/courriel/<token>")
def do_confirm_email(token: str) -> Response:
    """Confirm the address."""
    try:
        contact.confirm_email(token=token, at=now())
    except contact.DeadLinkError:
        return render("access/dead_link.html", status=422)
    flash("Votre adresse de courriel est confirmée.", "success")
    return see(url_for("access.sign_in"))


def _lost(form: LostForm, status: int = 200) -> Response:
    return render("access/lost.html", status=status, form=form, lodges=queries.lodges(), mail_is_on=mail.is_on())


def _choose(token: str, form: NewPasswordForm, status: int = 200) -> Response:
    access = queries.open_access_of_link(token=token, kind=contact.NEW_PASSWORD, at=now())
    if access is None:
        return render("access/dead_link.html", status)
    return render("access/new_password.html", status, form=form, token=token, login=access.login)
