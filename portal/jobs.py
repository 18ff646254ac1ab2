"""Background work: what must leave is in the database, and this looks there every minute, or every second.

Nothing is queued in memory that is not a row already, so the worker may die at any moment and lose nothing.
"""

import logging
import os
import smtplib
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate

from huey import MemoryHuey, crontab

from portal import config, create_app, db
from portal.domain.claims import closing
from portal.domain.filing.actions import clean_abandoned
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from portal.domain.news import queries as news
from portal.domain.news.actions import settle
from portal.domain.news.models import News
from portal.domain.news.policy import TOPIC_OF, is_stale
from portal.domain.payments import actions as payments
from portal.domain.payments import demo_bank
from portal.domain.works.reminders import remind
from portal.kernel.clock import Clock, SystemClock
from portal.web import notice_batches, papers
from portal.web.application import Portal
from portal.web.news import mail_of

PATIENCE_SECONDS = 20
BANK_PATIENCE_SECONDS = 10
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (compared, not bound)

log = logging.getLogger(__name__)
huey = MemoryHuey("portal", utc=True)


@huey.periodic_task(crontab(minute="*"))
def send_mails() -> None:
    """Remind of tomorrow's visits, write the mails of what happened, and send those whose turn it is."""
    settings = config.load()
    app = create_app(settings)  # before the connection: it says which file is the database, and that closes it
    with db.db.connection_context():
        remind(at=SystemClock().now())
        write_mails(app=app, clock=SystemClock())
        empty_outbox(settings=settings.mail, sender_name=settings.office.name, clock=SystemClock())


@huey.periodic_task(crontab(hour="3", minute="20"))
def clean_drafts() -> None:
    """Forget the réclamations that somebody began and left."""
    settings = config.load()
    with db.db.connection_context():
        clean_abandoned(at=SystemClock().now(), folder=settings.uploads)


@huey.periodic_task(crontab(hour="3", minute="30"))
def forget_notifications() -> None:
    """Erase what the bank's notifications said fifteen months ago."""
    with db.db.connection_context():
        payments.erase_old_words(at=SystemClock().now())


@huey.periodic_task(crontab(hour="3", minute="40"))
def clean_papers() -> None:
    """Remove the PDFs drawn with the templates of before, and the month's avis bound thirty days ago."""
    app = create_app(config.load())
    papers.clean(app)
    with db.db.connection_context():
        notice_batches.forget_old(app=app, at=SystemClock().now())


def write_mails(*, app: Portal, clock: Clock) -> int:
    """Put in the outbox the mails of what happened and return how many; each fact is told once, or never.

    Only to confirmed addresses, only what the tenant wants, only what is still true. Without a mail server nothing is
    written: facts wait, and the day there is one, those older than three days are not told.
    """
    if not app.portal.mail.host:
        return 0
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


@huey.periodic_task(crontab(minute="*"))
def lapse_payments() -> None:
    """Mark « sans suite » the payments the bank says nothing of."""
    with db.db.connection_context():
        payments.lapse(at=SystemClock().now())


class Beat(threading.Thread):
    """Does something every second beside the minute's work; a fault is logged and the next beat comes."""

    def __init__(self, do: Callable[[], object], seconds: float = 1.0) -> None:
        super().__init__(name="beat", daemon=True)
        self.do, self.seconds, self.over = do, seconds, threading.Event()

    def run(self) -> None:
        """Beat."""
        while not self.over.wait(self.seconds):
            try:
                with db.db.connection_context():
                    self.do()
            except Exception:
                log.exception("the beat missed one")

    def stop(self) -> None:
        """Finish the beat that is under way, and no other."""
        self.over.set()


def own_address() -> str:
    """Return where this installation's pages listen, as script/server says it, whatever address people know it by."""
    host = os.environ.get("HOST") or "127.0.0.1"
    host = EVERY_ADDRESS.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or 8000}"


def send_demo_notices(*, address: str, clock: Clock) -> int:
    """Send what the demonstration bank has to say to the portal at an address, and return how many were answered."""
    answered = 0
    for notice in demo_bank.due(at=clock.now()):
        status, words = _posted(f"{address}/banque/notification", notice.body.encode())
        final = 0 < status < 500
        demo_bank.mark(notice=notice, answer=f"{status} {words}", final=final, at=clock.now())
        answered += final
    return answered


def _posted(url: str, body: bytes) -> tuple[int, str]:
    """Post a form and return the status and the words of the answer; 0 when nobody answered."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # this machine speaks to itself
    try:
        with direct.open(urllib.request.Request(url, body), timeout=BANK_PATIENCE_SECONDS) as answer:  # noqa: S310
            return answer.status, answer.read(256).decode("utf-8", "replace")
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(256).decode("utf-8", "replace")
    except OSError as error:
        return 0, type(error).__name__


@huey.periodic_task(crontab(minute="11"))
def close_silent_claims() -> None:
    """Close what was done thirty days ago and that nobody contested."""
    settings = config.load()
    with db.db.connection_context():
        closing.close_after_silence(at=SystemClock().now(), delays=settings.claims)


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
            left = (mail for mail in mails if outbox.is_waiting(mail))
            return sum(_sent(server, mail, settings, sender_name, clock) for mail in left)
    except (OSError, smtplib.SMTPException) as error:
        for mail in mails:
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
