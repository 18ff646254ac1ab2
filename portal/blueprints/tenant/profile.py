"""« Mes informations »: who is on the lease, how to reach the tenant, the password, who looked at the file."""

from collections.abc import Callable

from flask import flash, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.profile import EmailForm, MailChoicesForm, PhoneForm
from portal.domain.audit import queries as audit
from portal.domain.audit.actions import SENTENCES
from portal.domain.dossiers.queries import lease_lines
from portal.domain.errors import DomainError
from portal.domain.news import queries as news
from portal.domain.news.actions import choose
from portal.domain.papers.consents import consents_of
from portal.domain.people import actions, contact
from portal.web import mail
from portal.web.access import the_tenant
from portal.web.application import settings
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.password_forms import AgainForm, ChangePasswordForm


@blueprint.get("/informations")
def profile() -> Response:
    """Show who is on the leases and how the Office reaches the tenant."""
    return render(
        "tenant/profile.html",
        tenant=the_tenant(),
        lines=lease_lines(tenant=the_tenant(), on=today()),
        consents=consents_of(tenant=the_tenant()),
    )


@blueprint.get("/informations/consultations")
def looks() -> Response:
    """Show who looked at the tenant's file, and when."""
    return render("tenant/looks.html", looks=audit.looks_at(tenant=the_tenant()), sentences=SENTENCES)


@blueprint.get("/informations/telephone")
def phone() -> Response:
    """Ask for the new telephone number."""
    return render("tenant/phone.html", form=PhoneForm(phone=the_tenant().phone))


@blueprint.post("/informations/telephone")
def change_phone() -> Response:
    """Set the telephone number."""
    form = PhoneForm()
    if not _is_sure(form):
        return render("tenant/phone.html", status=422, form=form)
    contact.change_phone(tenant=the_tenant(), phone=form.phone.data or "", at=now())
    flash("Votre numéro de téléphone est enregistré.", "success")
    return see(url_for("tenant.profile"))


@blueprint.get("/informations/courriel")
def email() -> Response:
    """Ask for the new address."""
    return _email(EmailForm(email=the_tenant().email))


@blueprint.post("/informations/courriel")
def change_email() -> Response:
    """Send a link to the new address, which counts once the link is followed."""
    form = EmailForm()
    if not _is_sure(form) or not _does(
        form, contact.ask_to_confirm_email, tenant=the_tenant(), email=form.email.data, compose=mail.confirm_email
    ):
        return _email(form, 422)
    flash(
        "Un courriel vous attend. Ouvrez le lien qu’il contient, dans les deux jours, pour confirmer l’adresse.",
        "info",
    )
    return see(url_for("tenant.profile"))


@blueprint.get("/informations/courriel/retrait")
def ask_remove_email() -> Response:
    """Say what stops without an address, before it is taken away."""
    return render("tenant/email_removal.html", form=AgainForm(), tenant=the_tenant())


@blueprint.post("/informations/courriel/retrait")
def remove_email() -> Response:
    """Take the address away."""
    form = AgainForm()
    if not _is_sure(form):
        return render("tenant/email_removal.html", status=422, form=form, tenant=the_tenant())
    contact.remove_email(tenant=the_tenant(), at=now())
    flash("Votre adresse est retirée. L’Office ne vous envoie plus de courriel.", "success")
    return see(url_for("tenant.profile"))


@blueprint.get("/informations/courriels")
def mail_choices() -> Response:
    """Ask which mails the tenant wants."""
    form = MailChoicesForm(topics=sorted(news.wanted_topics(tenant=the_tenant())))
    return render("tenant/mail_choices.html", form=form, tenant=the_tenant(), mail_is_on=mail.is_on())


@blueprint.post("/informations/courriels")
def choose_mails() -> Response:
    """Keep which mails the tenant wants."""
    form = MailChoicesForm()
    if not form.validate_on_submit():
        return render("tenant/mail_choices.html", 422, form=form, tenant=the_tenant(), mail_is_on=mail.is_on())
    choose(tenant=the_tenant(), wanted=form.topics.data or (), at=now())
    flash("Votre choix est enregistré.", "success")
    return see(url_for("tenant.profile"))


@blueprint.get("/informations/mot-de-passe")
def password() -> Response:
    """Ask for the new password."""
    return render("tenant/password.html", form=ChangePasswordForm())


@blueprint.post("/informations/mot-de-passe")
def change_password() -> Response:
    """Set the new password and sign out everywhere else."""
    form = ChangePasswordForm()
    known = {"about": (settings().office.name,), "keep": current_user.token}
    if not _is_sure(form) or not _does(
        form, actions.choose_password, access=current_user.access, password=form.password.data, **known
    ):
        return render("tenant/password.html", status=422, form=form)
    flash("Votre mot de passe est changé. Vos autres appareils sont déconnectés.", "success")
    return see(url_for("tenant.profile"))


def _email(form: EmailForm, status: int = 200) -> Response:
    return render("tenant/email.html", status=status, form=form, tenant=the_tenant(), mail_is_on=mail.is_on())


def _is_sure(form: AgainForm) -> bool:
    """Say whether the form is complete and the present password right."""
    return form.validate_on_submit() and _does(
        form, actions.check_again, access=current_user.access, password=form.current.data
    )


def _does(form: AgainForm, verb: Callable[..., object], **what: object) -> bool:
    """Do it, or put the refusal on the form."""
    try:
        verb(at=now(), **what)
    except DomainError as error:
        form.form_errors.append(str(error))
        return False
    return True
