"""What a month is made of: the rent lines in force, by days where the law counts days, and the day it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.kernel.periods import Month

BY_DAYS = ("loyer", "annexe", "sls", "troisieme_ligne", "assurance")  # and every charge
ONCE = ("depot_garantie", "regularisation_charges", "regularisation_eau", "rappel_apl", "reparations")
SOLIDARITY, BENEFIT_LINE, INSTALMENT = "rls", "apl", "echeance_plan"


@dataclass(frozen=True, slots=True)
class Line:
    """A rent line in force between two days; `cents` is a whole month of it."""

    nature: str
    label: str
    starts_on: date
    ends_on: date | None
    cents: int


@dataclass(frozen=True, slots=True)
class Stay:
    """When a lease begins and ends, and how its terms fall due."""

    starts_on: date
    ends_on: date | None
    term_mode: str
    due_day: int

    def days_in(self, month: Month) -> int:
        """How many days of a month the lease runs."""
        return days_between(self.starts_on, self.ends_on, month)


def days_between(starts_on: date, ends_on: date | None, month: Month) -> int:
    """Count the days of a month between two days, both included."""
    first = max(starts_on, month.first_day)
    last = min(ends_on or month.last_day, month.last_day)
    return max(0, (last - first).days + 1)


def due_on(stay: Stay, month: Month) -> date:
    """Say when a term is due: in the month after (à terme échu), or in the month itself (à échoir).

    A due day that the month does not have is its last day; nothing is due before the lease begins.
    """
    where = month if stay.term_mode == "in_advance" else month.plus(1)
    return max(where.first_day.replace(day=min(stay.due_day, where.days)), stay.starts_on)


def may_be_called(stay: Stay, month: Month, *, on: date) -> bool:
    """A term à échoir is called from the month before, a term à terme échu from its own month (CCH, art. R353-21)."""
    return on >= (month.plus(-1) if stay.term_mode == "in_advance" else month).first_day


def by_days(cents: int, days: int, month: Month) -> int:
    """Return the part of a month's sum for some of its days, rounded to the nearest cent, half away from zero.

    Rents are earned day by day (Code civil, art. 584 and 586) over the real days of the month; a tenant owes rent and
    charges for the time of the lease only. It is the one place where a sum is shared out by days.
    """
    part = (2 * abs(cents) * days + month.days) // (2 * month.days)
    return part if cents >= 0 else -part


def lines_of_month(lines: Iterable[Line], stay: Stay, month: Month) -> list[tuple[str, str, int]]:
    """Return what a month asks, as (nature, label, cents), in the order of the lines; nothing for nothing.

    Rent, supplements, insurance and charges count by days. RLS is never counted by days and not given in the month of
    entry (CAF), nor above the month's rent; a housing benefit is the one in force on the first day, whole. What comes
    once comes in the month it begins. An instalment is no part of a term: its plan asks for it already.
    """
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        if cents := _cents(line, stay, month):
            key = (line.nature, line.label)
            found[key] = found.get(key, 0) + cents
    if any(nature == SOLIDARITY for nature, _ in found):
        _keep_within_the_rent(found)
    return [(nature, label, cents) for (nature, label), cents in found.items() if cents]


def _cents(line: Line, stay: Stay, month: Month) -> int:
    if line.nature in ONCE:
        return line.cents if Month.of(line.starts_on) == month else 0
    if line.nature == INSTALMENT:
        return 0
    if line.nature in (SOLIDARITY, BENEFIT_LINE):
        entered = line.nature == SOLIDARITY and Month.of(stay.starts_on) == month
        begun = max(line.starts_on, stay.starts_on) <= month.first_day
        over = line.ends_on is not None and line.ends_on < month.first_day
        return 0 if entered or over or not begun else line.cents
    if line.nature in BY_DAYS or line.nature.startswith("charges:"):
        last = min(filter(None, (line.ends_on, stay.ends_on)), default=None)
        days = days_between(max(line.starts_on, stay.starts_on), last, month)
        return line.cents if days == month.days else by_days(line.cents, days, month)
    return line.cents if days_between(line.starts_on, line.ends_on, month) else 0


def _keep_within_the_rent(found: dict[tuple[str, str], int]) -> None:
    """RLS lowers the rent of the month: it cannot be more than that rent."""
    rent = sum(cents for (nature, _), cents in found.items() if nature == "loyer")
    for key in (each for each in found if each[0] == SOLIDARITY):
        found[key] = max(found[key], -rent)
        rent += found[key]
