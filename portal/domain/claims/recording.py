"""The one place where a réclamation moves: checked against the table, written as an event, kept on the claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.claims import moves, sentences
from portal.domain.claims.announcing import announce
from portal.domain.claims.deadlines import Slot, Step, due_at
from portal.domain.claims.models import Claim, ClaimEvent, ClaimPhoto
from portal.domain.errors import DomainError
from portal.domain.files.actions import CheckedFile, on_disk
from portal.domain.files.models import StoredFile
from portal.domain.people.models import Staff, Tenant
from portal.domain.works.models import LIVE, Order, Visit
from portal.domain.works.policy import AHEAD

# Words are always kept, whatever happened meanwhile: these verbs append, and are never refused for being late.
APPENDING = ("add_words", "answer", "note")
SOMEBODY_CAME = ("mark_done", "no_access", "follow_on")


class UsedKeyError(DomainError):
    """The one-time key of a form was used for something else."""

    sentence = "Cette page a expiré. Rechargez-la, puis recommencez."


@dataclass(frozen=True)
class Act:
    """What comes with a move: when, the Office's delays, the words the tenant reads, photos, the one-time key.

    `seen` is how many moves the page had shown: the move is refused when there has been another since; None takes
    the claim as it is now.
    """

    at: datetime
    delays: ClaimDelays
    words: str = ""
    once_key: str | None = None
    seen: int | None = None
    photos: Sequence[CheckedFile] = ()
    folder: Path = Path()


@dataclass(frozen=True)
class Actor:
    """Who moves: a member of staff, a tenant, or nobody (the portal itself)."""

    staff: Staff | None = None
    tenant: Tenant | None = None

    @property
    def who(self) -> str:
        """The side, as the table of moves names it."""
        return moves.OFFICE if self.staff else moves.TENANT if self.tenant else moves.PORTAL

    @property
    def author(self) -> str:
        """The function of a member of staff, never a name; the tenant's own name."""
        if self.staff:
            return self.staff.function
        return self.tenant.full_name if self.tenant else "Espace locataires"


def record(*, claim: Claim, verb: str, actor: Actor, act: Act, internal: str = "", **facts: object) -> ClaimEvent:
    """Make a move: one event, the state it leads to, the deadline that runs then; return the event.

    The same key twice moves once. `facts` complete the sentence (sentences.py) or, named as columns of the claim
    (`service`, `assigned_to`, `payer`, `merged_into`), change it. Raises IllegalMoveError, ChangedMeanwhileError,
    UsedKeyError.
    """
    with on_disk(act.photos, folder=act.folder, at=act.at) as files, db.atomic():
        if act.once_key and (done := ClaimEvent.get_or_none(ClaimEvent.once_key == act.once_key)):
            if done.claim_id != claim.id:
                raise UsedKeyError
            return done
        now = Claim.get_by_id(claim.id)
        if verb not in APPENDING and act.seen is not None and act.seen != now.moves:
            raise moves.ChangedMeanwhileError
        to = moves.after(verb, actor.who, now.state)
        changed = to != now.state
        if changed and now.state in moves.PLANNED:
            _settle_visits(claim, act.at, kept=verb in SOMEBODY_CAME)
        steps = [*steps_of(claim), *([Step(act.at, to)] if changed else [])]
        due = _due(now, steps, act.delays)
        event = ClaimEvent.create(
            claim=claim,
            happened_at=act.at,
            state=to if changed else "",
            author=actor.author,
            tenant=actor.tenant,
            staff=actor.staff,
            public_words=act.words,
            internal_words=internal,
            once_key=act.once_key,
            verb=verb,
            told=_told(verb, due, facts),
        )
        attach(event, files)
        announce(event=event, claim=now)
        _keep(claim, now, steps[-1], due, verb, changed, act.at, facts)
        if actor.staff:
            audit.note(act=audit.ACTED_ON_CLAIM, at=act.at, staff=actor.staff, tenant=now.filed_by, detail=now.number)
    return event


def steps_of(claim: Claim) -> list[Step]:
    """Return the changes of state of a claim, oldest first."""
    facts = claim.events.where(ClaimEvent.state != "").order_by(ClaimEvent.id)
    return [Step(fact.happened_at, fact.state) for fact in facts]


def slot_of(visit: Visit) -> Slot:
    """Return what the rules need of a visit."""
    return Slot(visit.state, visit.proposed_by, visit.changed_at, visit.starts_at, visit.ends_at)


def attach(event: ClaimEvent, files: Sequence[StoredFile]) -> None:
    """Keep the photos of an event, in order."""
    for rank, file in enumerate(files):
        file.save()
        ClaimPhoto.create(claim=event.claim, event=event, file=file, rank=rank)


def refresh(*, claim: Claim, delays: ClaimDelays) -> None:
    """Compute the deadline again, after a visit or an order of the claim changed; inside the caller's transaction."""
    now = Claim.get_by_id(claim.id)
    due = _due(now, steps_of(claim), delays)
    Claim.update(due_at=due).where(Claim.id == claim.id).execute()
    claim.due_at = due


def _due(claim: Claim, steps: list[Step], delays: ClaimDelays) -> datetime | None:
    live = Visit.get_or_none(Visit.claim == claim, Visit.state.in_(LIVE))
    slot = slot_of(live) if live else None
    return due_at(nature=claim.nature, steps=steps, delays=delays, slot=slot, planned_until=_planned(claim))


def _planned(claim: Claim) -> date | None:
    """Return the last day an order of the claim is planned on."""
    ahead = claim.orders.where(Order.state.in_(AHEAD), Order.planned_on.is_null(False))
    order = ahead.order_by(Order.planned_on.desc(), Order.id).first()
    return order and order.planned_on


def _settle_visits(claim: Claim, at: datetime, *, kept: bool) -> None:
    """What was planned is over: the visit took place, or is cancelled."""
    for visit in claim.visits.where(Visit.state.in_(LIVE)).order_by(Visit.id):
        state = "kept" if kept and visit.starts_at <= at else "cancelled"
        Visit.update(state=state, changed_at=at).where(Visit.id == visit.id).execute()


def _told(verb: str, due: datetime | None, facts: dict) -> str:
    named = {name: fact for name, fact in facts.items() if isinstance(fact, str)}
    if "service" in named:
        named["to"] = sentences.TO_SERVICES[named["service"]]
    return sentences.told(verb, limit=due and sentences.of_limit(due), **named)


COLUMNS = ("service", "assigned_to", "payer", "merged_into")


def _keep(
    claim: Claim, now: Claim, last: Step, due: datetime | None, verb: str, changed: bool, at: datetime, facts: dict
) -> None:
    columns = {name: facts[name] for name in COLUMNS if name in facts}
    kept = {
        "state": last.state,
        "since_at": last.at if changed else now.since_at,
        "moves": now.moves + (changed or bool(columns)),
        "changed_at": now.changed_at if verb == "note" else at,
        "due_at": due,
        **columns,
    }
    Claim.update(**kept).where(Claim.id == claim.id).execute()
    for name, value in kept.items():
        setattr(claim, name, value)
