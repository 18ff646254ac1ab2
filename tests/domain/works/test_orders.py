"""Orders: yearly numbers, their states, how they end."""

from datetime import UTC, date, datetime

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions, queries
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act
from portal.domain.housing.queries import leases_of
from portal.domain.works import orders, policy
from portal.domain.works.models import SERVICE_ORDER_STATES, WORK_ORDER_STATES, Contractor, Order
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
DELAYS = ClaimDelays()


@pytest.fixture
def company():
    """A plumber."""
    return Contractor.create(code="VAR", name="Plomberie Varin", trade="Plomberie")


@pytest.fixture
def issue(people, company):
    """Issue an order about Aminata's dwelling."""

    def write(key="a", kind="BT", at=NOW):
        job = orders.Job(kind, company, "Changer le siphon")
        place = lease_of(people.aminata).dwelling
        return orders.issue(staff=people.technical, job=job, place=place, at=at, once_key=key)

    return write


@pytest.fixture
def planned(people, company):
    """A claim and the order that answers it."""
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
    job = orders.Job("BT", company, "Changer le siphon", instructions="Digicode 42A.")
    return claim, orders.plan(claim=claim, staff=people.technical, job=job, act=act(key="p" * 32))


def act(words="", key=None):
    return Act(at=NOW, delays=DELAYS, words=words, once_key=key)


def test_numbers_follow_each_other_by_kind_and_begin_again_each_year(issue):
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    given = [issue("a"), issue("b"), issue("c", "OS"), issue("d", at=new_year), issue("a")]
    assert [order.number for order in given] == [
        "BT-2026-0001",
        "BT-2026-0002",
        "OS-2026-0001",
        "BT-2027-0001",
        "BT-2026-0001",
    ]


def test_a_number_comes_after_those_that_were_imported(issue, people, company):
    common = {"kind": "BT", "issued_on": date(2026, 3, 2), "contractor": company, "trade": "", "subject": "x"}
    home = lease_of(people.aminata).dwelling
    for number in ("BT-2026-0117", "BT-2026-0900b", "BT-2026-X9", "BT-77"):
        Order.create(number=number, dwelling=home, state="fait", **common)
    assert issue("a").number == "BT-2026-0118"


def test_every_state_is_in_the_table_and_leads_to_states_of_its_kind():
    states = {"OS": set(SERVICE_ORDER_STATES), "BT": set(WORK_ORDER_STATES)}
    for kind, known in states.items():
        assert {state for its, state in policy.NEXT if its == kind} == known
        assert {to for (its, _), tos in policy.NEXT.items() if its == kind for to in tos} <= known


def test_an_order_that_is_over_does_not_move(issue, people):
    order = issue()
    orders.advance(order=order, staff=people.technical, to="annule", act=act())
    with pytest.raises(policy.IllegalOrderMoveError):
        orders.advance(order=order, staff=people.technical, to="facture", act=act())


def test_nobody_says_done_without_telling_the_tenant(issue, people):
    with pytest.raises(policy.IllegalOrderMoveError):
        orders.advance(order=issue(), staff=people.technical, to="fait", act=act())


def test_a_cancelled_order_is_told_to_the_tenant_who_waited_for_it(planned, people):
    claim, order = planned
    orders.advance(order=order, staff=people.technical, to="annule", act=act())
    assert Claim.get_by_id(claim.id).state == "en_cours"
    assert queries.timeline(claim=claim)[-1].fact.verb == "unplan"


@pytest.mark.parametrize(
    ("kind", "words", "remains", "state", "told"),
    [
        ("done", "Siphon changé.", "", "intervention_realisee", "L'intervention est faite"),
        ("no_access", "Personne n'a ouvert.", "", "en_cours", "n'a pas pu entrer"),
        ("follow_on", "Fuite arrêtée.", "poser le carrelage", "en_cours", "poser le carrelage"),
    ],
)
def test_how_it_ended_is_told_to_the_tenant(planned, people, kind, words, remains, state, told):
    claim, order = planned
    outcome = orders.Outcome(kind, NOW.date(), remains)
    orders.report(order=order, staff=people.technical, outcome=outcome, act=act(words))
    assert Claim.get_by_id(claim.id).state == state
    assert told in queries.timeline(claim=claim)[-1].fact.told.replace("’", "'")


@pytest.mark.parametrize(("kind", "words"), [("done", ""), ("follow_on", "Un peu.")])
def test_an_end_that_says_nothing_is_refused(planned, people, kind, words):
    _, order = planned
    with pytest.raises(orders.NothingDoneError):
        orders.report(order=order, staff=people.technical, outcome=orders.Outcome(kind, NOW.date()), act=act(words))
    assert Order.get().state == "emis"
