"""What a visit does to its order, and to its order alone."""

from datetime import timedelta

import pytest

from portal.domain.news.models import News
from portal.domain.works import orders, visits
from portal.domain.works.models import Contractor, Order, Visit
from tests.domain.works.conftest import OTHER, SLOT, THURSDAY, WEDNESDAY, act
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
LATER = NOW + timedelta(hours=1)
WAITING = ("emis", None, "")
BOOKED_ON = {WEDNESDAY: "entre 8 h et 10 h", THURSDAY: "entre 14 h et 16 h"}


@pytest.fixture
def alone(database, people):
    """Issue an order about Bruno's dwelling, that answers no claim."""

    def issue(kind="BT", state="emis"):
        job = orders.Job(kind, Contractor.create(code="MEN", name="Menuiserie Roy", trade="Menuiserie"), "Volet")
        place = lease_of(people.bruno).dwelling
        order = orders.issue(staff=people.technical, job=job, place=place, at=NOW, once_key="a" * 32)
        Order.update(state=state).where(Order.id == order.id).execute()
        return Order.get_by_id(order.id)

    return issue


def shown(order):
    """The state, the day and the hours that are shown of an order."""
    now = Order.get_by_id(order.id)
    return now.state, now.planned_on, now.slot.replace("\xa0", " ")


def booked(day):
    return "rendez_vous", day, BOOKED_ON[day]


def test_an_order_shows_its_own_visit_to_come_whatever_becomes_of_the_others(visit, order, alone, people):
    brunos = alone()
    his = visits.propose(staff=people.technical, order=brunos, span=OTHER, act=act())
    assert (shown(order), shown(brunos)) == (booked(WEDNESDAY), booked(THURSDAY))
    visits.agree(visit=visit, tenant=people.aminata, act=act())
    assert (shown(order), shown(brunos)) == (booked(WEDNESDAY), booked(THURSDAY))
    moved = visits.move(visit=visit, staff=people.technical, span=OTHER, act=act(), agreed=True)
    assert (shown(order), shown(brunos)) == (booked(THURSDAY), booked(THURSDAY))
    visits.cancel(visit=moved, staff=people.technical, act=act("Le plombier est malade."))
    assert (shown(order), shown(brunos)) == (WAITING, booked(THURSDAY))
    assert Visit.get_by_id(his.id).state == "proposed"


def test_an_order_without_a_claim_has_one_visit_and_who_lives_there_is_told_of_each_change(alone, people):
    order = alone()
    visit = visits.propose(staff=people.technical, order=order, span=SLOT, act=act())
    with pytest.raises(visits.SlotTakenError):
        visits.propose(staff=people.technical, order=order, span=OTHER, act=act())
    moved = visits.move(visit=visit, staff=people.technical, span=OTHER, act=act(at=LATER))
    assert (moved.claim, moved.order) == (None, order)
    assert [(each.kind, each.tenant, each.about_id, each.happened_at) for each in News.select().order_by(News.id)] == [
        ("visit_proposed", people.bruno, visit.id, NOW),
        ("visit_moved", people.bruno, moved.id, LATER),
    ]


@pytest.mark.parametrize(
    ("kind", "state", "once_planned", "once_cancelled"),
    [
        ("BT", "emis", "rendez_vous", "emis"),
        ("BT", "absent", "rendez_vous", "emis"),
        ("BT", "fait", "fait", "fait"),  # somebody comes back for what remains
        ("OS", "notifie", "notifie", "notifie"),
        ("OS", "en_cours", "en_cours", "en_cours"),
    ],
)
def test_only_a_bon_de_travaux_becomes_an_appointment_and_none_keeps_a_day_that_is_off(
    alone, people, kind, state, once_planned, once_cancelled
):
    order = alone(kind, state)
    visit = visits.propose(staff=people.technical, order=order, span=SLOT, act=act())
    assert shown(order) == (once_planned, WEDNESDAY, BOOKED_ON[WEDNESDAY])
    visits.cancel(visit=visit, staff=people.technical, act=act("Le menuisier est malade."))
    assert shown(order) == (once_cancelled, None, "")
