"""Visits: a slot proposed, agreed, moved, kept, missed or cancelled."""

from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from portal.domain.claims import handling, moves, queries
from portal.domain.claims.models import Claim
from portal.domain.works import orders, visits
from portal.domain.works.models import Order, Visit
from tests.domain.works.conftest import OTHER, OVER, SLOT, WEDNESDAY, act
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
SATURDAY, LATER = date(2026, 11, 28), NOW + timedelta(hours=1)


def told(claim):
    """What was told of a claim, the last first."""
    return [event.fact for event in reversed(queries.timeline(claim=claim))]


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


@pytest.mark.parametrize("agreed", [False, True])
def test_a_visit_waits_for_the_tenant_unless_they_said_yes_already(claim, order, people, agreed):
    said = {"agreed": True} if agreed else {}
    visit = visits.propose(staff=people.technical, claim=claim, order=order, span=SLOT, act=act(), **said)
    verb = told(claim)[0].verb
    assert (visit.state, verb) == (("agreed", "visit_agreed") if agreed else ("proposed", "visit_proposed"))
    made = visits.move(visit=visit, staff=people.technical, span=OTHER, act=act(at=LATER), **said)
    assert (made.claim, made.order, made.state) == (claim, order, "agreed" if agreed else "proposed")
    assert told(claim)[0].verb == "visit_moved"
    for moved in (visit, Visit.get_by_id(visit.id)):
        assert (moved.state, moved.changed_at) == ("moved", LATER)


def test_each_side_agrees_once_to_the_others_moment_and_never_to_its_own(visit, claim, people):
    with pytest.raises(visits.VisitOverError):
        visits.accept(visit=visit, staff=people.technical, act=act())
    for _twice in range(2):
        assert visits.agree(visit=visit, tenant=people.aminata, act=act()).state == "agreed"
    other = visits.propose_another(visit=visit, tenant=people.aminata, span=OTHER, act=act())
    with pytest.raises(visits.VisitOverError):
        visits.agree(visit=other, tenant=people.aminata, act=act())
    for _twice in range(2):
        assert visits.accept(visit=other, staff=people.technical, act=act()).state == "agreed"
    verbs = [each.verb for each in told(claim)]
    assert verbs[:4] == ["visit_agreed", "visit_other_time", "visit_agreed", "visit_proposed"]


@pytest.mark.parametrize("side", ["office", "tenant"])
def test_a_visit_another_took_the_place_of_is_over(visit, people, side):
    if side == "office":
        visits.move(visit=visit, staff=people.technical, span=OTHER, act=act(key="m" * 32))
    else:
        visits.propose_another(visit=visit, tenant=people.aminata, span=OTHER, act=act(key="x" * 32))
    with pytest.raises(visits.VisitOverError):
        visits.agree(visit=visit, tenant=people.aminata, act=act())


def test_cancelling_takes_words_the_tenant_reads_and_the_office_owes_another_visit(visit, claim, people):
    for silence in ("", " \n"):
        with pytest.raises(moves.WordsNeededError):
            visits.cancel(visit=visit, staff=people.technical, act=act(silence))
    assert (Visit.get().state, Claim.get().state) == ("proposed", "intervention_planifiee")
    ill = act("Le plombier est malade.", at=LATER)
    assert visits.cancel(visit=visit, staff=people.technical, act=ill).state == "cancelled"
    last = told(claim)[0]
    assert (last.verb, last.author, last.public_words) == ("unplan", "Service technique", "Le plombier est malade.")
    assert queries.turns_of(claims=[Claim.get()], at=LATER)[claim.id].situation == "cancelled"
    with pytest.raises(visits.VisitOverError):
        visits.cancel(visit=visit, staff=people.technical, act=ill)


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
