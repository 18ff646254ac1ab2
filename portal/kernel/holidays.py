"""Working days in France, and delays counted in hours or in working days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from portal.kernel.clock import PARIS

FRIDAY = 4
LAST_SECOND = time(23, 59, 59)
DELAY = re.compile(r"([1-9]\d{0,2}) ?([hj])")
Span = tuple[datetime, datetime]


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_holiday(day: date) -> bool:
    """Say whether a day is a public holiday in mainland France."""
    return day in _holidays(day.year)


def is_day_off(day: date) -> bool:
    """Say whether nobody works in a tenant's home without consent: Saturday, Sunday, holiday (law 89, art. 7 e)."""
    return day.weekday() > FRIDAY or is_holiday(day)


def end_of(day: date) -> datetime:
    """Return the last second of a day in France."""
    return datetime.combine(day, LAST_SECOND, PARIS)


@dataclass(frozen=True)
class Delay:
    """So many hours, which never stop, or so many working days, which end at midnight."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Delay":
        """Read « 4 h » (hours) or « 5 j » (working days). Raises ValueError for anything else."""
        match = DELAY.fullmatch(text.replace("\u00a0", " ").strip())
        if not match:
            raise ValueError(text)
        return cls(int(match[1]), match[2])

    def after(self, start: datetime, paused: Sequence[Span] = ()) -> datetime:
        """Return the instant the delay ends; time when the turn was somebody else's (`paused`) does not count.

        Hours are put back by as much; a working day counts only when none of it was paused. The first day counted is
        the one after the start.
        """
        spans = [(max(begins, start), ends) for begins, ends in paused if ends > start]
        if self.unit == "h":
            return start + timedelta(hours=self.count) + sum((ends - begins for begins, ends in spans), timedelta())
        day = start.astimezone(PARIS).date()
        left = self.count
        while left:
            day += timedelta(days=1)
            left -= not is_day_off(day) and not any(_covers(span, day) for span in spans)
        return end_of(day)


def _covers(span: Span, day: date) -> bool:
    begins, ends = (edge.astimezone(PARIS).date() for edge in span)
    return begins <= day <= ends
