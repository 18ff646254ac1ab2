"""The time, as the views ask it: the application's clock, never the machine's."""

from datetime import date, datetime

from flask import current_app

from portal.kernel.clock import paris_day


def now() -> datetime:
    """Return the present instant, in UTC."""
    return current_app.clock.now()


def today() -> date:
    """Return the day it is in France."""
    return paris_day(now())
