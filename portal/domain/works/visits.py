"""Visits: a slot is proposed, agreed, moved; then somebody says whether anyone came.

Nobody comes on a Saturday, a Sunday or a holiday unless the tenant agreed to it (law of 6 July 1989, art. 7 e).
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from portal.db import db
from portal.domain.claims import moves, sentences
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act, Actor, record
from portal.domain.errors import DomainError
from portal.domain.people.models import Staff, Tenant
from portal.domain.works import policy
from portal.domain.works.models import LIVE, Order, Visit
from portal.domain.works.reminders import tell_visit
from portal.kernel.clock import PARIS, paris_day
from portal.kernel.holidays import is_day_off

LONGEST_HOURS = 4


class DayOffError(DomainError):
    """A day nobody comes without the tenant's agreement."""

    sentence = (
        "Ce jour est un samedi, un dimanche ou un jour férié : il faut l’accord du locataire (loi du 6 juillet 1989, "
        "article 7 e). Choisissez un autre jour, ou cochez que le locataire est d’accord."
    )


class SlotError(DomainError):
    """A slot that is past, upside down, or so long that nobody can wait."""


class SlotTakenError(DomainError):
    """Another visit is still to come."""

    sentence = "Un passage est déjà prévu. Proposez un autre moment à sa place, ou annulez-le d’abord."


class VisitOverError(DomainError):
    """The visit is not the one to come any more."""

    sentence = moves.VISIT_OVER


class NotYetError(DomainError):
    """One says whether somebody came once the slot is over."""

    sentence = "Le créneau n’est pas fini : vous pourrez le dire à partir de la fin du créneau."


@dataclass(frozen=True)
class Span:
    """A day and two times of it, « 08:00 » and « 10:00 »; `day_off_agreed`: the tenant agreed to a day off."""

    day: date
    starts: str
    ends: str
    day_off_agreed: bool = False


def propose(
    *, staff: Staff, span: Span, act: Act, claim: Claim | None = None, order: Order | None = None, agreed: bool = False
) -> Visit:
    """Propose a visit to the tenant, for an order or for the claim alone; `agreed` when they said yes already.

    The claim, if any, becomes or stays « intervention prévue ». The same key twice proposes once. Raises DayOffError,
    SlotError, SlotTakenError, IllegalMoveError, ChangedMeanwhileError.
    """
    claim = claim or (order.claim if order else None)
    with db.atomic():
        if made := _made(act):
            return made
        check_span(span, at=act.at)
        _check_free(claim, order)
        visit = _new(claim, order, span, act, state="agreed" if agreed else "proposed")
        _book(order, visit)
        if claim:
            verb = "visit_agreed" if agreed else "visit_proposed"
            record(claim=claim, verb=verb, actor=Actor(staff), act=act, slot=sentences.of_slot(visit))
        else:
            tell_visit(visit=visit, kind="visit_proposed", at=act.at)
    return visit


def agree(*, visit: Visit, tenant: Tenant, act: Act) -> Visit:
    """« Cela me convient »: the tenant agrees to the slot the Office proposed. Raises VisitOverError."""
    with db.atomic():
        if _check(visit, "proposed", "agreed", by="office").state == "agreed":
            return visit  # said twice
        return _set(visit, "agreed", Actor(tenant=tenant), "visit_agreed", act)


def accept(*, visit: Visit, staff: Staff, act: Act) -> Visit:
    """Agree to the slot the tenant proposed; who proposes a day off agrees to it. Raises VisitOverError."""
    with db.atomic():
        if _check(visit, "proposed", "agreed", by="tenant").state == "agreed":
            return visit
        return _set(visit, "agreed", Actor(staff), "visit_agreed", act)


def propose_another(*, visit: Visit, tenant: Tenant, span: Span, act: Act) -> Visit:
    """« Proposer un autre moment »: the tenant's slot takes the place of this one and waits for the Office.

    A day off proposed by the tenant is agreed by the tenant. Raises VisitOverError, SlotError.
    """
    span = Span(span.day, span.starts, span.ends, day_off_agreed=is_day_off(span.day))
    return _replace(visit, Actor(tenant=tenant), "visit_other_time", span, act)


def move(*, visit: Visit, staff: Staff, span: Span, act: Act, agreed: bool = False) -> Visit:
    """Put another slot in the place of this one; it waits for the tenant, unless they said yes already.

    Raises VisitOverError, DayOffError, SlotError.
    """
    return _replace(visit, Actor(staff), "visit_moved", span, act, agreed=agreed)


def cancel(*, visit: Visit, staff: Staff, act: Act) -> Visit:
    """Cancel the visit to come; the Office owes another proposal. Raises VisitOverError, WordsNeededError."""
    if not act.words.strip():
        raise moves.WordsNeededError("Dites au locataire pourquoi c’est annulé.")
    with db.atomic():
        _check(visit)
        return _set(visit, "cancelled", Actor(staff), "unplan", act)


def say_they_came(*, visit: Visit, act: Act, tenant: Tenant | None = None, staff: Staff | None = None) -> Visit:
    """« Ils sont venus », from the end of the slot: the Office must now say what was done. Raises NotYetError."""
    return _said(visit, "kept", "visit_kept", Actor(staff, tenant), act)


def say_nobody_came(*, visit: Visit, act: Act, tenant: Tenant | None = None, staff: Staff | None = None) -> Visit:
    """« Personne n’est venu », from the end of the slot: the Office sees it at once. Raises NotYetError."""
    return _said(visit, "missed", "visit_missed", Actor(staff, tenant), act)


def may_say_whether(visit: Visit, *, at: datetime) -> bool:
    """Whether one may say now that somebody came, or nobody: for a visit that was awaited, once its slot is over."""
    return visit.state in LIVE and _is_awaited(visit) and at >= visit.ends_at


def check_span(span: Span, *, at: datetime) -> None:
    """Raise SlotError for a slot that makes no sense, DayOffError for a day off nobody agreed to."""
    try:
        starts, ends = time.fromisoformat(span.starts), time.fromisoformat(span.ends)
    except ValueError:
        raise SlotError("Choisissez l’heure de début et l’heure de fin.") from None
    if starts >= ends:
        raise SlotError("L’heure de fin doit venir après l’heure de début.")
    if ends.hour * 60 + ends.minute - starts.hour * 60 - starts.minute > LONGEST_HOURS * 60:
        raise SlotError("Un créneau dure 4 heures au plus : personne ne peut attendre toute la journée.")
    if datetime.combine(span.day, starts, PARIS) <= at:
        raise SlotError("Ce moment est déjà passé. Choisissez un moment à venir.")
    if (span.day - paris_day(at)).days > 366:
        raise SlotError("Ce jour est trop loin. Choisissez un jour dans l’année qui vient.")
    if is_day_off(span.day) and not span.day_off_agreed:
        raise DayOffError


def _said(visit: Visit, state: str, verb: str, actor: Actor, act: Act) -> Visit:
    with db.atomic():
        now = _check(visit, *LIVE, state)
        if now.state == state:
            return now  # said twice
        if not _is_awaited(now):
            raise VisitOverError
        if act.at < now.ends_at:
            raise NotYetError
        return _set(visit, state, actor, verb, act)


def _is_awaited(visit: Visit) -> bool:
    """The Office agreed to come: it proposed the slot, or accepted the tenant's."""
    return visit.state == "agreed" or visit.proposed_by == "office"


def _check(visit: Visit, *states: str, by: str = "") -> Visit:
    """Return the visit as it is now. Raises VisitOverError when it is no longer to come, or not in these states."""
    now = Visit.get_by_id(visit.id)
    if now.state not in (states or LIVE) or (by and now.proposed_by != by):
        raise VisitOverError
    return now


def _set(visit: Visit, state: str, actor: Actor, verb: str, act: Act) -> Visit:
    _mark(visit, state, act.at)
    if visit.claim_id:
        claim = Claim.get_by_id(visit.claim_id)
        record(claim=claim, verb=verb, actor=actor, act=act, slot=sentences.of_slot(visit))
    if state in ("cancelled", "missed") and visit.order_id:
        _unbook(visit.order_id)
    return visit


def _replace(visit: Visit, actor: Actor, verb: str, span: Span, act: Act, *, agreed: bool = False) -> Visit:
    with db.atomic():
        if made := _made(act):
            return made
        _check(visit)
        check_span(span, at=act.at)
        _mark(visit, "moved", act.at)
        claim, order = Claim.get_by_id(visit.claim_id) if visit.claim_id else None, visit.order
        made = _new(claim, order, span, act, state="agreed" if agreed else "proposed", by=actor.who)
        _book(order, made)
        if claim:
            record(claim=claim, verb=verb, actor=actor, act=act, slot=sentences.of_slot(made))
        elif actor.staff:
            tell_visit(visit=made, kind="visit_moved", at=act.at)
    return made


def _mark(visit: Visit, state: str, at: datetime) -> None:
    Visit.update(state=state, changed_at=at).where(Visit.id == visit.id).execute()
    visit.state, visit.changed_at = state, at


def _new(claim: Claim | None, order: Order | None, span: Span, act: Act, *, state: str, by: str = "office") -> Visit:
    return Visit.create(
        claim=claim,
        order=order,
        day=span.day,
        starts=span.starts,
        ends=span.ends,
        state=state,
        proposed_by=by,
        day_off_agreed=span.day_off_agreed,
        made_at=act.at,
        changed_at=act.at,
        once_key=_key(act),
    )


def _made(act: Act) -> Visit | None:
    return Visit.get_or_none(Visit.once_key == key) if (key := _key(act)) else None


def _key(act: Act) -> str | None:
    return act.once_key and f"{act.once_key}-visit"


def _check_free(claim: Claim | None, order: Order | None) -> None:
    whose = [Visit.claim == claim] * bool(claim) + [Visit.order == order] * bool(order)
    if any(Visit.select().where(one, Visit.state.in_(LIVE)).exists() for one in whose):
        raise SlotTakenError


def _book(order: Order | None, visit: Visit) -> None:
    """The order shows the day of its visit."""
    if not order:
        return
    state = "rendez_vous" if order.kind == "BT" and "rendez_vous" in policy.NEXT[order.kind, order.state] else None
    words = sentences.of_hours(visit)
    changes = {"planned_on": visit.day, "slot": words} | ({"state": state} if state else {})
    Order.update(**changes).where(Order.id == order.id).execute()
    for name, value in changes.items():
        setattr(order, name, value)


def _unbook(order_id: int) -> None:
    """No visit is to come: the order shows no day, and one that was an appointment waits for another."""
    Order.update(planned_on=None, slot="").where(Order.id == order_id).execute()
    Order.update(state="emis").where(Order.id == order_id, Order.state == "rendez_vous").execute()
