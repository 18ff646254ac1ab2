"""What a tenant reads of the réclamations of their leases. The Office's internal words are never loaded here."""

from dataclasses import dataclass, field

from peewee import JOIN, ModelSelect, Value

from portal.db import Written, place
from portal.domain.claims import policy
from portal.domain.claims.models import Claim, ClaimEvent, ClaimPhoto
from portal.domain.files.models import StoredFile
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge
from portal.domain.people.models import Tenant

SHOWN = (
    ClaimEvent.id,
    ClaimEvent.claim,
    ClaimEvent.happened_at,
    ClaimEvent.state,
    ClaimEvent.author,
    ClaimEvent.tenant,
    ClaimEvent.public_words,
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
    """Return a claim of the tenant's leases by its number, with its lodge, dwelling and building; None for others'."""
    return _of(tenant).where(Claim.number == number).first()


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


def photo_of(*, tenant: Tenant, photo_id: int) -> ClaimPhoto | None:
    """Return a photo of the claims of the tenant's leases, with its file; None for others'."""
    return (
        ClaimPhoto.select(ClaimPhoto, StoredFile)
        .join(StoredFile)
        .where(ClaimPhoto.id == photo_id, ClaimPhoto.claim << _of(tenant).select(Claim.id))
        .first()
    )


def _of(tenant: Tenant | Value) -> ModelSelect:
    """Select the claims of the leases a tenant holds or held: all the holders of a lease share them."""
    held = LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == tenant)
    return (
        Claim.select(Claim, Lodge, Lease, Dwelling, Building)
        .join(Lodge)
        .switch(Claim)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .where(Claim.lease << held)
    )


def _events() -> ModelSelect:
    """Select the public facts, oldest first: what holds internal words alone is not one."""
    return (
        ClaimEvent.select(*SHOWN)
        .join(ClaimPhoto, JOIN.LEFT_OUTER)
        .where((ClaimEvent.state != "") | (ClaimEvent.public_words != "") | ClaimPhoto.id.is_null(False))
        .group_by(ClaimEvent.id)
        .order_by(ClaimEvent.happened_at, ClaimEvent.id)
    )


_open = Written(
    lambda: (
        _of(place("tenant")).where(Claim.state.not_in(policy.OVER)).order_by(Claim.changed_at.desc(), Claim.id.desc())
    )
)
