"""Posting a month: the terms of all leases from their rent lines, previewed first, then written all at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import NotAllowedError
from portal.domain.people.models import Staff
from portal.domain.rents import policy
from portal.domain.rents.changes import Change, changes_between
from portal.domain.rents.errors import WrongMonthError
from portal.domain.rents.labels import monthly_label
from portal.domain.rents.terms import ONCE, Line, Stay, due_on, lines_of_month, may_be_called
from portal.kernel.clock import paris_day
from portal.kernel.periods import Month

KIND_OF_NATURE = {"apl": "housing_benefit", "rappel_apl": "benefit_recall", "depot_garantie": "security_deposit"}
KINDS = ("rent_call", *KIND_OF_NATURE.values())
OLDEST = 12  # months: an older one that was never posted is not posted by a slip of the hand
LEASES_A_STEP = 500
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Call:
    """The term of one lease, ready to be posted: its lines, and those of the month before."""

    lease_id: int
    number: str
    stay: Stay
    month: Month
    lines: list[tuple[str, str, int]]
    before: list[tuple[str, str, int]] | None = None

    @property
    def due_on(self) -> date:
        """The day it is due."""
        return due_on(self.stay, self.month)

    @property
    def days(self) -> int:
        """How many days of the month the lease runs."""
        return self.stay.days_in(self.month)

    @property
    def total_cents(self) -> int:
        """What is left to the tenant, net of the benefit."""
        return sum(cents for _, _, cents in self.lines)

    @property
    def changes(self) -> list[Change]:
        """What is not as in the month before, but for what came once; nothing for a first month, new as a whole."""
        changes = changes_between(self.before, self.lines) if self.before is not None else []
        return [change for change in changes if change.after_cents is not None or change.nature not in ONCE]

    @property
    def is_new(self) -> bool:
        """Whether the month before was not asked of this lease."""
        return self.before is None

    def entries(self) -> dict[str, int]:
        """The sum of each entry the term makes, by its kind; kinds that come to nothing make none."""
        sums = dict.fromkeys(KINDS, 0)
        for nature, _, cents in self.lines:
            sums[KIND_OF_NATURE.get(nature, "rent_call")] += cents
        return {kind: cents for kind, cents in sums.items() if cents}


@dataclass
class Preview:
    """What posting a month would do, or did: the calls, and the leases left alone with the reason."""

    month: Month
    calls: list[Call] = field(default_factory=list)
    posted: int = 0
    too_early: int = 0
    without_lines: list[str] = field(default_factory=list)

    @property
    def total_cents(self) -> int:
        """What is asked of the tenants, net of the benefits."""
        return sum(call.total_cents for call in self.calls)

    @property
    def benefit_cents(self) -> int:
        """What the CAF pays of it (positive)."""
        return -sum(cents for call in self.calls for nature, _, cents in call.lines if nature == "apl")

    @property
    def changed(self) -> list[Call]:
        """The leases whose month is not as the one before, or that are new, in the order of their numbers."""
        return [call for call in self.calls if call.is_new or call.changes]


def preview_month(*, month: Month, on: date) -> Preview:
    """Say what posting a month on a day would do. Raises WrongMonthError for a month too far away."""
    _check_month(month, on)
    preview = Preview(month)
    before = _lines_before(month)
    for call in _calls(preview, on):
        known = before.get(call.lease_id)
        preview.calls.append(Call(call.lease_id, call.number, call.stay, month, call.lines, known))
    return preview


def post_month(
    *, month: Month, at: datetime, staff: Staff | None = None, progress: Progress = lambda *_: None
) -> Preview:
    """Post a month for every lease that has rent lines, all in one transaction, and return what was posted.

    A lease whose month is posted already (from a file, or by a former run) is left alone: twice changes nothing.
    Raises WrongMonthError for a month too far away, NotAllowedError.
    """
    if staff and not policy.may_keep_accounts(staff):
        raise NotAllowedError
    on = paris_day(at)
    _check_month(month, on)
    with db.atomic():
        done = Preview(month)
        done.calls.extend(_counted(_calls(done, on), progress))
        _write(done.calls, month, on, at)
        if staff and done.calls:
            audit.note(act=audit.POSTED_MONTH, at=at, staff=staff, detail=str(month))
    return done


def _counted(calls: Iterator[Call], progress: Progress) -> Iterator[Call]:
    total = db.execute_sql("SELECT count(*) FROM lease").fetchone()[0]
    for done, call in enumerate(calls, start=1):
        if done % LEASES_A_STEP == 0:
            progress("Loyers", done, total)
        yield call


def _check_month(month: Month, on: date) -> None:
    this = Month.of(on)
    if not this.plus(-OLDEST) <= month <= this.plus(1):
        raise WrongMonthError("Ce mois est trop loin : on passe un mois de l’année écoulée, ou le mois prochain.")


def _calls(preview: Preview, on: date) -> Iterator[Call]:
    """The calls still to post, in the order of the leases; what is left alone is counted in the preview."""
    month, lines = preview.month, _rent_lines(preview.month)
    for lease_id, number, starts_on, ends_on, mode, day, posted in _leases(month):
        stay = Stay(date.fromisoformat(starts_on), ends_on and date.fromisoformat(ends_on), mode, day)
        if posted:
            preview.posted += 1
        elif not may_be_called(stay, month, on=on):
            preview.too_early += 1
        elif made := lines_of_month(lines.get(lease_id, ()), stay, month):
            yield Call(lease_id, number, stay, month, made)
        else:
            preview.without_lines.append(number)


def _leases(month: Month) -> list[tuple]:
    """The leases that run in a month, and whether the month is posted."""
    return db.execute_sql(
        """
        SELECT l.id, l.number, l.starts_on, l.ends_on, l.term_mode, l.due_day, t.id IS NOT NULL
        FROM lease AS l LEFT JOIN rent_term AS t ON t.lease_id = l.id AND t.month = ?
        WHERE l.starts_on <= ? AND (l.ends_on IS NULL OR l.ends_on >= ?) ORDER BY l.number
        """,
        (str(month), month.last_day.isoformat(), month.first_day.isoformat()),
    ).fetchall()


def _rent_lines(month: Month) -> dict[int, list[Line]]:
    """The rent lines in force on some day of a month, by lease, in the order they were written."""
    found: dict[int, list[Line]] = defaultdict(list)
    rows = db.execute_sql(
        """
        SELECT lease_id, nature, label, starts_on, ends_on, amount_cents FROM rent_line
        WHERE starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?) ORDER BY lease_id, id
        """,
        (month.last_day.isoformat(), month.first_day.isoformat()),
    )
    day = cache(date.fromisoformat)  # few days, of many lines
    for lease_id, nature, label, starts_on, ends_on, cents in rows:
        found[lease_id].append(Line(nature, label, day(starts_on), day(ends_on) if ends_on else None, cents))
    return found


def _lines_before(month: Month) -> dict[int, list[tuple[str, str, int]]]:
    """The lines of the month before, by lease."""
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    rows = db.execute_sql(
        """
        SELECT t.lease_id, l.nature, l.label, l.amount_cents FROM rent_term AS t JOIN term_line AS l ON l.term_id = t.id
        WHERE t.month = ? ORDER BY l.id
        """,
        (str(month.plus(-1)),),
    )
    for lease_id, *line in rows:
        found[lease_id].append(tuple(line))
    return found


def _write(calls: list[Call], month: Month, on: date, at: datetime) -> None:
    """Write the terms, their lines and their entries: three statements, whatever the number of leases."""
    connection, name, day = db.connection(), str(month), on.isoformat()
    first = 1 + (connection.execute("SELECT max(id) FROM rent_term").fetchone()[0] or 0)
    moment = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    labels = {kind: monthly_label(kind, month) for kind in KINDS}
    connection.executemany(
        "INSERT INTO rent_term (id, lease_id, month, issued_on, due_on) VALUES (?, ?, ?, ?, ?)",
        ((first + rank, call.lease_id, name, day, call.due_on.isoformat()) for rank, call in enumerate(calls)),
    )
    connection.executemany(
        "INSERT INTO term_line (term_id, nature, label, amount_cents) VALUES (?, ?, ?, ?)",
        ((first + rank, *line) for rank, call in enumerate(calls) for line in call.lines),
    )
    connection.executemany(
        """
        INSERT INTO ledger_entry
            (lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents, method, recorded_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?)
        """,
        (
            (call.lease_id, f"terme/{call.number}/{name}/{kind}", kind, day, day, name, labels[kind], cents, moment)
            for call in calls
            for kind, cents in call.entries().items()
        ),
    )
