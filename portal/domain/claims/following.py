"""Following a réclamation of the shared parts instead of filing it again."""

from datetime import date, datetime

from peewee import Case, ModelSelect

from portal.db import db
from portal.domain.claims import moves
from portal.domain.claims.models import Claim, ClaimEvent, ClaimFollower
from portal.domain.claims.queries import turns_of
from portal.domain.claims.turn import Turn
from portal.domain.errors import DomainError
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge
from portal.domain.people.models import Tenant

SHARED = ("shared", "outside")
MOST = 5
# what is between the tenant who filed it and the Office
UNTOLD = ("note", "add_words", "ask_tenant", "visit_other_time")


class NothingToFollowError(DomainError):
    """Only what is still open, in the shared parts of one's own residence, can be followed."""

    sentence = "Cette réclamation ne peut pas être suivie : elle est terminée, ou elle concerne un autre immeuble."


def same_shared_claims(*, lease: Lease, place: str, nature: str) -> list[Claim]:
    """Return the open claims of the same nature in the same shared part, the latest first; none for a dwelling.

    In the building for « parties communes », in the residence for « dehors ». The claims of the lease itself are
    among them. Show their number, nature, place, state and dates: never who filed them nor the words.
    """
    if place not in SHARED:
        return []
    return list(
        _shared(lease.dwelling.building)
        .where(Claim.place == place, Claim.nature == nature)
        .order_by(Claim.filed_at.desc(), Claim.id.desc())
        .limit(MOST)
    )


def claim_to_follow(*, tenant: Tenant, number: str, on: date) -> Claim | None:
    """Return an open claim of the shared parts of a residence the tenant lives in, filed by another household."""
    homes = [
        lease.dwelling.building
        for lease in Lease.select(Lease, Dwelling, Building)
        .join(Dwelling)
        .join(Building)
        .switch(Lease)
        .join(LeaseHolder)
        .where(LeaseHolder.tenant == tenant, Lease.ends_on.is_null() | (Lease.ends_on >= on))
        .order_by(Lease.id)
    ]
    for building in homes:
        found = _shared(building).where(Claim.number == number, Claim.lease.not_in(_held(tenant))).first()
        if found:
            return found
    return None


def follow(*, claim: Claim, tenant: Tenant, at: datetime) -> ClaimFollower:
    """Follow a claim (claim_to_follow has shown one may); twice, or again later, it is followed once.

    Raises NothingToFollowError when it is over.
    """
    with db.atomic():
        if moves.is_over(Claim.get_by_id(claim.id).state):
            raise NothingToFollowError
        ClaimFollower.insert(claim=claim, tenant=tenant, began_at=at).on_conflict_ignore().execute()
        ClaimFollower.update(ended_at=None).where(_one(claim, tenant)).execute()
        return ClaimFollower.get(_one(claim, tenant))


def unfollow(*, claim: Claim, tenant: Tenant, at: datetime) -> None:
    """Stop following a claim; harmless when one does not."""
    ClaimFollower.update(ended_at=at).where(_one(claim, tenant), ClaimFollower.ended_at.is_null()).execute()


def followed(*, tenant: Tenant, number: str) -> Claim | None:
    """Return a claim a tenant follows, with its place and when they began (`claim.follower`), not who filed it."""
    return _followed(tenant).where(Claim.number == number).first()


def followed_by(*, tenant: Tenant) -> list[Claim]:
    """Return the claims a tenant follows, the last changed first."""
    return list(_followed(tenant).order_by(Claim.changed_at.desc(), Claim.id.desc()))


def turn_of(*, claim: Claim, at: datetime) -> Turn:
    """Return whose turn it is for a followed claim."""
    return turns_of(claims=[claim], at=at)[claim.id]


def news_of(*, claim: Claim, since: datetime) -> list[ClaimEvent]:
    """Return what a follower reads, oldest first: the sentences of the portal, and the Office's words since then.

    What the tenant who filed it wrote is never among them, nor the Office's words of before anybody else read them.
    """
    words = Case(
        None, [(ClaimEvent.staff.is_null(False) & (ClaimEvent.happened_at >= since), ClaimEvent.public_words)], ""
    )
    return list(
        ClaimEvent.select(
            ClaimEvent.id,
            ClaimEvent.happened_at,
            ClaimEvent.state,
            ClaimEvent.verb,
            ClaimEvent.told,
            words.alias("public_words"),
        )
        .where(ClaimEvent.claim == claim, ClaimEvent.verb != "note", (ClaimEvent.told != "") | (ClaimEvent.state != ""))
        .where(ClaimEvent.verb.not_in(UNTOLD))
        .order_by(ClaimEvent.happened_at, ClaimEvent.id)
    )


def _shared(building: Building) -> "ModelSelect[Claim]":
    """Select the open claims of the shared parts of a building, and of the grounds of its residence."""
    inside = (Claim.place == "shared") & (Dwelling.building == building.id)
    grounds = (Claim.place == "outside") & (Building.residence == building.residence_id)
    return (
        Claim.select(Claim, Lease, Dwelling, Building)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .where(inside | grounds, Claim.state.not_in(moves.OVER))
    )


def _followed(tenant: Tenant) -> "ModelSelect[Claim]":
    return (
        Claim.select(Claim, Lodge, Lease, Dwelling, Building, ClaimFollower)
        .join(Lodge)
        .switch(Claim)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join_from(Claim, ClaimFollower, on=(ClaimFollower.claim == Claim.id), attr="follower")
        .where(ClaimFollower.tenant == tenant, ClaimFollower.ended_at.is_null())
    )


def _held(tenant: Tenant) -> "ModelSelect[LeaseHolder]":
    return LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == tenant)


def _one(claim: Claim, tenant: Tenant) -> object:
    return (ClaimFollower.claim == claim) & (ClaimFollower.tenant == tenant)
