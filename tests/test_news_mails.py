"""From a fact to a mail in somebody's box: through a true mail server on this machine, which misbehaves as they do."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import jobs
from portal.config import ClaimDelays, MailSettings
from portal.db import db
from portal.domain.claims import actions as claims
from portal.domain.claims.following import follow
from portal.domain.claims.recording import Act, Actor, record
from portal.domain.housing.queries import leases_of
from portal.domain.messages import actions as messages
from portal.domain.messages.models import OutboxMail
from portal.domain.news import actions as news
from portal.domain.news.models import News
from portal.domain.people.models import Tenant
from portal.domain.works import visits
from portal.domain.works.reminders import remind
from tests.mail_server import Box, mail_server
from tests.pages import plain
from tests.people import NOW

SUBJECTS = [
    "Votre réclamation n° 2026-000001 est reçue",
    "Du nouveau sur votre réclamation n° 2026-000001",
    "Un passage vous est proposé",
    "Rappel : quelqu’un passe demain",
    "Un message de l’Office vous attend",
    "Votre réclamation n° 2026-000001 : est-ce réparé ?",
]
SECRET = "NE-DOIT-PAS-SORTIR"


@pytest.fixture
def box() -> Iterator[Box]:
    """A mail server, and what it took."""
    with mail_server() as box:
        yield box


@pytest.fixture
def aminata(database, people) -> Tenant:
    """Aminata, whose address is confirmed."""
    Tenant.update(email="aminata@example.org", email_confirmed_at=NOW).where(Tenant.id == people.aminata.id).execute()
    return Tenant.get_by_id(people.aminata.id)


@pytest.fixture
def claim(aminata):
    return claims.file_claim(
        tenant=aminata,
        lease=leases_of(tenant=aminata)[0],
        place="dwelling",
        nature="plomberie",
        description=f"Fuite. {SECRET}",
        once_key="a",
        at=NOW,
        delays=ClaimDelays(),
    )


def act(**more) -> Act:
    return Act(at=NOW, delays=ClaimDelays(), **more)


def sweep(app, clock, settings) -> int:
    app.portal = replace(app.portal, mail=settings)
    jobs.write_mails(app=app, clock=clock)
    return jobs.empty_outbox(settings=settings, sender_name="OPH d’Aulnay", clock=clock)


def test_each_kind_of_news_is_a_mail_that_says_what_to_do(app, clock, box, claim, aminata, people):
    staff = Actor(staff=people.technical)
    record(claim=claim, verb="answer", actor=staff, act=act(words=SECRET), internal=SECRET)
    record(claim=claim, verb="note", actor=staff, act=act(), internal=SECRET)
    span = visits.Span(NOW.date() + timedelta(days=1), "08:00", "10:00")
    visit = visits.propose(staff=people.technical, span=span, act=act(), claim=claim)
    remind(at=NOW)
    words = messages.Words(SECRET, "m")
    messages.write_to_tenant(
        tenant=aminata, author="Votre loge", subject=SECRET, words=words, at=NOW, staff=people.loge
    )
    assert sweep(app, clock, box.settings) == 5
    later = visits.Span(NOW.date() + timedelta(days=2), "14:00", "16:00")
    visits.move(visit=visit, staff=people.technical, span=later, act=act())
    record(claim=claim, verb="mark_done", actor=staff, act=act(words="Siphon changé."))
    sweep(app, clock, box.settings)
    subjects = [plain(mail["Subject"]) for mail in box.taken]
    assert subjects == [plain(subject) for subject in SUBJECTS]
    read = [mail.get_body([kind]).get_content() for mail in box.taken for kind in ("plain", "html")]
    assert not any(SECRET in words for words in [*subjects, *read])


def test_a_mail_has_a_text_a_page_and_nothing_of_the_inside(app, clock, box, claim, people):
    record(claim=claim, verb="answer", actor=Actor(staff=people.loge), act=act(words=SECRET), internal=SECRET)
    sweep(app, clock, box.settings)
    for mail in box.taken:
        assert mail["To"] == "aminata@example.org"
        assert SECRET not in mail.as_string()
        assert "keïta" not in mail["Subject"].casefold()
        text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
        for content in (text, html):
            assert f"{app.portal.base_url}/espace/reclamations/2026-000001" in content
            assert f"{app.portal.base_url}/espace/informations/courriels" in content
        assert "\r\n\r\n--\r\n" in text
    assert 'lang="fr"' in html


def test_the_link_leads_to_the_page_once_signed_in(client, claim):
    answer = client.get("/espace/reclamations/2026-000001")
    assert "next=" in answer.location
    assert "2026-000001" in answer.location


def outcomes() -> list[str]:
    return [fact.outcome for fact in News.select().order_by(News.id)]


def test_only_a_confirmed_address_gets_mails(app, clock, box, claim, aminata):
    Tenant.update(email_confirmed_at=None).where(Tenant.id == aminata.id).execute()
    assert sweep(app, clock, box.settings) == 0
    assert outcomes() == ["no_address"]


def test_who_does_not_want_a_topic_gets_none_of_its_mails(app, clock, box, claim, aminata):
    news.choose(tenant=aminata, wanted=["visits"], at=NOW)
    assert sweep(app, clock, box.settings) == 0
    assert outcomes() == ["not_wanted"]


def test_what_is_no_longer_true_is_not_told(app, clock, box, claim, aminata, people):
    sweep(app, clock, box.settings)
    span = visits.Span(NOW.date() + timedelta(days=1), "08:00", "10:00")
    visit = visits.propose(staff=people.technical, span=span, act=act(), claim=claim)
    remind(at=NOW)
    visits.cancel(visit=visit, staff=people.technical, act=act(words="Le plombier est malade."))
    sweep(app, clock, box.settings)
    assert outcomes()[1:] == ["stale", "stale", "mailed"]


def test_a_fact_of_last_week_is_not_told(app, clock, box, claim):
    clock.at += timedelta(days=4)
    assert sweep(app, clock, box.settings) == 0
    assert outcomes() == ["stale"]


def test_swept_again_nothing_leaves_twice(app, clock, box, claim):
    assert [sweep(app, clock, box.settings) for _ in range(3)] == [1, 0, 0]
    assert len(box.taken) == 1


def test_a_server_away_loses_nothing(app, clock, box, claim):
    away = MailSettings(host="127.0.0.1", port=1, sender="oph@x.example")
    assert sweep(app, clock, away) == 0
    assert sweep(app, clock, box.settings) == 1


@pytest.mark.parametrize("answer", ["451 later", "554 no", "hang up"])
def test_a_server_that_refuses_or_hangs_up_is_tried_again_with_the_same_message_id(app, clock, box, claim, answer):
    box.answers = [answer]
    assert sweep(app, clock, box.settings) == 0
    clock.at += timedelta(minutes=5)
    assert sweep(app, clock, box.settings) == 1
    first, second = (mail["Message-ID"] for mail in box.taken)
    assert first == second


def test_a_server_that_says_nothing_does_not_hold_the_others(app, clock, box, claim, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = MailSettings(host="127.0.0.1", port=silent.getsockname()[1], sender="oph@x.example")
        assert sweep(app, clock, mute) == 0
    assert sweep(app, clock, box.settings) == 1


def test_without_a_mail_server_facts_wait_and_old_ones_are_never_told(app, clock, box, claim):
    assert sweep(app, clock, MailSettings()) == 0
    assert (OutboxMail.select().count(), outcomes()) == (0, [""])
    clock.at += timedelta(days=4)
    assert sweep(app, clock, box.settings) == 0


def test_an_address_that_does_not_exist_is_tried_once(app, clock, box, claim, aminata):
    app.portal = replace(app.portal, mail=box.settings)
    jobs.write_mails(app=app, clock=clock)
    OutboxMail.update(recipient="inconnu@example.org").execute()
    assert jobs.empty_outbox(settings=box.settings, sender_name="OPH", clock=clock) == 0
    assert OutboxMail.get().failed_at is not None


def test_a_worker_killed_between_the_two_writes_tells_once(app, clock, box, claim, monkeypatch):
    def dies(**_):
        raise SystemExit

    app.portal = replace(app.portal, mail=box.settings)
    monkeypatch.setattr("portal.domain.messages.outbox.queue", dies)
    with pytest.raises(SystemExit):
        jobs.write_mails(app=app, clock=clock)
    monkeypatch.undo()
    assert (OutboxMail.select().count(), outcomes()) == (0, [""])
    assert sweep(app, clock, box.settings) == 1
    assert not db.in_transaction()


def test_a_follower_gets_the_news_and_nothing_of_who_filed(app, clock, box, aminata, people):
    lift = claims.file_claim(
        tenant=people.bruno,
        lease=leases_of(tenant=people.bruno)[0],
        place="shared",
        nature="ascenseur",
        description=SECRET,
        once_key="b",
        at=NOW,
        delays=ClaimDelays(),
    )
    follow(claim=lift, tenant=aminata, at=NOW)
    record(claim=lift, verb="answer", actor=Actor(staff=people.loge), act=act(words=f"Bonjour M. Le Goff, {SECRET}"))
    assert sweep(app, clock, box.settings) == 1
    [mail] = box.taken
    assert "que vous suivez" in plain(mail["Subject"])
    text = mail.get_body(["plain"]).get_content()
    assert f"/espace/reclamations/{lift.number}/suivie" in text
    assert SECRET not in mail.as_string()
    assert "Goff" not in text
