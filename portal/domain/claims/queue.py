"""The réclamations as the Office reads them: the queue, one file with its internal words, what waits.

Kept apart from queries.py, which no internal word ever goes through.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil

from peewee import JOIN, Case, Expression, ModelSelect, Select, fn

from portal.domain.claims import moves
from portal.domain.claims.models import Claim, ClaimEvent, ClaimFollower, ClaimPhoto, ClaimRating
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.housing.queries import answered_by
from portal.domain.people.models import Role, Staff, Tenant
from portal.domain.works.models import Visit

PAGE = 25
SERVICE_OF_ROLE = {
    Role.MANAGER: "gestion_locative",
    Role.ACCOUNTANT: "comptabilite",
    Role.TECHNICAL: "technique",
    Role.CARETAKER: "loge",
}
OPEN = Claim.state.not_in(moves.OVER)
MISSED = fn.EXISTS(
    Visit.select(Visit.id).where(Visit.claim == Claim.id, Visit.state == "missed", Visit.changed_at == Claim.since_at)
)
# What the queue can show: the key of the address, and the condition; « en retard » is added with the instant.
VIEWS = {
    "ouvertes": OPEN,
    "nouvelles": Claim.state == "deposee",
    "manquees": (Claim.state == "en_cours") & MISSED,
    "rouvertes": Claim.state == "rouverte",
    "en-cours": Claim.state.in_(("accusee", "en_cours")),
    "prevues": Claim.state == "intervention_planifiee",
    "attente": Claim.state == "attente_locataire",
    "faites": Claim.state == "intervention_realisee",
    "terminees": Claim.state.in_(moves.OVER),
}
LATE = "en-retard"


@dataclass(frozen=True)
class Filters:
    """What is asked of the queue."""

    view: str = "ouvertes"
    nature: str = ""
    lodge: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Fact:
    """One fact of a claim, with its photos; its words may be internal."""

    event: ClaimEvent
    photos: list[ClaimPhoto] = field(default_factory=list)


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue."""

    claims: list[Claim]
    number: int
    pages: int
    total: int


def page_of(*, staff: Staff, filters: Filters, at: datetime, on: date, number: int) -> QueuePage:
    """Return a page of the claims a member of staff may see: what is late first, then what is due first."""
    wanted = _within_reach(staff, on).where(*_conditions(filters, staff, at))
    total = wanted.count()
    over = filters.view == "terminees"
    order = [Claim.changed_at.desc()] if over else [Claim.due_at.is_null(), Claim.due_at, Claim.filed_at]
    rows = wanted.order_by(*order, Claim.id.desc() if over else Claim.id).paginate(number, PAGE)
    return QueuePage(list(rows), number, max(1, ceil(total / PAGE)), total)


def claim_for_staff(*, staff: Staff, number: str, on: date) -> Claim | None:
    """Return a claim a member of staff may see, with who filed it, where, its lodge and who holds it; else None.

    `claim.stars` and `claim.comment` are how it was rated, `claim.following` how many neighbours follow it.
    """
    rating = ClaimRating.select(ClaimRating.stars).where(ClaimRating.claim == Claim.id)
    comment = ClaimRating.select(ClaimRating.comment).where(ClaimRating.claim == Claim.id)
    following = ClaimFollower.select(fn.COUNT(ClaimFollower.id)).where(
        ClaimFollower.claim == Claim.id, ClaimFollower.ended_at.is_null()
    )
    return (
        _within_reach(staff, on)
        .select_extend(
            fn.COALESCE(rating, 0).alias("stars"),
            fn.COALESCE(comment, "").alias("comment"),
            following.alias("following"),
        )
        .where(Claim.number == number)
        .first()
    )


def facts_of(*, claim: Claim) -> list[Fact]:
    """Return everything that happened to a claim, internal words included, oldest first: for the Office alone."""
    rows = (
        ClaimEvent.select(ClaimEvent, Staff, ClaimPhoto, StoredFile)
        .join(Staff, JOIN.LEFT_OUTER)
        .join_from(ClaimEvent, ClaimPhoto, JOIN.LEFT_OUTER, on=(ClaimPhoto.event == ClaimEvent.id), attr="shown")
        .join(StoredFile, JOIN.LEFT_OUTER)
        .where(ClaimEvent.claim == claim)
        .order_by(ClaimEvent.happened_at, ClaimEvent.id, ClaimPhoto.rank, ClaimPhoto.id)
    )
    facts: dict[int, Fact] = {}
    for row in rows:
        fact = facts.setdefault(row.id, Fact(row))
        if photo := getattr(row, "shown", None):
            fact.photos.append(photo)
    return list(facts.values())


def photo_for_staff(*, staff: Staff, photo_id: int, on: date) -> ClaimPhoto | None:
    """Return a photo of a claim a member of staff may see, with its file."""
    seen = _within_reach(staff, on).select(Claim.id)
    return (
        ClaimPhoto.select(ClaimPhoto, StoredFile)
        .join(StoredFile)
        .where(ClaimPhoto.id == photo_id, ClaimPhoto.claim << seen)
        .first()
    )


def counts(*, staff: Staff, at: datetime, on: date) -> dict[str, int]:
    """Return how many claims a member of staff may see in each view, late ones included: one query."""
    conditions = {**VIEWS, LATE: _late(at)}
    rows = _within_reach(staff, on).select(
        *(fn.COALESCE(fn.SUM(Case(None, [(condition, 1)], 0)), 0) for condition in conditions.values())
    )
    (counted,) = rows.tuples().iterator()
    return dict(zip(conditions, counted, strict=True))


def pressing_count(*, staff: Staff, at: datetime, on: date) -> Select:
    """Return the query of how many claims wait for a first look, an excuse or a second one: for the menu."""
    pressing = VIEWS["nouvelles"] | VIEWS["rouvertes"] | VIEWS["manquees"] | _late(at)
    return _within_reach(staff, on).select(fn.COUNT(Claim.id)).where(pressing)


def colleagues() -> list[Staff]:
    """Return who may be given a claim, by name."""
    return list(Staff.select().where(Staff.role.in_(list(SERVICE_OF_ROLE))).order_by(Staff.name, Staff.id))


def _conditions(filters: Filters, staff: Staff, at: datetime) -> list[Expression]:
    conditions = [_late(at) if filters.view == LATE else VIEWS[filters.view]]
    if filters.nature:
        conditions.append(Claim.nature == filters.nature)
    if filters.lodge:
        conditions.append(Lodge.code == filters.lodge)
    if filters.mine:
        its = Claim.service == SERVICE_OF_ROLE.get(staff.role, "")
        conditions.append((Claim.assigned_to == staff) | (Claim.assigned_to.is_null() & its))
    return conditions


def _late(at: datetime) -> Expression:
    return OPEN & (Claim.due_at < at)


def _within_reach(staff: Staff, on: date) -> "ModelSelect[Claim]":
    """Select the claims a member of staff may see: a caretaker, those of the buildings its lodge answers for."""
    holder = Staff.alias("holder")
    claims = (
        Claim.select(Claim, Tenant, Lease, Dwelling, Building, Residence, Lodge, holder)
        .join(Tenant)
        .switch(Claim)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .join(Lodge)
        .join_from(Claim, holder, JOIN.LEFT_OUTER, on=(Claim.assigned_to == holder.id), attr="held_by")
    )
    return claims.where(answered_by(staff.lodge_id, on=on)) if staff.role == Role.CARETAKER else claims
