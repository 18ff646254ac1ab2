"""« À qui de jouer »: who must act, since when, before when, on what basis, and what one may do if the date passes.

Pure: from the facts of a réclamation and an instant. `situation` says where things are; the words of each situation
stand in turn_words.py.
"""

from dataclasses import dataclass
from datetime import date, datetime

from portal.domain.claims import deadlines
from portal.domain.claims.deadlines import Slot
from portal.domain.claims.turn_words import (
    BASES,
    CALL,
    HOLDERS,
    LATE,
    LAW,
    LAW_AT_THE_OFFICE,
    LAW_PASSED,
    LAW_PASSED_AT_THE_OFFICE,
    SITUATIONS,
)
from portal.kernel.french import limit, long_day
from portal.kernel.holidays import end_of

LOGE, OFFICE, COMPANY, YOU, NOBODY = "loge", "office", "company", "you", "nobody"
THEIRS = (LOGE, OFFICE, COMPANY)
ENDED = ("missed", "kept", "cancelled")  # a visit that ended brings the claim back under way: that is its news


@dataclass(frozen=True)
class Facts:
    """What the turn depends on. `ended_at`: when it was said to be done; `slot`: the last visit, if any.

    `by_company`: a company comes, not the loge itself.
    """

    state: str
    nature: str
    service: str
    filed_at: datetime
    since_at: datetime
    due_at: datetime | None = None
    ended_at: datetime | None = None
    slot: Slot | None = None
    by_company: bool = True


@dataclass(frozen=True)
class Turn:
    """The answer, as both sides read it. `before` is None when no deadline runs; the law is said to each side."""

    situation: str
    holder: str
    since: datetime
    before: datetime | None
    basis: str
    late: bool
    sentence: str
    task: str
    remedy: str
    law: str = ""
    law_at_the_office: str = ""

    @property
    def tone(self) -> str:
        """The tone of the panel: late, theirs, yours, nobody's."""
        if self.late:
            return "alert"
        return {YOU: "info", NOBODY: "done"}.get(self.holder, "wait")

    @property
    def basis_words(self) -> str:
        """On what the date rests."""
        return BASES.get(self.basis, "")


def situation(facts: Facts, at: datetime) -> str:
    """Return where things are at an instant: one of the keys of SITUATIONS."""
    if facts.state == "intervention_planifiee":
        return _planned(facts, at)
    slot = facts.slot
    if facts.state == "en_cours" and slot and slot.changed_at == facts.since_at and slot.state in ENDED:
        return slot.state
    if facts.state in ("intervention_realisee", "close"):
        return facts.state if at <= contest_limit(facts) else f"{facts.state}_final"
    return facts.state


def whose_turn(facts: Facts, at: datetime) -> Turn:
    """Return whose turn it is at an instant. The same facts at the same instant always give the same answer."""
    where = situation(facts, at)
    holder, task, remedy, basis = SITUATIONS[where]
    if holder == "service" or (holder == COMPANY and not facts.by_company):
        holder = LOGE if facts.service == "loge" else OFFICE
    before = _before(facts, where)
    late = holder in THEIRS and before is not None and at > before
    lawful, law, law_at_the_office = _law(facts, at, holder)
    return Turn(
        situation=where,
        holder=holder,
        since=facts.slot.ends_at if facts.slot and where in ("agreed_over", "proposed_over") else facts.since_at,
        before=end_of(lawful) if lawful else before,
        basis="law" if lawful else basis,
        late=late or bool(lawful),
        sentence=HOLDERS[holder] if holder != NOBODY else task,
        task="" if holder == NOBODY else task,
        remedy=LATE if late and remedy == CALL else remedy.format(limit=limit(contest_limit(facts))),
        law=law,
        law_at_the_office=law_at_the_office,
    )


def contest_limit(facts: Facts) -> datetime:
    """Return until when the tenant may say that it is not repaired."""
    return deadlines.may_contest_until(ended_at=facts.ended_at or facts.since_at)


def _planned(facts: Facts, at: datetime) -> str:
    slot = facts.slot
    if slot is None or slot.state not in ("proposed", "agreed"):
        return "ordered"
    if slot.waits_for_office:
        return "other_time"
    over = at >= slot.ends_at
    if slot.state == "agreed":
        return "agreed_over" if over else "agreed"
    return "proposed_over" if over else "proposed"


def _before(facts: Facts, where: str) -> datetime | None:
    if where == "proposed" and facts.slot:
        return facts.slot.starts_at
    if where == "intervention_realisee":
        return contest_limit(facts)
    return None if SITUATIONS[where][0] in (YOU, NOBODY) else facts.due_at


def _law(facts: Facts, at: datetime, holder: str) -> tuple[date | None, str, str]:
    """Return the day of the law once passed while the Office has the turn, and what the law says, to each side."""
    day = deadlines.legal_limit(nature=facts.nature, filed_at=facts.filed_at)
    if day is None or holder == NOBODY:
        return None, "", ""
    passed = at > end_of(day) and holder in THEIRS
    both = (LAW_PASSED, LAW_PASSED_AT_THE_OFFICE) if passed else (LAW, LAW_AT_THE_OFFICE)
    said, said_at_the_office = (words[facts.nature].format(day=long_day(day)) for words in both)
    return day if passed else None, said, said_at_the_office
