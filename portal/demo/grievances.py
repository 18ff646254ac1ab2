"""Claims in every state: those of the cast first, then those of one household in six, moved by the verbs themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from portal.config import ClaimDelays
from portal.demo.chance import Chance
from portal.demo.claims_told import STORIES, Step, Story
from portal.demo.households import Progress
from portal.demo.neighbourhood import Household, by_building
from portal.demo.retold import Retelling
from portal.domain.claims import actions, closing, following, handling
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import leases_of
from portal.domain.people.models import Role, Staff
from portal.domain.works import orders, visits
from portal.domain.works.models import Contractor, Order, Visit
from portal.kernel.clock import paris_day
from portal.kernel.holidays import is_day_off

COMPLAIN = 1 / 6
TOLD = 1500  # claims told by the verbs; in a large office, what those households lived others live too
CAST_STORIES = {"up_to_date": (0, 1, 2, 6), "neighbour": (4,), "in_arrears": (5, 12)}
OLDEST_SHIFT = 200
DELAYS = ClaimDelays()
SLOTS = (("08:00", "10:00"), ("10:00", "12:00"), ("14:00", "16:00"))
BY_THE_TENANT = {
    "withdraw": closing.withdraw,
    "say_repaired": closing.say_repaired,
    "say_not_repaired": closing.say_not_repaired,
}
BY_THE_LODGE = ("acknowledge", "ask_tenant", "note")


@dataclass
class Telling:
    """A claim being told: who filed it, who handles it, and the clock of its story."""

    claim: Claim
    home: Household
    staff: dict[str, Staff]
    key: str
    at: datetime
    keys: int = 0

    def act(self, words: str = "") -> Act:
        """What comes with the next move."""
        self.keys += 1
        return Act(at=self.at, delays=DELAYS, words=words, once_key=f"{self.key}-{self.keys}")

    def member(self, verb: str) -> Staff:
        """Who of the Office does it."""
        return self.staff[Role.CARETAKER if verb in BY_THE_LODGE else Role.TECHNICAL]

    @property
    def visit(self) -> Visit:
        """The last visit."""
        return self.claim.visits.order_by(Visit.id.desc()).get()

    @property
    def order(self) -> Order:
        """The last order."""
        return self.claim.orders.order_by(Order.id.desc()).get()


def file(
    chance: Chance, homes: list[Household], staff: dict[str, Staff], now: datetime, progress: Progress = lambda *_: None
) -> None:
    """File the claims in the order of their dates and tell each to its end, which never comes after now."""
    neighbours = by_building(home for home in homes if home.first)
    drawn = sorted(_drawn(chance, homes, now), key=lambda filed: (*_alike(filed), filed[2].lease_id))
    done = 0
    for rank, ((filed_at, index, _), filed) in enumerate(groupby(drawn, key=_alike), start=1):
        home, *others = (home for _, _, home in filed)
        story = STORIES[index]
        followers = _followers(neighbours, home, story)
        telling = _told(rank, filed_at, story, home, followers, staff, now)
        if others:
            alike = [(each, _followers(neighbours, each, story)) for each in others]
            Retelling(telling.claim, home, followers).tell(alike)
        done += 1 + len(others)
        progress(done, len(drawn))


def _alike(filed: tuple[datetime, int, Household]) -> tuple[datetime, int, str]:
    """The same story at the same instant; each of the cast has their own."""
    filed_at, index, home = filed
    return filed_at, index, home.role


def _followers(neighbours: dict[int, list[Household]], home: Household, story: Story) -> list[Household]:
    return [each for each in neighbours[home.building_id] if each is not home][: story.followers]


def _drawn(chance: Chance, homes: list[Household], now: datetime) -> Iterator[tuple[datetime, int, Household]]:
    """Every story is told at least once; the cast's own are told as they are, the others shifted in time.

    In a large office, the households that come last have lived what one of the first did, on the same day.
    """
    draws = chance.stream("claims")
    drawn: list[tuple[datetime, int]] = []
    for home in (each for each in homes if each.first):
        if home.role:
            for index in CAST_STORIES.get(home.role, ()):
                yield _moment(now, STORIES[index].age, index), index, home
        elif len(drawn) < len(STORIES) or draws.random() < COMPLAIN:
            drawn.append(_shifted(draws, len(drawn), now) if len(drawn) < TOLD else drawn[draws.randrange(TOLD)])
            yield *drawn[-1], home


def _shifted(draws: Random, rank: int, now: datetime) -> tuple[datetime, int]:
    index = rank % len(STORIES)
    story = STORIES[index]
    over = story.steps and story.steps[-1].verb in ("rate", "close", "refuse", "withdraw", "silence")
    shift = draws.randrange(OLDEST_SHIFT) if over and rank >= len(STORIES) else 0
    return _moment(now, story.age + shift, draws.randrange(10)), index


def _moment(now: datetime, age: int, hour: int) -> datetime:
    day = (now - timedelta(days=age)).replace(hour=6 + hour % 12, minute=hour * 13 % 60, second=0)
    return min(day, now - timedelta(hours=1))


def _told(
    rank: int,
    filed_at: datetime,
    story: Story,
    home: Household,
    followers: list[Household],
    staff: dict[str, Staff],
    now: datetime,
) -> Telling:
    """File one claim, and make its moves at their times: the first that would come after now ends what is known."""
    telling = _filed(rank, filed_at, story, home, staff)
    for other in followers:
        following.follow(claim=telling.claim, tenant=other.tenant, at=filed_at)
    for step in story.steps:
        telling.at = _when(telling, step, filed_at)
        if telling.at >= now:
            break
        _move(telling, step)
        telling.claim = Claim.get_by_id(telling.claim.id)
    return telling


def _filed(rank: int, at: datetime, story: Story, home: Household, staff: dict[str, Staff]) -> Telling:
    key = f"demo-claim-{rank}"
    lease = next(each for each in leases_of(tenant=home.tenant) if each.id == home.lease_id)
    claim = actions.file_claim(
        tenant=home.tenant,
        lease=lease,
        place=story.place,
        nature=story.nature,
        description=story.words,
        once_key=key,
        at=at,
        delays=DELAYS,
        staff=staff[Role.CARETAKER] if story.channel != "portal" else None,
        channel=story.channel,
    )
    return Telling(claim, home, staff, key, at)


def _when(telling: Telling, step: Step, filed_at: datetime) -> datetime:
    """Return the instant of a move: after the one before, on a working day for the Office."""
    at = filed_at + timedelta(days=step.day, minutes=35)
    if step.verb in ("report", "nobody_came"):
        at = max(at, telling.visit.ends_at + timedelta(minutes=50))
    elif step.verb not in BY_THE_TENANT and step.verb not in ("agree", "other_time", "rate", "silence"):
        while is_day_off(paris_day(at)):
            at += timedelta(days=1)
    return max(at, telling.at + timedelta(minutes=1))


def _move(telling: Telling, step: Step) -> None:
    claim, tenant, act = telling.claim, telling.home.tenant, telling.act(step.words)
    member = telling.member(step.verb)
    if verb := BY_THE_TENANT.get(step.verb):
        verb(claim=claim, tenant=tenant, act=act)
    elif step.verb == "rate":
        closing.rate(claim=claim, tenant=tenant, at=telling.at, comment=step.words, **step.more)
    elif step.verb == "silence":
        closing.close_after_silence(at=telling.at, delays=DELAYS)
    elif step.verb == "note":
        handling.note(claim=claim, staff=member, words=step.words, act=telling.act())
    elif step.verb == "assign":
        handling.assign(claim=claim, staff=member, act=act, **step.more)
    elif step.verb in VISITS:
        VISITS[step.verb](telling, step, act)
    else:
        getattr(handling, step.verb)(claim=claim, staff=member, act=act)


def _order(telling: Telling, step: Step, act: Act) -> None:
    company = Contractor.get(Contractor.trade == step.more["trade"])
    job = orders.Job("BT", company, step.more["job"], instructions="Prévenir la loge en arrivant.")
    claim = _with_place(telling.claim)
    orders.plan(claim=claim, staff=telling.staff[Role.TECHNICAL], job=job, span=_span(telling, 3), act=act)


def _book(telling: Telling, step: Step, act: Act) -> None:
    """The order the imported files hold for this dwelling gets its visit; without one, it is ordered."""
    waiting = Order.select().where(Order.dwelling == telling.home.lease.dwelling, Order.state == "rendez_vous")
    order = waiting.where(Order.planned_on > paris_day(telling.at)).order_by(Order.id).first()
    if order is None:
        _order(telling, step, act)
        return
    day = order.planned_on
    Order.update(claim=telling.claim).where(Order.id == order.id).execute()
    order = Order.get_by_id(order.id)
    span = visits.Span(day, "10:00", "12:00", day_off_agreed=is_day_off(day))
    visits.propose(staff=telling.staff[Role.TECHNICAL], claim=telling.claim, order=order, span=span, act=act)


def _agree(telling: Telling, _step: Step, act: Act) -> None:
    visits.agree(visit=telling.visit, tenant=telling.home.tenant, act=act)


def _other_time(telling: Telling, _step: Step, act: Act) -> None:
    visits.propose_another(visit=telling.visit, tenant=telling.home.tenant, span=_span(telling, 5, slot=2), act=act)


def _nobody_came(telling: Telling, _step: Step, act: Act) -> None:
    visits.say_nobody_came(visit=telling.visit, tenant=telling.home.tenant, act=act)


def _report(telling: Telling, _step: Step, act: Act) -> None:
    outcome = orders.Outcome("done", telling.visit.day)
    orders.report(order=telling.order, staff=telling.staff[Role.TECHNICAL], outcome=outcome, act=act)


VISITS = {
    "order": _order,
    "book": _book,
    "agree": _agree,
    "other_time": _other_time,
    "nobody_came": _nobody_came,
    "report": _report,
}


def _span(telling: Telling, days: int, slot: int | None = None) -> visits.Span:
    """Return a slot so many days later, on a working day."""
    day = paris_day(telling.at) + timedelta(days=days)
    while is_day_off(day):
        day += timedelta(days=1)
    return visits.Span(day, *SLOTS[telling.claim.id % len(SLOTS) if slot is None else slot])


def _with_place(claim: Claim) -> Claim:
    claim.lease = Lease.get_by_id(claim.lease_id)
    return claim
