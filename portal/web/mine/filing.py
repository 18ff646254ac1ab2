"""The réclamation the signed-in tenant is writing."""

from flask import abort, flash, request, url_for

from portal.domain.filing import policy, queries
from portal.domain.filing.actions import GoneError
from portal.domain.filing.models import DraftPhoto
from portal.domain.filing.queries import Guide
from portal.web.access import the_tenant
from portal.web.clock import today
from portal.web.htmx import see

START = "tenant.new_claim"


def step_url(step: str) -> str:
    """Return the address of a question of the guide."""
    return url_for(f"tenant.claim_{step}")


def next_url() -> str:
    """Return where the réclamation being written goes on: its first question without an answer, or the start."""
    guide = queries.guide_of(tenant=the_tenant(), on=today())
    return step_url(guide.next) if guide else url_for(START)


def my_guide_at(step: str) -> Guide:
    """Load the réclamation being written, to answer a question; another question that comes first is shown instead."""
    guide = queries.guide_of(tenant=the_tenant(), on=today())
    if guide is None:
        if request.method == "POST":
            flash(GoneError.sentence, "warning")
        abort(see(url_for(START)))
    if not policy.may_open(guide.draft, guide.steps, step):
        abort(see(step_url(guide.next)))
    return guide


def my_draft_photo_or_404(photo_id: int) -> DraftPhoto:
    """Load a photo of the réclamation being written; 404 for anybody else's."""
    return queries.photo_of(tenant=the_tenant(), photo_id=photo_id) or abort(404)
