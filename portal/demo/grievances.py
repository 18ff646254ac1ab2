"""Claims in every state: those of the cast first, then those of one household in six."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from peewee import chunked

from portal.db import db
from portal.demo.chance import Chance
from portal.demo.claims_told import STORIES, Story
from portal.demo.neighbourhood import Household
from portal.domain.claims.models import Claim, ClaimCounter, ClaimEvent
from portal.domain.claims.policy import number_of
from portal.domain.people.models import Role, Staff
from portal.domain.works.models import Order
from portal.kernel.clock import paris_day

COMPLAIN = 1 / 6
CAST_STORIES = {"up_to_date": (0, 1, 2, 6), "neighbour": (4,), "in_arrears": (5, 12)}
OLDEST_SHIFT = 200
ROWS = 500
BY_THE_LODGE = ("accusee", "attente_locataire")


def file(chance: Chance, homes: list[Household], staff: dict[str, Staff], now: datetime) -> None:
    """Write the claims with their timelines, numbered by year in the order they were filed."""
    drawn = sorted(_drawn(chance, homes, now), key=lambda filed: (filed[0], filed[2].lease.id))
    claims, events, counts = [], [], {}
    for rank, (filed_at, story, home) in enumerate(drawn, start=1):
        year = paris_day(filed_at).year
        counts[year] = counts.get(year, 0) + 1
        timeline = list(_timeline(rank, story, home, staff, filed_at, now))
        events += timeline
        claims.append(_claim(rank, number_of(year, counts[year]), story, home, filed_at, timeline))
    with db.atomic():
        for rows in chunked(claims, ROWS):
            Claim.insert_many(rows).execute()
        for rows in chunked(events, ROWS):
            ClaimEvent.insert_many(rows).execute()
        for year, last in counts.items():
            ClaimCounter.create(year=year, last=last)
        _link_the_visit(claims)


def _drawn(chance: Chance, homes: list[Household], now: datetime) -> Iterator[tuple[datetime, Story, Household]]:
    """Every story is told at least once; the cast's own are told as they are, the others shifted in time."""
    draws, told = chance.stream("claims"), 0
    for home in homes:
        if stories := CAST_STORIES.get(home.role):
            yield from ((_moment(now, STORIES[index].age, index), STORIES[index], home) for index in stories)
        elif home.first and not home.role and (told < len(STORIES) or draws.random() < COMPLAIN):
            story = STORIES[told % len(STORIES)]
            over = story.steps and story.steps[-1].state in ("close", "refusee", "annulee")
            shift = draws.randrange(OLDEST_SHIFT) if over and told >= len(STORIES) else 0
            yield _moment(now, story.age + shift, draws.randrange(10)), story, home
            told += 1


def _moment(now: datetime, age: int, hour: int) -> datetime:
    day = (now - timedelta(days=age)).replace(hour=6 + hour % 12, minute=hour * 13 % 60, second=0)
    return min(day, now - timedelta(hours=1))


def _timeline(rank: int, story: Story, home: Household, staff, filed_at: datetime, now: datetime) -> Iterator[dict]:
    yield _event(rank, filed_at, "deposee", home, None, story.words, home.tenant.full_name)
    for step in story.steps:
        at = min(filed_at + timedelta(days=step.day, minutes=35 + 20 * step.day), now - timedelta(minutes=5))
        if step.state in ("annulee", "rouverte"):
            yield _event(rank, at, step.state, home, None, step.words, home.tenant.full_name)
        else:
            member = staff[Role.CARETAKER if step.state in BY_THE_LODGE else Role.TECHNICAL]
            yield _event(rank, _at_work(at, now), step.state, None, member, step.words, member.function)


def _at_work(at: datetime, now: datetime) -> datetime:
    """The Office does not work at week-ends: what falls on one is done on Monday, if Monday has come."""
    return min(at + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[at.weekday()]), now - timedelta(minutes=5))


def _event(rank: int, at: datetime, state: str, home: Household | None, member: Staff | None, words, author) -> dict:
    return {
        "claim": rank,
        "happened_at": at,
        "state": state,
        "author": author,
        "tenant": home and home.tenant,
        "staff": member,
        "public_words": words,
    }


def _claim(rank: int, number: str, story: Story, home: Household, filed_at: datetime, timeline: list[dict]) -> dict:
    return {
        "id": rank,
        "number": number,
        "lease": home.lease,
        "filed_by": home.tenant,
        "lodge": home.lodge_id,
        "place": story.place,
        "nature": story.nature,
        "description": story.words,
        "filed_at": filed_at,
        "state": timeline[-1]["state"],
        "changed_at": timeline[-1]["happened_at"],
        "since_at": timeline[-1]["happened_at"],
        "once_key": f"demo-claim-{rank}",
    }


def _link_the_visit(claims: list[dict]) -> None:
    """The cast's leak and the work order that answers it know each other."""
    for claim in claims:
        if claim["nature"] == "plomberie" and claim["state"] == "intervention_planifiee":
            dwelling = claim["lease"].dwelling
            orders = Order.select(Order.id).where(Order.dwelling == dwelling, Order.state == "rendez_vous")
            Order.update(claim=claim["id"]).where(Order.id << orders).execute()
