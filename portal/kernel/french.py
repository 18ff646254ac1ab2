"""Days and times as they are said in French; the spaces inside are no-break ones."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date

from portal.kernel.clock import PARIS

NBSP = "\u00a0"
SAID = 4096  # days and months whose words are kept: a page says the same few again and again


@lru_cache(SAID)
def long_day(day: date) -> str:
    """« mardi 2 juillet 2026 »; the first of a month is « 1er »."""
    number = "1er" if day.day == 1 else str(day.day)
    weekday, rest = format_date(day, "EEEE", locale="fr"), format_date(day, "MMMM y", locale="fr")
    return f"{weekday} {number}{NBSP}{rest}"


def hour(moment: time) -> str:
    """« 8 h », « 14 h 05 »."""
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02d}" if moment.minute else "")


def slot(day: date, starts: str, ends: str) -> str:
    """« mardi 2 juillet 2026, entre 8 h et 10 h », from « 08:00 » and « 10:00 »."""
    first, last = (hour(time.fromisoformat(each)) for each in (starts, ends))
    return f"{long_day(day)}, entre {first} et {last}"


def limit(at: datetime) -> str:
    """« mardi 2 juillet 2026 » for the end of a day, « mardi 2 juillet 2026 à 14 h 05 » for another instant."""
    local = at.astimezone(PARIS)
    day = long_day(local.date())
    return day if (local.hour, local.minute) == (23, 59) else f"{day} à {hour(local.time())}"
