"""The time of day comes from outside: a clock is given to the application, and tests give a stopped one."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, in UTC, to the second as the database keeps it."""
        return datetime.now(UTC).replace(microsecond=0)


class FixedClock:
    """A clock that only moves when told to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self.at


def paris_day(at: datetime) -> date:
    """Return the day it is in France at an instant."""
    return at.astimezone(PARIS).date()
