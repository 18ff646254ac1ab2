"""From a fact to its mail: what is told is what is true when the mail is written, or nothing."""

from collections.abc import Callable
from datetime import datetime

from portal.domain.claims import announcing
from portal.domain.claims.models import ClaimEvent
from portal.domain.messages.models import Message
from portal.domain.messages.outbox import Mail
from portal.domain.news.models import News
from portal.domain.works import upcoming
from portal.domain.works.models import Visit
from portal.web import mail

Writer = Callable[[News, datetime], Mail | None]


def mail_of(news: News, *, at: datetime) -> Mail | None:
    """Write the mail of a fact, or None when it is no longer true (a visit that changed, a message read already)."""
    return WRITERS[news.kind](news, at)


def _claim(write: Callable[[ClaimEvent], Mail]) -> Writer:
    def of(news: News, _at: datetime) -> Mail | None:
        event = announcing.public_event(id=news.about_id)
        return write(event) if event else None

    return of


def _visit(write: Callable[[Visit], Mail]) -> Writer:
    def of(news: News, at: datetime) -> Mail | None:
        visit = upcoming.visit_to_come(id=news.about_id, at=at)
        return write(visit) if visit else None

    return of


def _message(news: News, _at: datetime) -> Mail | None:
    message = Message.get_or_none(Message.id == news.about_id)
    if message is None or message.thread.tenant_read_id >= message.id:
        return None
    return mail.message_received(message)


WRITERS = {
    "claim_received": _claim(mail.claim_received),
    "claim_answered": _claim(mail.claim_answered),
    "claim_done": _claim(mail.claim_done),
    "claim_followed": _claim(mail.claim_followed),
    "visit_proposed": _visit(mail.visit_proposed),
    "visit_moved": _visit(mail.visit_moved),
    "visit_tomorrow": _visit(mail.visit_tomorrow),
    "message_received": _message,
}
