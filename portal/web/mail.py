"""Mails: one function each, three templates each (subject, text, HTML)."""

from flask import current_app, render_template, url_for

from portal.domain.messages.outbox import Mail


def confirm_email(token: str) -> Mail:
    """The mail that asks to confirm an address."""
    return _written("confirm_email", url=_link("access.confirm_email", token))


def new_password(token: str) -> Mail:
    """The mail that lets choose a new password."""
    return _written("new_password", url=_link("access.new_password", token))


def is_on() -> bool:
    """Say whether mails leave this installation."""
    return bool(current_app.portal.mail.host)


def _link(endpoint: str, token: str) -> str:
    return current_app.portal.base_url.rstrip("/") + url_for(endpoint, token=token)


def _written(name: str, **context: object) -> Mail:
    context["office"] = current_app.portal.office
    subject = " ".join(render_template(f"email/{name}_subject.txt", **context).split())
    return Mail(
        subject, render_template(f"email/{name}.txt", **context), render_template(f"email/{name}.html", **context)
    )
