"""What the Office does with a réclamation. Each verb is a line of moves.py; words are read by the tenant."""

from portal.db import db
from portal.domain.claims import following, moves
from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.claims.recording import Act, Actor, record
from portal.domain.errors import DomainError
from portal.domain.people.models import Staff


class NotTheSameError(DomainError):
    """Two claims that cannot be one."""

    sentence = (
        "Ces deux réclamations ne peuvent pas être réunies : il faut que l’autre soit ouverte, et qu’elles viennent du "
        "même bail ou des parties communes de la même résidence."
    )


def acknowledge(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Say that the claim was received, and by when it will be dealt with."""
    return record(claim=claim, verb="acknowledge", actor=Actor(staff), act=act)


def assign(
    *, claim: Claim, staff: Staff, service: str, act: Act, to: Staff | None = None, payer: str | None = None
) -> ClaimEvent:
    """Give the claim to the loge or to a service, and to somebody of it (`to`); say who pays if it is known."""
    more = {"payer": payer} if payer else {}
    return record(claim=claim, verb="assign", actor=Actor(staff), act=act, service=service, assigned_to=to, **more)


def answer(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Write to the tenant. On a new claim it is also the acknowledgment. Raises WordsNeededError without words."""
    return record(claim=claim, verb="answer", actor=Actor(staff), act=_worded(act, "Écrivez votre réponse."))


def note(*, claim: Claim, staff: Staff, words: str, act: Act) -> ClaimEvent:
    """Write for the Office alone: the words are kept apart and no tenant's page, paper or mail reads them."""
    if not words.strip():
        raise moves.WordsNeededError("Écrivez la note.")
    return record(claim=claim, verb="note", actor=Actor(staff), act=act, internal=words)


def ask_tenant(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Ask the tenant something: no deadline runs until they answer."""
    return record(claim=claim, verb="ask_tenant", actor=Actor(staff), act=_worded(act, "Écrivez votre question."))


def mark_done(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Say what was done; the tenant then has thirty days to say whether it is repaired."""
    return record(claim=claim, verb="mark_done", actor=Actor(staff), act=_worded(act, "Dites ce qui a été fait."))


def close(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """End a claim that needs no works, or whose tenant said by word of mouth that it is repaired; say why."""
    return record(
        claim=claim, verb="close", actor=Actor(staff), act=_worded(act, "Dites ce qui a été fait, ou pourquoi.")
    )


def refuse(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Say that the Office does nothing about it, and why."""
    return record(claim=claim, verb="refuse", actor=Actor(staff), act=_worded(act, "Dites pourquoi l’Office refuse."))


def reopen(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Open again what was done, closed or refused; the delay of its nature starts again."""
    return record(claim=claim, verb="reopen", actor=Actor(staff), act=act)


def merge(*, claim: Claim, staff: Staff, into: Claim, act: Act) -> ClaimEvent:
    """End a claim that says the same as another, which goes on; whoever filed it follows the other.

    Raises NotTheSameError unless both are of one lease, or of the shared parts of one residence, and the other is open.
    """
    with db.atomic():
        if not _same_problem(claim, into):
            raise NotTheSameError
        done = record(claim=claim, verb="merge", actor=Actor(staff), act=act, merged_into=into)
        if into.lease_id != claim.lease_id:
            following.follow(claim=into, tenant=claim.filed_by, at=act.at)
    return done


def unplan(*, claim: Claim, staff: Staff, act: Act) -> ClaimEvent:
    """Cancel the visit to come; the Office owes another proposal."""
    return record(
        claim=claim, verb="unplan", actor=Actor(staff), act=_worded(act, "Dites au locataire pourquoi c’est annulé.")
    )


def _same_problem(claim: Claim, into: Claim) -> bool:
    if claim.id == into.id or moves.is_over(into.state):
        return False
    shared = claim.place in following.SHARED and into.place in following.SHARED
    residences = {each.lease.dwelling.building.residence_id for each in (claim, into)}
    return claim.lease_id == into.lease_id or (shared and len(residences) == 1)


def _worded(act: Act, sentence: str) -> Act:
    if not act.words.strip():
        raise moves.WordsNeededError(sentence)
    return act
