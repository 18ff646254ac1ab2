"""« Mon accès »: one's own login, password, and the telephone that gives the second code."""

from flask import flash, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.access import TelephoneForm
from portal.domain.errors import DomainError, TooManyTriesError
from portal.domain.people import actions, second_factor
from portal.web.application import settings
from portal.web.clock import now
from portal.web.half_in import secret_to_share, set_up_here, shared
from portal.web.htmx import render, see
from portal.web.password_forms import ChangePasswordForm


@blueprint.get("/mon-acces")
def my_access() -> Response:
    """Show one's login, and whether a telephone is asked for."""
    access = current_user.access
    return render("office/my_access.html", access=access, factor=second_factor.factor_of(access=access))


@blueprint.get("/mon-acces/mot-de-passe")
def my_password() -> Response:
    """Ask for the new password."""
    return render("office/my_password.html", form=ChangePasswordForm())


@blueprint.post("/mon-acces/mot-de-passe")
def change_my_password() -> Response:
    """Set the new password and sign out everywhere else."""
    form, access = ChangePasswordForm(), current_user.access
    if not form.validate_on_submit():
        return render("office/my_password.html", 422, form=form)
    about = (settings().office.name,)
    try:
        actions.check_again(access=access, password=form.current.data, at=now())
        actions.choose_password(
            access=access, password=form.password.data, about=about, keep=current_user.token, at=now()
        )
    except DomainError as error:
        wrong = form.current if isinstance(error, (actions.WrongPasswordError, TooManyTriesError)) else form.password
        wrong.errors = [*wrong.errors, str(error)]
        return render("office/my_password.html", 429 if isinstance(error, TooManyTriesError) else 422, form=form)
    flash("Votre mot de passe est changé. Vos autres appareils sont déconnectés.", "success")
    return see(url_for("office.my_access"))


@blueprint.get("/mon-acces/telephone")
def my_telephone() -> Response:
    """Show what to scan, and ask for the password and a first code."""
    return _ask(TelephoneForm())


@blueprint.post("/mon-acces/telephone")
def set_up_my_telephone() -> Response:
    """Set the telephone up; the one before no longer serves."""
    form, access = TelephoneForm(), current_user.access
    if not form.validate_on_submit():
        return _ask(form, 422)
    try:
        actions.check_again(access=access, password=form.current.data, at=now())
        second_factor.set_up(access=access, secret=secret_to_share(), code=form.code.data, at=now())
    except DomainError as error:
        wrong = form.code if isinstance(error, second_factor.WrongCodeError) else form.current
        wrong.errors = [*wrong.errors, str(error)]
        return _ask(form, 429 if isinstance(error, TooManyTriesError) else 422)
    set_up_here()
    flash("C’est fait : la prochaine fois, un code de ce téléphone vous sera demandé.", "success")
    return see(url_for("office.my_access"))


def _ask(form: TelephoneForm, status: int = 200) -> Response:
    return render("office/my_telephone.html", status, form=form, **shared(current_user.access.login))
