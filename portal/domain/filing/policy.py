"""The steps of the guide: which a réclamation asks, in which order, and which is next. Pure."""

from datetime import timedelta

from portal.domain.filing.guidance import needs_visit
from portal.domain.filing.models import ClaimDraft

CHECK = "check"
MOST_PHOTOS = 6
KEPT = timedelta(days=30)
ANSWERS = {
    *("lease", "place", "nature", "advice_for", "same_for", "description", "photos_done"),
    *("entry", "home_when", "details_done", "phone", "pets", "notes"),
}


def steps_of(draft: ClaimDraft, *, many_leases: bool, same: bool) -> tuple[str, ...]:
    """Return the questions this réclamation asks, in order, the page to check last.

    `many_leases`: the tenant may file for several dwellings; `same`: others have an open claim of the same nature in
    the same shared part. A visit is asked about only where somebody may have to come in.
    """
    asked = {
        "lease": many_leases,
        "place": True,
        "nature": True,
        "advice": True,
        "same": same,
        "description": True,
        "photos": True,
        "visit": not draft.nature or needs_visit(draft.place, draft.nature),
        "details": True,
        CHECK: True,
    }
    return tuple(step for step, is_asked in asked.items() if is_asked)


def is_answered(draft: ClaimDraft, step: str) -> bool:
    """Say whether a question has its answer; the page to check never has, since it sends."""
    return {
        "lease": draft.lease_id is not None,
        "place": bool(draft.place),
        "nature": bool(draft.nature),
        "advice": bool(draft.nature) and draft.advice_for == subject(draft),
        "same": bool(draft.nature) and draft.same_for == subject(draft),
        "description": bool(draft.description),
        "photos": bool(draft.photos_done),
        "visit": bool(draft.entry),
        "details": bool(draft.details_done),
        CHECK: False,
    }[step]


def next_step(draft: ClaimDraft, steps: tuple[str, ...]) -> str:
    """Return the first question without an answer: no step can be skipped."""
    return next(step for step in steps if not is_answered(draft, step))


def may_open(draft: ClaimDraft, steps: tuple[str, ...], step: str) -> bool:
    """Say whether a question may be shown: those answered, and the next one."""
    return step in steps and steps.index(step) <= steps.index(next_step(draft, steps))


def subject(draft: ClaimDraft) -> str:
    """Return what the advice is about: another place or nature needs another advice."""
    return f"{draft.place}:{draft.nature}"
