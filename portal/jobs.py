"""Background work: what must leave is in the database, and this looks there every minute.

Nothing is queued in memory that is not a row already, so the worker may die at any moment and lose nothing.
"""

import logging
import smtplib
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate

from flask import Flask
from huey import MemoryHuey, crontab

from portal import config, create_app, db
from portal.domain.filing.actions import clean_abandoned
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from portal.domain.news import queries as news
from portal.domain.news.actions import settle
from portal.domain.news.models import News
from portal.domain.news.policy import TOPIC_OF, is_stale
from portal.domain.works.reminders import remind
from portal.kernel.clock import Clock, SystemClock
from portal.web.news import mail_of

PATIENCE_SECONDS = 20

log = logging.getLogger(__name__)
huey = MemoryHuey("portal", utc=True)


@huey.periodic_task(crontab(minute="*"))
def send_mails() -> None:
    """Remind of tomorrow's visits, write the mails of what happened, and send those whose turn it is."""
    settings = config.load()
    with db.db.connection_context():
        remind(at=SystemClock().now())
        write_mails(app=create_app(settings), clock=SystemClock())
        empty_outbox(settings=settings.mail, sender_name=settings.office.name, clock=SystemClock())


@huey.periodic_task(crontab(hour="3", minute="20"))
def clean_drafts() -> None:
    """Forget the réclamations that somebody began and left."""
    settings = config.load()
    with db.db.connection_context():
        clean_abandoned(at=SystemClock().now(), folder=settings.uploads)


def write_mails(*, app: Flask, clock: Clock) -> int:
    """Put in the outbox the mails of what happened and return how many; each fact is told once, or never.

    Only to confirmed addresses, only what the tenant wants, only what is still true.
    """
    written = 0
    with app.app_context():
        for fact in news.waiting():
            outcome = why_not(fact, at=clock.now())
            mail = None if outcome else mail_of(fact, at=clock.now())
            settle(news=fact, outcome=outcome or ("mailed" if mail else "stale"), mail=mail, at=clock.now())
            written += bool(mail)
    return written


def why_not(fact: News, *, at: datetime) -> str:
    """Return why a tenant is not told of a fact, or nothing when they are."""
    if not fact.tenant.email or fact.tenant.email_confirmed_at is None:
        return "no_address"
    if TOPIC_OF[fact.kind] not in news.wanted_topics(tenant=fact.tenant):
        return "not_wanted"
    return "stale" if is_stale(fact.happened_at, at=at) else ""


def empty_outbox(*, settings: config.MailSettings, sender_name: str, clock: Clock) -> int:
    """Hand the waiting mails to the mail server and return how many it took; without a server they wait.

    A server that is away costs a mail one try, and the next sweep goes on; an address it refuses for good is marked.
    """
    if not settings.host:
        return 0
    mails = outbox.waiting(at=clock.now())
    if not mails:
        return 0
    try:
        with _connected(settings) as server:
            return sum(_sent(server, mail, settings, sender_name, clock) for mail in mails)
    except (OSError, smtplib.SMTPException) as error:
        for mail in mails:
            if OutboxMail.get_by_id(mail.id).sent_at is None:
                outbox.mark_refused(mail=mail, error=type(error).__name__, final=False, at=clock.now())
        log.warning("mail server away: %s", type(error).__name__)
        return 0


def _connected(settings: config.MailSettings) -> smtplib.SMTP:
    server = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE_SECONDS)
    if settings.tls:
        server.starttls()
    if settings.user:
        server.login(settings.user, settings.password)
    return server


def _sent(
    server: smtplib.SMTP, mail: OutboxMail, settings: config.MailSettings, sender_name: str, clock: Clock
) -> bool:
    try:
        server.send_message(_message(mail, settings, sender_name))
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        outbox.mark_refused(mail=mail, error=f"refused {code}", final=500 <= code < 600, at=clock.now())
        return False
    except smtplib.SMTPResponseException as error:
        outbox.mark_refused(mail=mail, error=f"answered {error.smtp_code}", final=False, at=clock.now())
        return False
    outbox.mark_sent(mail=mail, at=clock.now())
    return True


def _message(mail: OutboxMail, settings: config.MailSettings, sender_name: str) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = mail.message_id
    message["Date"] = formatdate(mail.queued_at.timestamp())
    message["From"] = f'"{sender_name}" <{settings.sender}>'
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message
