"""Visits: a slot proposed, agreed, moved, kept or missed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from peewee import IntegrityError

from portal.config import ClaimDelays
from portal.domain.claims import actions, handling
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act
from portal.domain.housing.queries import leases_of
from portal.domain.works import orders, visits
from portal.domain.works.models import Contractor, Order, Visit
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
DELAYS = ClaimDelays()
WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)
SLOT = visits.Span(WEDNESDAY, "08:00", "10:00")
OTHER = visits.Span(date(2026, 11, 26), "14:00", "16:00")
OVER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # 10 o'clock in Paris


def act(words="", at=NOW, key=None):
    return Act(at=at, delays=DELAYS, words=words, once_key=key)


@pytest.fixture
def claim(people):
    """A claim Aminata filed."""
    return actions.file_claim(
        tenant=people.aminata, lease=leases_of(tenant=people.aminata)[0], place="dwelling", nature="plomberie",
        description="Fuite.", once_key="c" * 32, at=NOW, delays=DELAYS,
    )  # fmt: skip


@pytest.fixture
def order(claim, people):
    """The order that answers it."""
    job = orders.Job("BT", Contractor.create(code="VAR", name="Plomberie Varin", trade="Plomberie"), "Siphon")
    return orders.plan(claim=claim, staff=people.technical, job=job, act=act(key="o" * 32))


@pytest.fixture
def visit(claim, order, people):
    """A visit proposed by the Office on Wednesday."""
    return visits.propose(staff=people.technical, claim=claim, order=order, span=SLOT, act=act(key="v" * 32))


def test_a_proposed_visit_plans_the_claim_and_dates_the_order(visit, claim):
    assert Claim.get_by_id(claim.id).state == "intervention_planifiee"
    booked = Order.get()
    assert (booked.state, booked.planned_on) == ("rendez_vous", WEDNESDAY)
    assert booked.slot.replace("\xa0", " ") == "entre 8 h et 10 h"


def test_one_slot_one_booking(visit, claim, people):
    again = visits.propose(staff=people.technical, claim=claim, order=visit.order, span=SLOT, act=act(key="v" * 32))
    assert again == visit
    with pytest.raises(visits.SlotTakenError):
        visits.propose(staff=people.loge, claim=claim, span=OTHER, act=act(key="w" * 32))
    with pytest.raises(IntegrityError):
        Visit.create(claim=claim, day=WEDNESDAY, starts="08:00", ends="10:00", made_at=NOW, changed_at=NOW)


@pytest.mark.parametrize("day", [SATURDAY, date(2026, 11, 29), date(2026, 12, 25)])
def test_no_day_off_without_the_tenants_agreement(claim, people, day):
    with pytest.raises(visits.DayOffError, match="article 7 e"):
        visits.propose(staff=people.loge, claim=claim, span=visits.Span(day, "08:00", "10:00"), act=act())
    agreed = visits.Span(day, "08:00", "10:00", day_off_agreed=True)
    assert visits.propose(staff=people.loge, claim=claim, span=agreed, act=act()).day_off_agreed


def test_a_saturday_the_tenant_proposes_is_agreed_by_the_tenant(visit, people):
    span = visits.Span(SATURDAY, "08:00", "10:00")
    other = visits.propose_another(visit=visit, tenant=people.aminata, span=span, act=act(key="x" * 32))
    assert (other.proposed_by, other.state, other.day_off_agreed) == ("tenant", "proposed", True)
    assert Visit.get_by_id(visit.id).state == "moved"


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("08:00", "08:01", ""),
        ("08:00", "08:00", "L’heure de fin doit venir après"),
        ("10:00", "08:00", "L’heure de fin doit venir après"),
        ("08:00", "12:00", ""),
        ("08:30", "12:30", ""),
        ("08:00", "12:01", "4 heures au plus"),
        ("08:59", "13:00", "4 heures au plus"),
        ("08:00", "18:00", "4 heures au plus"),
        ("8h", "10h", "l’heure de début et l’heure de fin"),
        ("08:00", "", "l’heure de début et l’heure de fin"),
    ],
)
def test_a_slot_has_an_end_after_its_beginning_and_four_hours_at_most(starts, ends, sentence):
    span = visits.Span(WEDNESDAY, starts, ends)
    if not sentence:
        visits.check_span(span, at=NOW)
        return
    with pytest.raises(visits.SlotError, match=sentence):
        visits.check_span(span, at=NOW)


@pytest.mark.parametrize(
    ("day", "starts", "sentence"),
    [
        (NOW.date(), "11:01", ""),  # it is 11 o'clock in Paris
        (NOW.date(), "11:00", "déjà passé"),
        (date(2026, 11, 20), "11:01", "déjà passé"),
        (date(2027, 11, 24), "08:00", ""),  # 366 days later
        (date(2027, 11, 25), "08:00", "trop loin"),
    ],
)
def test_a_slot_is_to_come_and_within_the_year(day, starts, sentence):
    span = visits.Span(day, starts, "12:00", day_off_agreed=True)
    if not sentence:
        visits.check_span(span, at=NOW)
        return
    with pytest.raises(visits.SlotError, match=sentence):
        visits.check_span(span, at=NOW)


def test_a_slot_that_makes_no_sense_changes_nothing(claim, visit, people):
    backwards = visits.Span(WEDNESDAY, "10:00", "08:00")
    with pytest.raises(visits.SlotError):
        visits.move(visit=visit, staff=people.technical, span=backwards, act=act(key="m" * 32))
    with pytest.raises(visits.SlotError):
        visits.propose_another(visit=visit, tenant=people.aminata, span=backwards, act=act(key="n" * 32))
    assert [(each.state, each.starts) for each in Visit.select()] == [("proposed", "08:00")]
    for ends in ("08:00", "07:59"):
        with pytest.raises(IntegrityError, match="CHECK"):
            Visit.update(ends=ends).execute()


def test_agreed_said_twice_is_agreed_once_and_a_moved_visit_is_over(visit, people):
    for _again in range(2):
        assert visits.agree(visit=visit, tenant=people.aminata, act=act()).state == "agreed"
    visits.move(visit=visit, staff=people.technical, span=OTHER, act=act(key="m" * 32))
    with pytest.raises(visits.VisitOverError):
        visits.agree(visit=visit, tenant=people.aminata, act=act())


def test_the_office_accepts_the_tenants_moment(visit, people):
    other = visits.propose_another(visit=visit, tenant=people.aminata, span=OTHER, act=act(key="x" * 32))
    assert visits.accept(visit=other, staff=people.technical, act=act()).state == "agreed"
    with pytest.raises(visits.VisitOverError):
        visits.agree(visit=visit, tenant=people.aminata, act=act())


@pytest.mark.parametrize(("say", "state"), [(visits.say_they_came, "kept"), (visits.say_nobody_came, "missed")])
def test_whether_they_came_is_said_from_the_end_of_the_slot(visit, people, say, state):
    visits.agree(visit=visit, tenant=people.aminata, act=act())
    with pytest.raises(visits.NotYetError):
        say(visit=visit, tenant=people.aminata, act=act(at=OVER - timedelta(seconds=1)))
    for _twice in range(2):
        assert say(visit=visit, tenant=people.aminata, act=act(at=OVER)).state == state
    assert Claim.get().state == "en_cours"


SAY = [visits.say_they_came, visits.say_nobody_came]


@pytest.mark.parametrize("say", SAY)
@pytest.mark.parametrize("side", ["tenant", "staff"])
def test_nobody_says_whether_they_came_for_a_moment_the_office_has_not_agreed_to(visit, people, say, side):
    other = visits.propose_another(visit=visit, tenant=people.aminata, span=OTHER, act=act(key="x" * 32))
    who = {side: people.aminata if side == "tenant" else people.technical}
    after = other.ends_at + timedelta(hours=1)
    assert not visits.may_say_whether(other, at=after)
    with pytest.raises(visits.VisitOverError):
        say(visit=other, act=act(at=after), **who)
    assert (Visit.get_by_id(other.id).state, Claim.get().state) == ("proposed", "intervention_planifiee")
    visits.accept(visit=other, staff=people.technical, act=act())
    assert visits.may_say_whether(Visit.get_by_id(other.id), at=after)
    say(visit=other, act=act(at=after), **who)
    assert Visit.get_by_id(other.id).state in ("kept", "missed")


@pytest.mark.parametrize("say", SAY)
@pytest.mark.parametrize("state", ["moved", "cancelled", "kept", "missed"])
def test_nobody_says_whether_they_came_for_a_visit_that_is_over(visit, people, say, state):
    Visit.update(state=state).execute()
    assert not visits.may_say_whether(Visit.get(), at=OVER)
    if (say, state) in ((visits.say_they_came, "kept"), (visits.say_nobody_came, "missed")):
        assert say(visit=visit, tenant=people.aminata, act=act(at=OVER)).state == state  # said twice
    else:
        with pytest.raises(visits.VisitOverError):
            say(visit=visit, tenant=people.aminata, act=act(at=OVER))
    assert (Visit.get().state, Claim.get().state) == (state, "intervention_planifiee")


def test_the_slot_the_office_proposed_and_nobody_answered_is_told_of_from_its_end_too(visit, people):
    assert not visits.may_say_whether(visit, at=OVER - timedelta(seconds=1))
    assert visits.may_say_whether(visit, at=OVER)
    visits.say_they_came(visit=visit, staff=people.technical, act=act(at=OVER))
    assert Visit.get().state == "kept"


def test_a_missed_visit_frees_the_order_for_another(visit, claim, people):
    visits.say_nobody_came(visit=visit, tenant=people.aminata, act=act(at=OVER))
    assert (Order.get().state, Order.get().planned_on) == ("emis", None)
    again = visits.propose(
        staff=people.technical, claim=claim, order=visit.order, span=OTHER, act=act(at=OVER, key="z" * 32)
    )
    assert again.state == "proposed"


def test_what_ends_a_claim_cancels_its_visit(visit, claim, people):
    handling.mark_done(claim=claim, staff=people.technical, act=act("Fait plus tôt."))
    assert Visit.get().state == "cancelled"


def test_work_said_done_after_the_slot_began_was_a_visit_kept(visit, claim, people):
    visits.agree(visit=visit, tenant=people.aminata, act=act())
    outcome = orders.Outcome("done", WEDNESDAY)
    orders.report(order=visit.order, staff=people.technical, outcome=outcome, act=act("Siphon changé.", at=OVER))
    assert (Visit.get().state, Claim.get().state, Order.get().state) == ("kept", "intervention_realisee", "fait")
