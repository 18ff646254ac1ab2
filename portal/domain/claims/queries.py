"""What a tenant reads of the réclamations of their leases. The Office's internal words are never loaded here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from peewee import JOIN, SQL, ModelSelect, Value, fn

from portal.db import Written, place
from portal.domain.claims import closing, policy
from portal.domain.claims.deadlines import Step
from portal.domain.claims.models import Claim, ClaimEvent, ClaimPhoto, ClaimRating
from portal.domain.claims.recording import slot_of
from portal.domain.claims.turn import Facts, Turn, whose_turn
from portal.domain.files.models import StoredFile
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge
from portal.domain.people.models import Tenant
from portal.domain.works.models import Visit

SHOWN = (
    ClaimEvent.id,
    ClaimEvent.claim,
    ClaimEvent.happened_at,
    ClaimEvent.state,
    ClaimEvent.author,
    ClaimEvent.tenant,
    ClaimEvent.public_words,
    ClaimEvent.verb,
    ClaimEvent.told,
)


@dataclass(frozen=True)
class Event:
    """One fact of the timeline, with its photos."""

    fact: ClaimEvent
    photos: list[ClaimPhoto] = field(default_factory=list)


def claims_of(*, tenant: Tenant) -> list[Claim]:
    """Return every claim of the tenant's leases, the last changed first; `claim.news` is its last public event."""
    claims = list(_of(tenant).order_by(Claim.changed_at.desc(), Claim.id.desc()))
    news = {event.claim_id: event for event in _events().where(ClaimEvent.claim << claims)} if claims else {}
    for claim in claims:
        claim.news = news.get(claim.id)
    return claims


def open_claims(*, tenant: Tenant) -> list[Claim]:
    """Return the claims that still wait for somebody, the last changed first."""
    return _open(tenant=tenant.id)


def claim_of(*, tenant: Tenant, number: str) -> Claim | None:
    """Return a claim of the tenant's leases by its number, with its lodge, dwelling and building; None for others'.

    `claim.stars` is how it was rated, 0 when it was not, and `claim.comment` the words that came with it.
    """
    rating = ClaimRating.select(ClaimRating.stars).where(ClaimRating.claim == Claim.id)
    comment = ClaimRating.select(ClaimRating.comment).where(ClaimRating.claim == Claim.id)
    more = fn.COALESCE(rating, 0).alias("stars"), fn.COALESCE(comment, "").alias("comment")
    return _of(tenant).select_extend(*more).where(Claim.number == number).first()


def timeline(*, claim: Claim) -> list[Event]:
    """Return the public facts of a claim, oldest first, each with its photos."""
    photos: dict[int, list[ClaimPhoto]] = {}
    for photo in (
        ClaimPhoto.select(ClaimPhoto, StoredFile)
        .join(StoredFile)
        .where(ClaimPhoto.claim == claim)
        .order_by(ClaimPhoto.rank, ClaimPhoto.id)
    ):
        photos.setdefault(photo.event_id, []).append(photo)
    return [Event(fact, photos.get(fact.id, [])) for fact in _events().where(ClaimEvent.claim == claim)]


def turns_of(*, claims: Sequence[Claim], at: datetime, visits: Iterable[Visit] | None = None) -> dict[int, Turn]:
    """Return whose turn it is for each claim, by its id: one query at most, none with their last `visits`."""
    if visits is None:
        visits = Visit.select().where(Visit.id << last_visits(claims)) if claims else []
    last = {visit.claim_id: visit for visit in visits}
    return {claim.id: whose_turn(facts_of(claim, last.get(claim.id)), at) for claim in claims}


def last_visits(claims: Sequence[Claim] | SQL) -> "ModelSelect[Visit]":
    """Select the id of the last visit of each claim."""
    return Visit.select(fn.MAX(Visit.id)).where(Visit.claim << claims).group_by(Visit.claim)


def turn_of(*, claim: Claim, visit: Visit | None, events: Iterable[Event], at: datetime) -> Turn:
    """Return whose turn it is for one claim, from what its page has loaded already: no query."""
    return whose_turn(facts_of(claim, visit, ended_at(event.fact for event in events)), at)


def facts_of(claim: Claim, visit: Visit | None, ended_at: datetime | None = None) -> Facts:
    """Return what the turn of a claim depends on; `visit` is its last one."""
    return Facts(
        state=claim.state,
        nature=claim.nature,
        service=claim.service,
        filed_at=claim.filed_at,
        since_at=claim.since_at,
        due_at=claim.due_at,
        ended_at=ended_at,
        slot=slot_of(visit) if visit else None,
        by_company=visit is None or visit.order_id is not None,
    )


def ended_at(facts: Iterable[ClaimEvent]) -> datetime | None:
    """Return when what stands now was said to be done, from the facts of the timeline, oldest first."""
    return closing.end_of_steps(Step(fact.happened_at, fact.state) for fact in facts if fact.state)


def photo_of(*, tenant: Tenant, photo_id: int) -> ClaimPhoto | None:
    """Return a photo of the claims of the tenant's leases, with its file; None for others'."""
    return (
        ClaimPhoto.select(ClaimPhoto, StoredFile)
        .join(StoredFile)
        .where(ClaimPhoto.id == photo_id, ClaimPhoto.claim << _of(tenant).select(Claim.id))
        .first()
    )


def _of(tenant: Tenant | Value) -> "ModelSelect[Claim]":
    """Select the claims of the leases a tenant holds or held: all the holders of a lease share them."""
    held = LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == tenant)
    stand_in = Lodge.alias("answering")
    return (
        Claim.select(Claim, Lodge, stand_in, Lease, Dwelling, Building)
        .join(Lodge)
        .join(stand_in, JOIN.LEFT_OUTER, on=(Lodge.stand_in == stand_in.id), attr="stand_in")
        .switch(Claim)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .where(Claim.lease << held)
    )


def _events() -> "ModelSelect[ClaimEvent]":
    """Select the public facts, oldest first: what holds internal words alone is not one."""
    return (
        ClaimEvent.select(*SHOWN)
        .join(ClaimPhoto, JOIN.LEFT_OUTER)
        .where(ClaimEvent.verb != "note")
        .where(
            (ClaimEvent.state != "")
            | (ClaimEvent.public_words != "")
            | (ClaimEvent.told != "")
            | ClaimPhoto.id.is_null(False)
        )
        .group_by(ClaimEvent.id)
        .order_by(ClaimEvent.happened_at, ClaimEvent.id)
    )


_open = Written(
    lambda: (
        _of(place("tenant")).where(Claim.state.not_in(policy.OVER)).order_by(Claim.changed_at.desc(), Claim.id.desc())
    )
)
