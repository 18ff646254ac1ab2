"""Réclamations, orders and photos a member of staff may see; looking at one leaves a trace the tenant can read."""

from flask import abort

from portal.db import noting
from portal.domain.audit import actions as audit
from portal.domain.claims import queue
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.web.access import the_staff
from portal.web.clock import now, today


def staff_claim_or_404(number: str) -> Claim:
    """Return a claim this member of staff may see, and note the look; a caretaker sees the buildings of its lodge."""
    claim = queue.claim_for_staff(staff=the_staff(), number=number, on=today()) or abort(404)
    with noting():
        audit.note_look(staff=the_staff(), tenants=[claim.filed_by], at=now())
    return claim


def staff_photo_or_404(photo_id: int) -> ClaimPhoto:
    """Return a photo of a claim this member of staff may see."""
    return queue.photo_for_staff(staff=the_staff(), photo_id=photo_id, on=today()) or abort(404)
