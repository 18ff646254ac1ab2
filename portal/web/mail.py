"""Mails: one function each, three templates each (subject, text, HTML)."""

from flask import current_app, render_template

from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.claims.natures import NATURES
from portal.domain.messages.models import Message
from portal.domain.messages.outbox import Mail
from portal.domain.works.models import Visit
from portal.kernel import french
from portal.web.application import settings
from portal.web.visits import page_of


def confirm_email(token: str) -> Mail:
    """The mail that asks to confirm an address."""
    return _written("confirm_email", url=_link("access.confirm_email", token))


def new_password(token: str) -> Mail:
    """The mail that lets choose a new password."""
    return _written("new_password", url=_link("access.new_password", token))


def claim_received(event: ClaimEvent) -> Mail:
    """The mail that says a réclamation is taken, and until when somebody must answer."""
    claim = event.claim
    return _about(
        claim, "claim_received", nature=NATURES[claim.nature][0], limit=claim.due_at and french.limit(claim.due_at)
    )


def claim_answered(event: ClaimEvent) -> Mail:
    """The mail that says the Office did something or answered."""
    return _about(event.claim, "claim_answered", event=event)


def claim_done(event: ClaimEvent) -> Mail:
    """The mail that asks whether it is repaired."""
    return _about(event.claim, "claim_done")


def claim_followed(event: ClaimEvent) -> Mail:
    """The mail to those who follow a réclamation of the shared parts: nothing of who filed it, nor of their words."""
    page = page_url("tenant.followed_claim", number=event.claim.number)
    return _news("claim_followed", page, claim=event.claim, event=event)


def visit_proposed(visit: Visit) -> Mail:
    """The mail that proposes a visit, or says that it is agreed."""
    return _visit(visit, "visit_proposed")


def visit_moved(visit: Visit) -> Mail:
    """The mail that says a visit is at another moment."""
    return _visit(visit, "visit_moved")


def visit_tomorrow(visit: Visit) -> Mail:
    """The mail of the day before a visit."""
    return _visit(visit, "visit_tomorrow")


def message_received(message: Message) -> Mail:
    """The mail that says the Office wrote; the words stay in the portal."""
    return _news("message_received", page_url("tenant.thread", id=message.thread_id), message=message)


def is_on() -> bool:
    """Say whether mails leave this installation."""
    return bool(settings().mail.host)


def _about(claim: Claim, name: str, **context: object) -> Mail:
    return _news(name, page_url("tenant.claim", number=claim.number), claim=claim, **context)


def _visit(visit: Visit, name: str) -> Mail:
    slot = french.slot(visit.day, visit.starts, visit.ends)
    company = visit.order.contractor.name if visit.order else ""
    page, number = page_of(visit)
    return _news(name, page_url(page, number=number), visit=visit, slot=slot, company=company)


def _news(name: str, url: str, **context: object) -> Mail:
    return _written(name, url=url, choices_url=page_url("tenant.mail_choices"), **context)


def page_url(endpoint: str, **values: object) -> str:
    """Return the full address of a page, even where there is no request: who opens it signs in, then sees it."""
    return settings().base_url.rstrip("/") + current_app.url_map.bind("").build(endpoint, values)


def _link(endpoint: str, token: str) -> str:
    return page_url(endpoint, token=token)


def _written(name: str, **context: object) -> Mail:
    context["office"] = settings().office
    subject = " ".join(render_template(f"email/{name}_subject.txt", **context).split())
    return Mail(
        subject, render_template(f"email/{name}.txt", **context), render_template(f"email/{name}.html", **context)
    )
