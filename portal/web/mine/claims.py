"""The réclamations of the signed-in tenant."""

from flask import abort

from portal.domain.claims import queries
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.web.access import the_tenant


def my_claim_or_404(number: str) -> Claim:
    """Load a claim of the tenant's leases, to read it or add to it; 404 for anybody else's."""
    return queries.claim_of(tenant=the_tenant(), number=number) or abort(404)


def my_photo_or_404(photo_id: int) -> ClaimPhoto:
    """Load a photo of a claim of the tenant's leases, to read it; 404 for anybody else's."""
    return queries.photo_of(tenant=the_tenant(), photo_id=photo_id) or abort(404)
