"""Who is told by mail of what happened to a réclamation: pure choices, then a note in the same transaction."""

from functools import partial

from portal.domain.claims.models import Claim, ClaimEvent, ClaimFollower
from portal.domain.housing.models import Lodge
from portal.domain.news import actions as news
from portal.domain.works.models import LIVE, Visit

RECEIVED = {"file": "claim_received"}
# What the Office (or the portal) does, and the mail the tenant gets. What a tenant does, they know already.
TOLD = {
    "acknowledge": "claim_answered",
    "answer": "claim_answered",
    "ask_tenant": "claim_answered",
    "plan": "claim_answered",
    "unplan": "claim_answered",
    "no_access": "claim_answered",
    "follow_on": "claim_answered",
    "close": "claim_answered",
    "close_after_silence": "claim_answered",
    "refuse": "claim_answered",
    "merge": "claim_answered",
    "reopen": "claim_answered",
    "mark_done": "claim_done",
    "visit_proposed": "visit_proposed",
    "visit_agreed": "visit_proposed",
    "visit_moved": "visit_moved",
}
VISITS = ("visit_proposed", "visit_moved")
FOLLOWED = ("acknowledge", "answer", "plan", "mark_done", "close", "close_after_silence", "refuse", "reopen")


def public_event(*, id: int | None) -> ClaimEvent | None:
    """Return an event with its claim and its lodge, for its mail; the Office's internal words are never loaded."""
    shown = (ClaimEvent.id, ClaimEvent.happened_at, ClaimEvent.state, ClaimEvent.public_words, ClaimEvent.told)
    return ClaimEvent.select(*shown, Claim, Lodge).join(Claim).join(Lodge).where(ClaimEvent.id == id).first()


def kind_of(event: ClaimEvent) -> str | None:
    """Return the mail an event makes for who filed the claim, if any."""
    if event.tenant_id and event.verb not in RECEIVED:
        return None
    return RECEIVED.get(event.verb) or TOLD.get(event.verb)


def announce(*, event: ClaimEvent, claim: Claim) -> None:
    """Note the mails of an event, in its transaction: who filed the claim, and those who follow it."""
    tell = partial(news.tell, key=f"event:{event.id}", at=event.happened_at, about=claim.number)
    kind = kind_of(event)
    if kind in VISITS:
        visit = Visit.get_or_none(Visit.claim == claim, Visit.state.in_(LIVE))
        tell(kind=kind, tenant=claim.filed_by, about_id=visit.id if visit else None)
    elif kind:
        tell(kind=kind, tenant=claim.filed_by, about_id=event.id)
    if event.verb in FOLLOWED:
        for follower in claim.followers.where(ClaimFollower.ended_at.is_null()).order_by(ClaimFollower.id):
            tell(kind="claim_followed", tenant=follower.tenant, about_id=event.id)
