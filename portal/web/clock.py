"""The time, as the views ask it: the application's clock, never the machine's."""

from datetime import date, datetime

from portal.kernel.clock import paris_day
from portal.web.application import the_portal


def now() -> datetime:
    """Return the present instant, in UTC."""
    return the_portal().clock.now()


def today() -> date:
    """Return the day it is in France."""
    return paris_day(now())
