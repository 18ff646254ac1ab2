"""A fact is told once, only where it may be, in the transaction of the fact."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions as claims
from portal.domain.claims import announcing, moves
from portal.domain.claims.following import follow
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act, Actor, record
from portal.domain.housing.queries import leases_of
from portal.domain.messages.models import OutboxMail
from portal.domain.messages.outbox import Mail
from portal.domain.news import actions, queries
from portal.domain.news.models import KINDS, News
from portal.domain.news.models import TOPICS as IN_THE_TABLE
from portal.domain.news.policy import TOPIC_OF, TOPICS
from portal.domain.people.models import Tenant
from portal.domain.works import visits
from portal.domain.works.models import Contractor, Order
from portal.domain.works.reminders import remind
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
MAIL = Mail("Sujet", "Texte", "<p>Texte</p>")


def file(tenant, key: str = "a", place: str = "dwelling", nature: str = "plomberie") -> Claim:
    return claims.file_claim(
        tenant=tenant,
        lease=leases_of(tenant=tenant)[0],
        place=place,
        nature=nature,
        description="Fuite.",
        once_key=key,
        at=NOW,
        delays=ClaimDelays(),
    )


def act(**more) -> Act:
    return Act(at=NOW, delays=ClaimDelays(), **more)


def told() -> list[tuple[str, str]]:
    return [(fact.kind, fact.tenant.first_name) for fact in News.select().order_by(News.id)]


def test_every_kind_has_its_topic_and_every_topic_its_words():
    assert set(TOPIC_OF) == set(KINDS)
    assert set(TOPICS) == set(IN_THE_TABLE) == set(TOPIC_OF.values())


def test_every_move_says_whether_a_mail_goes():
    silent = {"add_words", "withdraw", "say_repaired", "say_not_repaired", "assign", "note"}
    silent |= {"visit_other_time", "visit_kept", "visit_missed"}
    assert {move.verb for move in moves.MOVES} == silent | set(announcing.TOLD)


def test_a_filed_claim_is_told_once_even_when_it_is_sent_twice(people):
    file(people.aminata), file(people.aminata)
    assert told() == [("claim_received", "Aminata")]


def test_what_the_office_does_is_told_what_the_tenant_does_is_not(people):
    claim = file(people.aminata)
    record(claim=claim, verb="answer", actor=Actor(staff=people.loge), act=act(words="Nous passons."))
    record(claim=claim, verb="add_words", actor=Actor(tenant=people.aminata), act=act(words="Merci."))
    record(claim=claim, verb="note", actor=Actor(staff=people.loge), act=act(), internal="secret")
    assert told() == [("claim_received", "Aminata"), ("claim_answered", "Aminata")]


def test_a_refused_move_tells_nothing(people):
    claim = file(people.aminata)
    with pytest.raises(moves.IllegalMoveError):
        record(claim=claim, verb="unplan", actor=Actor(staff=people.loge), act=act())
    assert told() == [("claim_received", "Aminata")]


def test_those_who_follow_a_claim_are_told_too(people):
    claim = file(people.aminata, place="shared", nature="ascenseur")
    follow(claim=claim, tenant=people.bruno, at=NOW)
    record(claim=claim, verb="answer", actor=Actor(staff=people.loge), act=act(words="Le réparateur vient."))
    assert told()[1:] == [("claim_answered", "Aminata"), ("claim_followed", "Bruno")]


def tomorrow(people, claim: Claim, **more):
    span = visits.Span(NOW.date() + timedelta(days=1), "08:00", "10:00")
    return visits.propose(staff=people.technical, span=span, act=act(), claim=claim, **more)


def test_a_visit_is_told_when_proposed_and_the_day_before(people):
    visit = tomorrow(people, file(people.aminata), agreed=True)
    for _ in range(2):
        assert remind(at=NOW) == 1
    assert told()[1:] == [("visit_proposed", "Aminata"), ("visit_tomorrow", "Aminata")]
    assert {fact.about_id for fact in News.select().where(News.kind.startswith("visit"))} == {visit.id}


def test_a_visit_for_an_order_alone_is_told_to_who_lives_there(people):
    order = Order.create(
        number="BT-2026-9",
        kind="BT",
        issued_on=NOW.date(),
        dwelling=leases_of(tenant=people.bruno)[0].dwelling,
        contractor=Contractor.create(code="PV", name="Plomberie Varin"),
        trade="plomberie",
        subject="x",
        state="emis",
    )
    span = visits.Span(NOW.date() + timedelta(days=1), "08:00", "10:00")
    visits.propose(staff=people.technical, span=span, act=act(), order=order)
    remind(at=NOW)
    assert told() == [("visit_proposed", "Bruno"), ("visit_tomorrow", "Bruno")]


def test_nobody_is_reminded_in_the_middle_of_the_night(people):
    tomorrow(people, file(people.aminata))
    assert remind(at=NOW.replace(hour=5)) == 0


def test_settled_a_fact_is_never_mailed_again(people):
    Tenant.update(email="aminata@example.org", email_confirmed_at=NOW).where(Tenant.id == people.aminata.id).execute()
    file(people.aminata)
    fact = queries.waiting()[0]
    for _ in range(2):
        actions.settle(news=fact, outcome="mailed", mail=MAIL, at=NOW)
    assert OutboxMail.select().count() == 1
    assert queries.waiting() == []


def test_a_tenant_chooses_the_topics_and_changes_their_mind(people):
    assert queries.wanted_topics(tenant=people.aminata) == set(TOPICS)
    for wanted in (["visits"], [], ["claims", "messages"]):
        actions.choose(tenant=people.aminata, wanted=wanted, at=NOW)
        assert queries.wanted_topics(tenant=people.aminata) == set(wanted)
    assert queries.wanted_topics(tenant=people.bruno) == set(TOPICS)
