"""Calendar months: the terms of a rent."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

CENTURY = 1200  # months, read once each: an account names the same few again and again
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year, written « 2026-06 »; a rent term is named by its month."""

    year: int
    number: int

    @classmethod
    @lru_cache(CENTURY)
    def parse(cls, text: str) -> "Month":
        """Read « 2026-06 ». Raises ValueError for anything else."""
        match = MONTH.fullmatch(text)
        if not match or match[1] == "0000":
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month a day belongs to."""
        return cls(day.year, day.month)

    @cached_property
    def text(self) -> str:
        """The month as files and the database write it: 2026-06."""
        return f"{self.year:04d}-{self.number:02d}"

    def __str__(self) -> str:
        return self.text

    def plus(self, months: int) -> "Month":
        """Return the month so many months later (earlier when negative)."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def days(self) -> int:
        """How many days the month has."""
        return (self.last_day - self.first_day + timedelta(days=1)).days
