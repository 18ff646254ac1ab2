"""The réclamations of the signed-in tenant."""

from flask import abort

from portal.domain.claims import following, queries
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.web.access import the_tenant
from portal.web.clock import today


def my_claim_or_404(number: str) -> Claim:
    """Load a claim of the tenant's leases, to read it or add to it; 404 for anybody else's."""
    return queries.claim_of(tenant=the_tenant(), number=number) or abort(404)


def my_photo_or_404(photo_id: int) -> ClaimPhoto:
    """Load a photo of a claim of the tenant's leases, to read it; 404 for anybody else's."""
    return queries.photo_of(tenant=the_tenant(), photo_id=photo_id) or abort(404)


def claim_to_follow_or_404(number: str) -> Claim:
    """Load an open claim of the shared parts of the tenant's residence, to follow it; 404 for any other."""
    return following.claim_to_follow(tenant=the_tenant(), number=number, on=today()) or abort(404)


def followed_claim_or_404(number: str) -> Claim:
    """Load a claim the tenant follows; 404 for any other."""
    return following.followed(tenant=the_tenant(), number=number) or abort(404)
