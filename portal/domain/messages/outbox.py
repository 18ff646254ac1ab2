"""Mails that must leave: each is a row before it is a task, so that none is lost and none leaves twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid

from peewee import ColumnBase, Expression, Value

from portal.db import db, insert_when
from portal.domain.messages.models import OutboxMail

PAUSE = timedelta(minutes=5)
TRIES = 48
ERROR_KEPT = 300
LEFT = OutboxMail.sent_at.is_null() & OutboxMail.failed_at.is_null()
ALWAYS = Value(1) == Value(1)


@dataclass(frozen=True)
class Mail:
    """A mail as it is written, before it has a recipient."""

    subject: str
    text: str
    html: str


def queue(*, recipient: str, mail: Mail, at: datetime, when: ColumnBase = ALWAYS) -> str:
    """Put a mail in the outbox, inside the caller's transaction, if the condition `when` holds.

    Returns its Message-ID, which never changes, whatever the retries.
    """
    message_id = make_msgid(domain=recipient.rpartition("@")[2] or "localhost")
    insert_when(
        OutboxMail,
        when,
        message_id=message_id,
        recipient=recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        queued_at=at,
        tries=0,
        next_try_at=at,
        last_error="",
    )
    return message_id


def waiting(*, at: datetime, most: int = 50) -> list[OutboxMail]:
    """Return the mails whose turn it is, the oldest first."""
    return list(
        OutboxMail.select()
        .where(LEFT, OutboxMail.next_try_at <= at)
        .order_by(OutboxMail.next_try_at, OutboxMail.id)
        .limit(most)
    )


def is_waiting(mail: OutboxMail) -> bool:
    """Say whether a mail is still to be sent: nobody took it back since it was read."""
    return OutboxMail.select().where(LEFT, OutboxMail.id == mail.id).exists()


def take_back(mails: Expression, *, at: datetime) -> None:
    """Keep some mails from leaving, if they have not left yet, and forget what they said."""
    OutboxMail.update(failed_at=at, text="", html="", last_error="taken back").where(LEFT, mails).execute()


def mark_sent(*, mail: OutboxMail, at: datetime) -> None:
    """Note that the mail server took a mail, and forget what it said: only who and when are kept."""
    OutboxMail.update(sent_at=at, text="", html="", last_error="").where(OutboxMail.id == mail.id).execute()


def mark_refused(*, mail: OutboxMail, error: str, final: bool, at: datetime) -> None:
    """Note a failed try: again at once, then every five minutes, 48 times in all, then never.

    `final` says that trying again cannot help (no such address).
    """
    tries = mail.tries + 1
    with db.atomic():
        OutboxMail.update(
            tries=tries,
            last_error=error[:ERROR_KEPT],
            next_try_at=at if tries == 1 else at + PAUSE,
            failed_at=at if final or tries >= TRIES else None,
        ).where(LEFT, OutboxMail.id == mail.id).execute()
