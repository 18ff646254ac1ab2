"""What the Office does with orders: give one its number, follow it, say how it ended."""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import SQL, NodeList, fn

from portal.db import db
from portal.domain.claims import moves
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act, Actor, record, refresh
from portal.domain.errors import DomainError
from portal.domain.housing.models import Building, Dwelling
from portal.domain.people.models import Staff
from portal.domain.works import policy, visits
from portal.domain.works.models import LIVE, Contractor, Order, OrderCounter, Visit
from portal.kernel.clock import paris_day

FIRST_STATE = "emis"


class NothingDoneError(DomainError):
    """An outcome needs its day, and a follow-on its words."""


@dataclass(frozen=True)
class Job:
    """What is ordered: an `OS` or a `BT`, to whom, what, when, in how many days; `instructions` are for the company."""

    kind: str
    contractor: Contractor
    subject: str
    trade: str = ""
    planned_on: date | None = None
    execution_days: int | None = None
    instructions: str = ""
    tenant_share_cents: int | None = None


@dataclass(frozen=True)
class Outcome:
    """How it ended: `done`, `no_access` (nobody could come in) or `follow_on`: something `remains`."""

    kind: str
    done_on: date
    remains: str = ""


def issue(
    *, staff: Staff, job: Job, place: Dwelling | Building, at: datetime, once_key: str, claim: Claim | None = None
) -> Order:
    """Write an order and give it the next number of its kind and year; the same key twice writes it once.

    It does not move the claim: `plan` does.
    """
    with db.atomic():
        if written := Order.get_or_none(Order.once_key == once_key):
            return written
        where = {"dwelling": place} if isinstance(place, Dwelling) else {"building": place}
        return Order.create(
            number=next_number(kind=job.kind, on=paris_day(at)),
            kind=job.kind,
            issued_on=paris_day(at),
            claim=claim,
            contractor=job.contractor,
            trade=job.trade or job.contractor.trade,
            subject=job.subject,
            planned_on=job.planned_on,
            execution_days=job.execution_days,
            state=FIRST_STATE,
            issued_by=staff,
            instructions=job.instructions,
            tenant_share_cents=job.tenant_share_cents,
            once_key=once_key,
            **where,
        )


def next_number(*, kind: str, on: date) -> str:
    """Take the next number of a kind and year, after the highest that was imported; inside the caller's transaction."""
    prefix = f"{kind}-{on.year}-"
    rank = fn.SUBSTR(Order.number, len(prefix) + 1)
    numbered = Order.number.between(f"{prefix}0", f"{prefix}:") & ~NodeList((rank, SQL("GLOB '*[^0-9]*'")))
    highest = Order.select(fn.MAX(rank.cast("INTEGER"))).where(numbered).scalar() or 0
    counter, _ = OrderCounter.get_or_create(kind=kind, year=on.year, defaults={"last": 0})
    last = max(counter.last, highest) + 1
    OrderCounter.update(last=last).where(OrderCounter.id == counter.id).execute()
    return policy.number_of(kind, on.year, last)


def plan(
    *, claim: Claim, staff: Staff, job: Job, act: Act, span: visits.Span | None = None, agreed: bool = False
) -> Order:
    """Answer a claim with an order: about the dwelling when the problem is there, else about its building.

    The claim is then « intervention prévue »; `span` proposes a visit at once (or notes it as `agreed`). Raises
    IllegalMoveError, ChangedMeanwhileError, and what visits.propose raises: then nothing is ordered.
    """
    dwelling = claim.lease.dwelling
    place = dwelling if claim.place == "dwelling" else dwelling.building
    with db.atomic():
        order = issue(staff=staff, job=job, place=place, at=act.at, once_key=f"{act.once_key}-order", claim=claim)
        name = "ordre de service" if job.kind == "OS" else "bon de travaux"
        told = f"{name} n° {order.number}, {job.contractor.name}"
        record(claim=claim, verb="plan", actor=Actor(staff), act=act, order=told)
        if span:
            alone = Act(at=act.at, delays=act.delays, once_key=f"{act.once_key}-slot")
            visits.propose(staff=staff, claim=claim, order=order, span=span, agreed=agreed, act=alone)
    return order


def advance(*, order: Order, staff: Staff, to: str, act: Act) -> None:
    """Move an order along its states, by hand (policy.by_hand); the tenant is told when it is cancelled.

    Raises IllegalOrderMoveError.
    """
    with db.atomic():
        if to not in policy.by_hand(order.kind, Order.get_by_id(order.id).state):
            raise policy.IllegalOrderMoveError
        Order.update(state=to).where(Order.id == order.id).execute()
        order.state = to
        if to == "annule":
            _cancel(order, staff, act)


def _cancel(order: Order, staff: Staff, act: Act) -> None:
    """Nobody comes any more: the visit goes, and a claim that waited for it says so."""
    coming = Visit.order == order, Visit.state.in_(LIVE)
    Visit.update(state="cancelled", changed_at=act.at).where(*coming).execute()
    claim = order.claim_id and Claim.get_by_id(order.claim_id)
    if claim and claim.state in moves.PLANNED and not _another_ahead(order):
        record(claim=claim, verb="unplan", actor=Actor(staff), act=act)
    elif claim:
        refresh(claim=claim, delays=act.delays)


def _another_ahead(order: Order) -> bool:
    others = Order.select().where(Order.claim == order.claim_id, Order.id != order.id)
    return others.where(Order.state.in_(policy.AHEAD)).exists()


def report(*, order: Order, staff: Staff, outcome: Outcome, act: Act) -> None:
    """Say how an order ended; its claim is told, and is done only when the work is.

    `act.words` say what was done, as the tenant reads it. Raises IllegalOrderMoveError, IllegalMoveError,
    NothingDoneError when what remains is not said.
    """
    if outcome.kind == "follow_on" and not outcome.remains.strip():
        raise NothingDoneError("Dites ce qui reste à faire.")
    if outcome.kind == "done" and not act.words.strip():
        raise NothingDoneError("Dites ce qui a été fait.")
    with db.atomic():
        to = _state_of(order.kind, outcome.kind)
        policy.check(order.kind, Order.get_by_id(order.id).state, to)
        done_on = None if outcome.kind == "no_access" else outcome.done_on
        said = {"state": to, "outcome": outcome.kind, "remains": outcome.remains, "done_on": done_on}
        Order.update(**said).where(Order.id == order.id).execute()
        for name, value in said.items():
            setattr(order, name, value)
        if order.claim_id:
            _tell(order, staff, outcome, act)


def _tell(order: Order, staff: Staff, outcome: Outcome, act: Act) -> None:
    claim = Claim.get_by_id(order.claim_id)
    verb = "mark_done" if outcome.kind == "done" else outcome.kind
    if moves.may(verb, moves.OFFICE, claim.state):
        record(claim=claim, verb=verb, actor=Actor(staff), act=act, remains=outcome.remains)


def _state_of(kind: str, outcome: str) -> str:
    if kind == "OS":
        return {"done": "receptionne", "follow_on": "receptionne_reserves", "no_access": "en_cours"}[outcome]
    return {"done": "fait", "follow_on": "fait", "no_access": "absent"}[outcome]
