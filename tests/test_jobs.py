"""The outbox: every mail leaves once, whatever the mail server does."""

import smtplib
from datetime import timedelta

import pytest

from portal import jobs
from portal.config import MailSettings
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from portal.domain.messages.outbox import Mail
from portal.web import papers

ON = MailSettings(host="mail.example", sender="oph@example.org")


class Server:
    """A mail server that keeps what it takes, or answers with an error."""

    def __init__(self, error=None):
        self.taken, self.error = [], error

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def send_message(self, message):
        if self.error:
            raise self.error
        self.taken.append(message)


@pytest.fixture
def mail(database, clock):
    outbox.queue(recipient="a@example.org", mail=Mail("Été", "Bonjour", "<p>Bonjour</p>"), at=clock.now())
    return OutboxMail.get()


def sweep(monkeypatch, clock, server):
    def connected(_settings):
        if isinstance(server, Exception):
            raise server
        return server

    monkeypatch.setattr(jobs, "_connected", connected)
    return jobs.empty_outbox(settings=ON, sender_name="OPH d’Aulnay", clock=clock)


def test_a_mail_leaves_once_and_its_words_are_not_kept(monkeypatch, clock, mail):
    server = Server()
    assert [sweep(monkeypatch, clock, server) for _ in range(2)] == [1, 0]
    assert [message["Message-ID"] for message in server.taken] == [mail.message_id]
    assert OutboxMail.get().text == ""


def test_without_a_mail_server_mails_wait(clock, mail):
    assert jobs.empty_outbox(settings=MailSettings(), sender_name="OPH", clock=clock) == 0
    assert OutboxMail.get().tries == 0


def test_a_server_away_is_tried_at_once_then_every_five_minutes(monkeypatch, clock, mail):
    for _ in range(3):
        sweep(monkeypatch, clock, ConnectionRefusedError())
    assert OutboxMail.get().tries == 2
    clock.at += timedelta(minutes=5)
    assert sweep(monkeypatch, clock, Server()) == 1


def test_after_forty_eight_tries_it_is_marked_failed(monkeypatch, clock, mail):
    for _ in range(60):
        sweep(monkeypatch, clock, ConnectionRefusedError())
        clock.at += timedelta(minutes=5)
    row = OutboxMail.get()
    assert (row.tries, row.failed_at is not None) == (48, True)


def test_an_address_refused_for_good_is_not_tried_again(monkeypatch, clock, mail):
    refused = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")})
    sweep(monkeypatch, clock, Server(refused))
    assert OutboxMail.get().failed_at is not None


def test_a_beat_that_fails_does_not_stop_the_next(app, caplog):
    beats = []

    def do():
        beats.append(1)
        if len(beats) == 3:
            beat.stop()
        raise OSError("away")

    beat = jobs.Beat(do, seconds=0.001)
    beat.start()
    beat.join(timeout=20)
    assert len(beats) == 3
    assert "the beat missed one" in caplog.text


def test_at_night_the_pdfs_of_former_templates_go_and_those_of_today_stay(app, monkeypatch):
    today = papers.folder(app) / "ab" / "abcd.pdf"
    former = app.portal.data / "papers" / "0123456789abcdef" / "ab" / "abcd.pdf"
    for pdf in (today, former):
        pdf.parent.mkdir(parents=True)
        pdf.write_bytes(b"%PDF")
    monkeypatch.setattr(jobs.config, "load", lambda: app.portal)
    for _ in range(2):
        jobs.clean_papers.call_local()
    assert [today.exists(), former.parents[1].exists()] == [True, False]


def test_before_the_first_paper_there_is_nothing_to_clean(app, monkeypatch):
    monkeypatch.setattr(jobs.config, "load", lambda: app.portal)
    jobs.clean_papers.call_local()
