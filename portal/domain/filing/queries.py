"""Reads of a réclamation being written, and of what was said for its visit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.db import Written, place
from portal.domain.claims.following import same_shared_claims
from portal.domain.claims.models import Claim
from portal.domain.files.models import StoredFile
from portal.domain.filing import policy
from portal.domain.filing.models import ClaimDraft, DraftPhoto, VisitWishes
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import current, leases_of
from portal.domain.people.models import Tenant


@dataclass(frozen=True)
class Guide:
    """A réclamation being written, and all that its pages need."""

    draft: ClaimDraft
    leases: list[Lease]
    photos: list[DraftPhoto]
    same: list[Claim]

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions it asks, in order."""
        return policy.steps_of(self.draft, many_leases=len(self.leases) > 1, same=bool(self.same))

    @property
    def next(self) -> str:
        """The first question without an answer."""
        return policy.next_step(self.draft, self.steps)

    @property
    def lease(self) -> Lease | None:
        """The lease it is about, once it is known."""
        return next((lease for lease in self.leases if lease.id == self.draft.lease_id), None)


_draft = Written(lambda: ClaimDraft.select().where(ClaimDraft.tenant == place("tenant")).order_by(ClaimDraft.id))


def draft_of(*, tenant: Tenant) -> ClaimDraft | None:
    """Return the réclamation a tenant has begun, if any."""
    return next(iter(_draft(tenant=tenant.id)), None)


def guide_of(*, tenant: Tenant, on: date) -> Guide | None:
    """Return the guide of the réclamation a tenant has begun, if any; none for who has no running lease any more.

    One that was begun for a lease that ended meanwhile is about the running one, or asks which when there are several.
    """
    draft, leases = draft_of(tenant=tenant), current(leases_of(tenant=tenant), on=on)
    if draft is None or not leases:
        return None
    if draft.lease_id not in {lease.id for lease in leases}:
        draft.lease = leases[0] if len(leases) == 1 else None
    return Guide(draft, leases, photos_of(draft=draft), _same(draft, leases))


def _same(draft: ClaimDraft, leases: list[Lease]) -> list[Claim]:
    """Return the open claims of the same nature in the same shared part."""
    lease = next((lease for lease in leases if lease.id == draft.lease_id), None)
    if lease is None or not draft.nature:
        return []
    return same_shared_claims(lease=lease, place=draft.place, nature=draft.nature)


def photos_of(*, draft: ClaimDraft) -> list[DraftPhoto]:
    """Return the photos of a réclamation being written, in the order they came, each with its file."""
    return list(
        DraftPhoto.select(DraftPhoto, StoredFile)
        .join(StoredFile)
        .where(DraftPhoto.draft == draft)
        .order_by(DraftPhoto.rank, DraftPhoto.id)
    )


def photo_of(*, tenant: Tenant, photo_id: int) -> DraftPhoto | None:
    """Return a photo of the réclamation a tenant is writing, with its file; None for others'."""
    return (
        DraftPhoto.select(DraftPhoto, StoredFile, ClaimDraft)
        .join(StoredFile)
        .switch(DraftPhoto)
        .join(ClaimDraft)
        .where(DraftPhoto.id == photo_id, ClaimDraft.tenant == tenant)
        .first()
    )


def just_sent(*, tenant: Tenant, at: datetime) -> Claim | None:
    """Return the claim a tenant sent in the last hour, if any: they may not have seen that it was taken."""
    recent = Claim.select().where(Claim.filed_by == tenant, Claim.filed_at > at - timedelta(hours=1))
    return recent.order_by(Claim.filed_at.desc(), Claim.id.desc()).first()


def wishes_of(*, claim: Claim) -> VisitWishes | None:
    """Return what the tenant said for a visit about a claim, if anything was asked."""
    return VisitWishes.get_or_none(VisitWishes.claim == claim)
