"""The bench's clock: the machine's, unless another day is tried; its servers then live on that day too."""

import os
from datetime import UTC, datetime

from portal.kernel.clock import PARIS, Clock, FixedClock, SystemClock

AS_OF = "BENCH_AS_OF"


def stopped(at: datetime) -> FixedClock:
    """Return a clock that stands at an instant; without a time zone, it is France's."""
    return FixedClock((at if at.tzinfo else at.replace(tzinfo=PARIS)).astimezone(UTC))


def told_to_servers(clock: Clock) -> dict[str, str]:
    """Return what a server is started with, to live at the same hour."""
    return {AS_OF: clock.at.isoformat() if isinstance(clock, FixedClock) else ""}


def of_the_server() -> Clock:
    """Return the clock that the bench told this server to live by."""
    told = os.environ.get(AS_OF)
    return stopped(datetime.fromisoformat(told)) if told else SystemClock()
