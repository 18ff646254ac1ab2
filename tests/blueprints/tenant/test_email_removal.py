"""« Retirer cette adresse »: it is explained, confirmed, and nothing leaves for it any more."""

from dataclasses import replace

import pytest

from portal import jobs
from portal.config import ClaimDelays
from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.claims import actions as claims
from portal.domain.messages import outbox
from portal.domain.messages.models import OutboxMail
from portal.domain.messages.outbox import Mail
from portal.domain.news.models import News
from portal.domain.people import passwords
from portal.domain.people.models import Access, MailLink, Tenant
from tests.mail_server import mail_server
from tests.pages import plain, read_page
from tests.people import NOW, lease_of

PRESENT = "k7mf-3xqa-r9tw"
URL = "/espace/informations/courriel/retrait"
ADDRESS = "aminata@example.org"


@pytest.fixture
def aminata(app, client_of, people):
    """Aminata, signed in, with a confirmed address and a password the tests know."""
    with db.connection_context():
        Access.update(password_hash=passwords.hashed(PRESENT)).execute()
        Tenant.update(email=ADDRESS, email_confirmed_at=NOW).where(Tenant.id == people.aminata.id).execute()
    return client_of(people.aminata)


@pytest.fixture
def box(app):
    """A mail server that the worker sends through."""
    with mail_server() as box:
        app.portal = replace(app.portal, mail=box.settings)
        yield box


def remove(client):
    return client.post(URL, data={"current": PRESENT})


def something_happens(people) -> None:
    """Write a fact Aminata is to be told."""
    with db.connection_context():
        claims.file_claim(
            tenant=people.aminata,
            lease=lease_of(people.aminata),
            place="dwelling",
            nature="plomberie",
            description="Fuite.",
            once_key="a",
            at=NOW,
            delays=ClaimDelays(),
        )


def write(app, clock) -> int:
    with db.connection_context():
        return jobs.write_mails(app=app, clock=clock)


def send(box, clock) -> int:
    with db.connection_context():
        return jobs.empty_outbox(settings=box.settings, sender_name="OPH", clock=clock)


def test_the_page_says_what_stops_and_asks_for_the_password(aminata, visit):
    assert visit(aminata, "/espace/informations/courriel").find(href=URL)
    words = plain(visit(aminata, URL).main.text)
    assert ADDRESS in words
    assert "plus de courriel" in words
    assert "si vous perdez votre code" in words


def test_the_address_goes_and_a_trace_stays(aminata, people, visit):
    answer = remove(aminata)
    assert (answer.status_code, answer.location) == (303, "/espace/informations")
    with db.connection_context():
        tenant, trace = Tenant.get_by_id(people.aminata.id), Trace.select().order_by(Trace.id.desc()).get()
        assert (tenant.email, tenant.email_confirmed_at) == ("", None)
        assert (trace.act, trace.detail, trace.by_tenant) == ("changed_contact", "email", people.aminata)
    assert ADDRESS not in visit(aminata, "/espace/informations").main.text


@pytest.mark.parametrize("sent", [{}, {"current": "wrong"}])
def test_without_the_password_nothing_goes(aminata, people, sent):
    answer = aminata.post(URL, data=sent)
    assert answer.status_code == 422
    assert read_page(answer).find(class_="summary")
    with db.connection_context():
        assert Tenant.get_by_id(people.aminata.id).email == ADDRESS


def test_without_an_address_there_is_nothing_to_take_away(aminata, visit):
    assert [remove(aminata).status_code for _ in range(2)] == [303, 303]
    page = visit(aminata, URL)
    assert "rien à retirer" in plain(page.main.text)
    assert not page.main.find("form")
    assert not visit(aminata, "/espace/informations/courriel").find(href=URL)


def test_a_mail_already_in_the_outbox_never_leaves(app, aminata, people, box, clock):
    something_happens(people)
    assert write(app, clock) == 1
    remove(aminata)
    assert (send(box, clock), box.taken) == (0, [])
    with db.connection_context():
        mail = OutboxMail.get()
        assert (mail.text, mail.html, mail.sent_at, mail.last_error) == ("", "", None, "taken back")


def test_what_happens_afterwards_is_not_mailed(app, aminata, people, box, clock):
    something_happens(people)
    remove(aminata)
    assert (write(app, clock), send(box, clock), box.taken) == (0, 0, [])
    with db.connection_context():
        assert News.get().outcome == "no_address"


def test_an_address_taken_away_while_its_mail_is_written_gets_none(app, aminata, people, box, clock, monkeypatch):
    something_happens(people)
    composed = jobs.mail_of

    def slowly(fact, **when):
        mail = composed(fact, **when)
        Tenant.update(email="", email_confirmed_at=None).where(Tenant.id == people.aminata.id).execute()
        return mail

    monkeypatch.setattr(jobs, "mail_of", slowly)
    write(app, clock)
    with db.connection_context():
        assert (OutboxMail.select().count(), News.get().outcome) == (0, "no_address")


def test_a_mail_taken_back_while_others_are_sent_does_not_leave(app, database, box, clock):
    for name in "ab":
        outbox.queue(recipient=f"{name}@example.org", mail=Mail(name, name, f"<p>{name}</p>"), at=NOW)
    read = outbox.waiting(at=NOW)
    outbox.take_back(OutboxMail.recipient == "b@example.org", at=NOW)
    assert [outbox.is_waiting(mail) for mail in read] == [True, False]
    outbox.mark_refused(mail=read[1], error="away", final=False, at=NOW)
    assert send(box, clock) == 1
    assert [mail["To"] for mail in box.taken] == ["a@example.org"]


def test_the_links_already_sent_die_and_those_that_wait_do_not_leave(aminata, client, people, box, clock):
    aminata.post("/espace/informations/courriel", data={"email": "other@example.org", "current": PRESENT})
    client.post("/acces/perdu", data={"email": ADDRESS})
    with db.connection_context():
        texts = [mail.text for mail in OutboxMail.select().order_by(OutboxMail.id)]
    links = [next(word for word in text.split() if "/acces/" in word).partition("8000")[2] for text in texts]
    remove(aminata)
    assert len(links) == 2
    for link in links:
        assert plain(read_page(client.get(link)).h1.text) == "Ce lien ne marche plus"
    assert (send(box, clock), box.taken) == (0, [])


def test_a_lost_code_is_no_longer_found_by_that_address(aminata, client, people):
    remove(aminata)
    assert client.post("/acces/perdu", data={"email": ADDRESS}).location == "/acces/perdu/envoi"
    with db.connection_context():
        assert (MailLink.select().count(), OutboxMail.select().count()) == (0, 0)


def test_what_waits_for_somebody_else_at_the_same_address_still_leaves(app, aminata, client_of, people, box, clock):
    with db.connection_context():
        Tenant.update(email=ADDRESS, email_confirmed_at=NOW).where(Tenant.id == people.charlie.id).execute()
        outbox.queue(recipient=ADDRESS, mail=Mail("À Charlie", "Bonjour", "<p>Bonjour</p>"), at=NOW)
    remove(aminata)
    assert send(box, clock) == 1
    with db.connection_context():
        assert Tenant.get_by_id(people.charlie.id).email == ADDRESS


def test_a_neighbour_takes_away_only_what_is_theirs(aminata, client_of, people):
    assert remove(client_of(people.charlie)).status_code == 303
    with db.connection_context():
        assert Tenant.get_by_id(people.aminata.id).email == ADDRESS
