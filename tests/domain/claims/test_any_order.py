"""Whatever both sides do, in whatever order: the story explains the state, and no deadline runs against the tenant."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import actions, closing, handling, moves, queries
from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.claims.recording import Act, steps_of
from portal.domain.errors import DomainError
from portal.domain.housing.queries import leases_of
from portal.domain.works import orders, visits
from portal.domain.works.models import LIVE, Contractor, Visit
from portal.kernel.clock import paris_day
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
DELAYS = ClaimDelays()
WAITED_FOR = ("attente_locataire", "intervention_realisee")


def office(verb, **more):
    return lambda office: verb(claim=office.claim, staff=office.staff, act=office.act("Des mots."), **more)


def tenant(verb):
    return lambda office: verb(claim=office.claim, tenant=office.tenant, act=office.act())


def of_the_visit(verb, side):
    def say(office):
        return verb(visit=office.visit(), act=office.act("Des mots."), **{side: getattr(office, side)})

    return say


def span(office, days=2):
    return visits.Span(paris_day(office.at) + timedelta(days=days), "08:00", "10:00", day_off_agreed=True)


def plan(office):
    job = orders.Job("BT", office.company, "Changer le siphon")
    return orders.plan(claim=office.claim, staff=office.staff, job=job, span=span(office), act=office.act())


VERBS = {
    "add_words": lambda office: actions.add_words(
        claim=office.claim, tenant=office.tenant, words="Encore.", once_key=office.key(), at=office.at, delays=DELAYS
    ),
    "acknowledge": office(handling.acknowledge),
    "assign": office(handling.assign, service="technique"),
    "answer": office(handling.answer),
    "note": office(handling.note, words="Interne."),
    "ask_tenant": office(handling.ask_tenant),
    "mark_done": office(handling.mark_done),
    "close": office(handling.close),
    "refuse": office(handling.refuse),
    "reopen": office(handling.reopen),
    "unplan": office(handling.unplan),
    "plan": plan,
    "propose": lambda office: visits.propose(
        staff=office.staff, claim=office.claim, span=span(office), act=office.act()
    ),
    "withdraw": tenant(closing.withdraw),
    "say_repaired": tenant(closing.say_repaired),
    "say_not_repaired": tenant(closing.say_not_repaired),
    "agree": of_the_visit(visits.agree, "tenant"),
    "accept": of_the_visit(visits.accept, "staff"),
    "cancel": of_the_visit(visits.cancel, "staff"),
    "they_came": of_the_visit(visits.say_they_came, "tenant"),
    "nobody_came": of_the_visit(visits.say_nobody_came, "tenant"),
    "other_time": lambda office: visits.propose_another(
        visit=office.visit(), tenant=office.tenant, span=span(office, 3), act=office.act()
    ),
    "move": lambda office: visits.move(
        visit=office.visit(), staff=office.staff, span=span(office, 4), act=office.act()
    ),
    "silence": lambda office: closing.close_after_silence(at=office.at, delays=DELAYS),
}


class Office(SimpleNamespace):
    """A claim, both sides, and a clock that goes on."""

    keys = 0

    def key(self):
        self.keys += 1
        return f"{self.keys:032d}"

    def act(self, words=""):
        return Act(at=self.at, delays=DELAYS, words=words, once_key=self.key())

    def visit(self):
        last = Visit.select().where(Visit.claim == self.claim).order_by(Visit.id.desc()).first()
        if last is None:
            raise DomainError("Il n’y a pas de passage.")
        return last


def opened(people) -> Office:
    company = Contractor.create(code="VAR", name="Plomberie Varin")
    claim = actions.file_claim(
        tenant=people.aminata,
        lease=leases_of(tenant=people.aminata)[0],
        place="dwelling",
        nature="plomberie",
        description="Fuite.",
        once_key="c" * 32,
        at=NOW,
        delays=DELAYS,
    )
    return Office(claim=claim, tenant=people.aminata, staff=people.technical, company=company, at=NOW)


def holds(office) -> None:
    """Check everything that must always be true of a claim."""
    kept = Claim.get_by_id(office.claim.id)
    steps = steps_of(kept)
    assert (kept.state, kept.since_at) == (steps[-1].state, steps[-1].at)
    facts = [event.fact for event in queries.timeline(claim=kept)]
    assert [fact.state for fact in facts if fact.state][-1] == kept.state
    assert all(fact.told for fact in facts)
    assert not any(fact.internal_words or fact.verb == "note" for fact in facts)
    live = Visit.select().where(Visit.claim == kept, Visit.state.in_(LIVE)).count()
    assert live <= (kept.state in moves.PLANNED)
    turn = queries.turns_of(claims=[kept], at=office.at)[kept.id]
    assert turn.sentence
    if kept.state in (*WAITED_FOR, *moves.OVER):
        assert kept.due_at is None
    if turn.holder in ("you", "nobody"):
        assert not turn.late
    elif turn.holder in ("loge", "office", "company"):
        assert turn.before is not None


def attempt(verb, office) -> str:
    """Make a move; return why it is refused, if it is."""
    try:
        VERBS[verb](office)
    except DomainError as refusal:
        return str(refusal)
    return ""


def snapshot(office) -> tuple:
    kept = Claim.select().where(Claim.id == office.claim.id).tuples().get()
    return kept, ClaimEvent.select().count(), [*Visit.select(Visit.id, Visit.state).order_by(Visit.id).tuples()]


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.sampled_from([0, 5, 30, 60, 800])), max_size=14))
def test_the_story_always_explains_the_state(people, story):
    with db.atomic() as undone:
        office = opened(people)
        for verb, hours in story:
            office.at += timedelta(hours=hours, minutes=1)
            before = snapshot(office)
            refused = attempt(verb, office)
            assert not refused or (refused.endswith(".") and snapshot(office) == before)
            office.claim = Claim.get_by_id(office.claim.id)
            holds(office)
        undone.rollback()
