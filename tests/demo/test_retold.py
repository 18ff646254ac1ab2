"""In a large office a claim that was told is written again for other households: the same story, everything theirs."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import fn

from portal.db import db
from portal.demo import claims_told, grievances
from portal.demo.chance import Chance
from portal.demo.neighbourhood import households
from portal.demo.retold import Retelling
from portal.demo.staff import hire
from portal.domain.audit.models import Trace
from portal.domain.claims.models import Claim, ClaimEvent, ClaimFollower
from portal.domain.claims.queries import turns_of
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease, Lodge
from portal.domain.housing.queries import leases_of
from portal.domain.news.models import News
from portal.domain.works.models import Order, Visit
from tests.demo.conftest import AT, SMALL, taken_in

SHARED = next(story for story in claims_told.STORIES if story.followers > 2)
REPAIRED_TWICE = next(story for story in claims_told.STORIES if len(story.steps) > 8)

MODEL = re.compile(r"demo-claim-\d+")  # the key of a claim told by the verbs; that of a copy goes on


@pytest.fixture(scope="module")
def claims(migrated, tmp_path_factory):
    """Two claims told by the verbs, and those written after them, by their stories."""
    with (
        pytest.MonkeyPatch.context() as patch,
        taken_in(migrated, tmp_path_factory.mktemp("retold"), AT, 1),
        db.atomic(),
    ):
        patch.setattr(grievances, "STORIES", (SHARED, REPAIRED_TWICE))
        patch.setattr(grievances, "CAST_STORIES", {"up_to_date": (1,)})
        patch.setattr(grievances, "COMPLAIN", 1)
        patch.setattr(grievances, "TOLD", 2)
        patch.setattr(grievances, "_moment", lambda now, age, _hour: now - timedelta(days=age, hours=6))
        grievances.file(Chance(SMALL.seed), households(AT.date()), hire(), AT)
        natures = [story.nature for story in grievances.STORIES]
        told = {nature: list(Claim.select().where(Claim.nature == nature).order_by(Claim.id)) for nature in natures}
        assert all(len(alike) > 1 for alike in told.values())
        yield told


def story(claim: Claim) -> list:
    """What happened, without the names and the numbers, which are each household's own."""
    orders = [order.number for order in claim.orders.order_by(Order.id)]
    plain = [
        (
            each.happened_at,
            each.verb,
            each.state,
            each.public_words,
            each.told.replace(orders[-1], "") if orders else each.told,
        )
        for each in claim.events.order_by(ClaimEvent.id)
    ]
    return [
        (
            claim.filed_at,
            claim.state,
            claim.due_at,
            claim.moves,
            claim.description,
            turns_of(claims=[claim], at=AT)[claim.id],
        ),
        [(when, verb, state, words) for when, verb, state, words, _ in plain],
        [(order.kind, order.state, order.done_on, order.subject) for order in claim.orders.order_by(Order.id)],
        [(visit.day, visit.starts, visit.state) for visit in claim.visits.order_by(Visit.id)],
        [(rating.stars, rating.comment) for rating in claim.ratings],
        [(each.kind, each.happened_at) for each in _news(claim) if each.kind != "claim_followed"],
        Trace.select().where(Trace.detail == claim.number, Trace.tenant == claim.filed_by).count(),
    ]


def _news(claim: Claim) -> list[News]:
    return list(News.select().where(News.about == claim.number).order_by(News.id))


def test_the_same_things_happened_at_the_same_times(claims):
    told = {claim.once_key: claim for alike in claims.values() for claim in alike}
    copies = {key: told[MODEL.match(key)[0]] for key in told if not MODEL.fullmatch(key)}
    assert len(copies) >= 4
    assert [story(told[key]) for key in copies] == [story(model) for model in copies.values()]


def test_everything_is_of_the_household_and_of_its_home(claims):
    for claim in (claim for alike in claims.values() for claim in alike):
        tenant, lease = (
            claim.filed_by,
            next(each for each in leases_of(tenant=claim.filed_by) if each.id == claim.lease_id),
        )
        assert claim.lodge_id == lease.dwelling.building.residence.lodge_id
        assert {event.author for event in claim.events if event.tenant_id} == {tenant.full_name}
        assert {event.tenant_id for event in claim.events} <= {tenant.id, None}
        assert all(order.dwelling_id == lease.dwelling_id for order in claim.orders)
        assert all(visit.order.claim_id == claim.id for visit in claim.visits)
        numbers = [order.number for order in claim.orders.order_by(Order.id)]
        assert [
            number for event in claim.events.order_by(ClaimEvent.id) for number in numbers if number in event.told
        ] == numbers
        assert all(order.once_key.startswith(claim.once_key) for order in claim.orders)


def test_each_of_the_cast_has_a_claim_of_their_own(claims):
    of_the_cast = [claim for claim in claims[REPAIRED_TWICE.nature] if claim.filed_by.family_name == "Keïta"]
    assert [bool(MODEL.fullmatch(claim.once_key)) for claim in of_the_cast] == [True]


def test_with_another_lodge_and_fewer_neighbours_it_goes_to_that_lodge_and_fewer_follow(claims):
    claim = claims[SHARED.nature][0]
    homes = [home for home in households(AT.date()) if home.first]
    [teller] = [home for home in homes if home.lease_id == claim.lease_id]
    followers = [home for home in homes if home is not teller][:3]
    elsewhere = Lodge.create(code="LG99", name="Loge d’ailleurs")
    with db.atomic() as nothing_stays:
        Retelling(claim, teller, followers).tell([(replace(homes[-1], lodge_id=elsewhere.id), homes[:1])])
        again = Claim.select().order_by(Claim.id.desc()).get()
        assert (again.lodge_id, again.lease_id) == (elsewhere.id, homes[-1].lease_id)
        assert [each.tenant_id for each in again.followers] == [homes[0].tenant_id]
        assert {news.tenant_id for news in _news(again)} == {homes[-1].tenant_id, homes[0].tenant_id}
        nothing_stays.rollback()


def test_each_fact_is_told_to_whom_it_concerns_once(claims):
    for claim in (claim for alike in claims.values() for claim in alike):
        followers = [each.tenant_id for each in claim.followers]
        home = LeaseHolder.select(LeaseHolder.tenant).join(Lease).where(Lease.id == claim.lease_id)
        assert not set(followers) & {holder.tenant_id for holder in home}
        for news in _news(claim):
            event = ClaimEvent.get_by_id(int(news.business_key.split(":")[2]))
            assert event.claim_id == claim.id
            assert news.business_key == f"{news.kind}:event:{event.id}:{news.tenant_id}"
            assert news.tenant_id == claim.filed_by_id or (
                news.kind == "claim_followed" and news.tenant_id in followers
            )
            about = Visit if news.kind.startswith("visit_") else ClaimEvent
            assert about.get_by_id(news.about_id).claim_id == claim.id
    assert ClaimFollower.select().count() == 3 * len(claims[SHARED.nature])


def test_numbers_are_dealt_in_the_order_of_the_days_without_a_hole(claims):
    numbers = [claim.number for claim in Claim.select().order_by(Claim.filed_at, Claim.id)]
    assert numbers == [f"2026-{rank:06d}" for rank in range(1, sum(map(len, claims.values())) + 1)]
    given = [order.number for order in Order.select().where(Order.issued_by.is_null(False)).order_by(Order.id)]
    imported = (
        Order.select(fn.MAX(Order.number)).where(Order.issued_by.is_null(), Order.number.startswith("BT-2026")).scalar()
    )
    first = int(imported.rpartition("-")[2]) + 1
    assert given == [f"BT-2026-{rank:04d}" for rank in range(first, first + len(given))]
