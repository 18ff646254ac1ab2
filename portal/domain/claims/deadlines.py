"""Until when the Office, the loge or the company has the turn: pure rules.

No deadline runs while the tenant is waited for, and the time they took does not count. The law's two months
(`legal_limit`) know no pause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from portal.config import ClaimDelays
from portal.kernel.clock import paris_day
from portal.kernel.holidays import Span, end_of
from portal.kernel.periods import Month

AFTER_DONE = timedelta(days=30)
FIRST_ALARM, LAST_ALARM = 30, 50
# Law of 6 July 1989: art. 20-1 (decency: the commission may be seized after two months without an answer), art. 7 f
# (adaptation works asked by registered letter: two months of silence are an agreement).
LEGAL = ("decence", "travaux_adaptation")
STARTS_AGAIN = ("deposee", "rouverte")
NO_DEADLINE = ("attente_locataire", "intervention_realisee", "close", "refusee", "annulee")


@dataclass(frozen=True)
class Step:
    """A change of state."""

    at: datetime
    state: str


@dataclass(frozen=True)
class Slot:
    """The last visit of a claim: its state, who proposed it, when that was last changed, and its two instants."""

    state: str
    proposed_by: str
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime

    @property
    def waits_for_tenant(self) -> bool:
        """The Office proposed it and nobody has answered."""
        return self.state == "proposed" and self.proposed_by == "office"

    @property
    def waits_for_office(self) -> bool:
        """The tenant proposed it and nobody has answered."""
        return self.state == "proposed" and self.proposed_by == "tenant"


def due_at(
    *,
    nature: str,
    steps: Sequence[Step],
    delays: ClaimDelays,
    slot: Slot | None = None,
    planned_until: date | None = None,
) -> datetime | None:
    """Return until when the Office or its company has the turn, or None when no deadline runs.

    `steps` are the changes of state, oldest first; `slot` the visit still to come; `planned_until` the day an order
    without a visit is planned on. A visit that was proposed is an appointment: its own end is the limit.
    """
    state, since = steps[-1].state, steps[-1].at
    if state in NO_DEADLINE:
        return None
    if state == "deposee":
        return delays.delay("acknowledge").after(since)
    if state == "intervention_planifiee" and slot:
        if slot.waits_for_office:
            return min(delays.delay("resume").after(slot.changed_at), slot.starts_at)
        return slot.ends_at
    if state == "intervention_planifiee" and planned_until:
        return end_of(planned_until)
    name, began = _began(steps, nature)
    return delays.delay(name).after(began, pauses(steps))


def _began(steps: Sequence[Step], nature: str) -> tuple[str, datetime]:
    """Return which delay runs and since when: from the filing or the reopening, or from the end of what was planned."""
    ended = None
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if step.state in STARTS_AGAIN:
            began, ended = step.at, None
        elif step.state == "intervention_planifiee" and following:
            ended = following.at
    return ("resume", ended) if ended else (nature, began)


def pauses(steps: Sequence[Step]) -> list[Span]:
    """Return the spans during which the tenant was waited for."""
    return [(step.at, following.at) for step, following in pairwise(steps) if step.state == "attente_locataire"]


def legal_limit(*, nature: str, filed_at: datetime) -> date | None:
    """Return the day the law's two months end, for the natures it knows (law 89, art. 20-1 and 7 f)."""
    if nature not in LEGAL:
        return None
    filed = paris_day(filed_at)
    month = Month.of(filed).plus(2)
    return month.first_day.replace(day=min(filed.day, month.days))


def alarm(*, nature: str, filed_at: datetime, on: date) -> int:
    """Return 30 or 50 once that many days of the law's two months have passed, 0 before or for another nature."""
    if nature not in LEGAL:
        return 0
    days = (on - paris_day(filed_at)).days
    return LAST_ALARM if days >= LAST_ALARM else FIRST_ALARM if days >= FIRST_ALARM else 0


def may_contest_until(*, ended_at: datetime) -> datetime:
    """Return until when the tenant may say that it is not repaired: 30 days after it was said to be."""
    return ended_at + AFTER_DONE
