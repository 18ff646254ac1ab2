"""What the tenant says of a réclamation once it is planned, done or closed; and what thirty days of silence say."""

from collections.abc import Iterable
from datetime import datetime

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import deadlines, moves
from portal.domain.claims.deadlines import Step
from portal.domain.claims.models import Claim, ClaimEvent, ClaimRating
from portal.domain.claims.recording import Act, Actor, record, steps_of
from portal.domain.errors import DomainError
from portal.domain.people.models import Tenant


class NotOverError(DomainError):
    """One is asked whether one is satisfied once it is over, not before."""

    sentence = "Vous pourrez donner votre avis quand la réclamation sera terminée."


def withdraw(*, claim: Claim, tenant: Tenant, act: Act) -> ClaimEvent:
    """Withdraw a claim that no one has planned yet."""
    with db.atomic():
        if claim.visits.exists() or claim.orders.exists():
            raise moves.IllegalMoveError(moves.REFUSALS["withdraw"])
        return record(claim=claim, verb="withdraw", actor=Actor(tenant=tenant), act=act)


def say_repaired(*, claim: Claim, tenant: Tenant, act: Act) -> ClaimEvent:
    """« C’est réparé »: the claim is over."""
    return record(claim=claim, verb="say_repaired", actor=Actor(tenant=tenant), act=act)


def say_not_repaired(*, claim: Claim, tenant: Tenant, act: Act) -> ClaimEvent:
    """« Ce n’est pas réparé », within thirty days: the claim is open again. Raises TooLateError after."""
    with db.atomic():
        ended = ended_at(claim)
        if ended and act.at > deadlines.may_contest_until(ended_at=ended):
            raise moves.TooLateError
        return record(claim=claim, verb="say_not_repaired", actor=Actor(tenant=tenant), act=act)


def rate(*, claim: Claim, tenant: Tenant, stars: int, at: datetime, comment: str = "") -> ClaimRating:
    """Say how satisfied one is, from one star to five; said again, it replaces. Raises NotOverError before the end."""
    with db.atomic():
        if Claim.get_by_id(claim.id).state != "close":
            raise NotOverError
        said = {"tenant": tenant, "stars": stars, "comment": comment, "rated_at": at}
        rating = ClaimRating.get_or_none(ClaimRating.claim == claim)
        if rating:
            ClaimRating.update(**{**said, "comment": comment or rating.comment}).where(
                ClaimRating.id == rating.id
            ).execute()
            return ClaimRating.get_by_id(rating.id)
        return ClaimRating.create(claim=claim, **said)


def ended_at(claim: Claim) -> datetime | None:
    """Return when what stands now was said to be done: the first of the last « faite », « terminée » in a row."""
    return end_of_steps(steps_of(claim))


def end_of_steps(steps: Iterable[Step]) -> datetime | None:
    """The same, from the changes of state, oldest first."""
    ended = None
    for step in steps:
        if step.state not in ("intervention_realisee", "close"):
            ended = None
        elif ended is None:
            ended = step.at
    return ended


def close_after_silence(*, at: datetime, delays: ClaimDelays) -> list[Claim]:
    """Close what was done thirty days ago and that nobody contested; return what was closed. Harmless when repeated."""
    before = at - deadlines.AFTER_DONE
    silent = Claim.select().where(Claim.state == "intervention_realisee", Claim.since_at < before).order_by(Claim.id)
    closed = list(silent)
    for claim in closed:
        record(claim=claim, verb="close_after_silence", actor=Actor(), act=Act(at=at, delays=delays))
    return closed
