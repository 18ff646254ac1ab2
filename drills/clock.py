"""The quick tests under a clock set to the days that break programs, and with both cores busy."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.figures import Figure
from drills.context import Drill, some
from drills.suite import Outcome, run_tests

DAYS = {
    "le 1er du mois (1er décembre 2026)": datetime(2026, 12, 1, 8, tzinfo=UTC),
    "le 29 février 2028": datetime(2028, 2, 29, 11, tzinfo=UTC),
    "le 31 décembre 2026 au soir": datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
    "la nuit du 28 mars 2027, avant l’heure qui manque": datetime(2027, 3, 28, 0, 58, tzinfo=UTC),
    "la nuit du 25 octobre 2026, à l’heure qui revient": datetime(2026, 10, 25, 0, 58, tzinfo=UTC),
}
LIBRARY = "faketime/libfaketime.so.1"
# Waiting is measured with the true clock: only the day is another.
TRUE_WAITING = {
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "PYTHONPATH": str(Path(__file__).with_name("another_day")),
}
QUICK = ("tests", "--ignore=tests/journeys")


def any_day(drill: Drill) -> list[Figure]:
    """No test depends on the day, on the order (drawn by the seed) or on how busy the machine is."""
    folder, library, found = drill.fresh("horloge"), _library(), {}
    if not library:
        return [
            Figure("Tests sous une autre date : pas faits", len(DAYS), 0, "paquet Debian « faketime » absent", unit="")
        ]
    for number, (day, at) in enumerate(islice(DAYS.items(), drill.times(len(DAYS)))):
        found[day] = run_tests(folder / f"{number}.xml", *QUICK, *_order(drill, number), **clock_at(library, at))
    with busy_cores():
        found["les deux cœurs occupés"] = run_tests(folder / "busy.xml", *QUICK, *_order(drill, len(DAYS)))
    return [_figure(when, outcome) for when, outcome in found.items()]


def clock_at(library: Path, at: datetime) -> dict[str, str]:
    """Return the environment of processes for which it is now that instant; their clock is one, and goes on."""
    ahead = at.timestamp() - time.time()  # a day by its name would begin again with each process
    return {"LD_PRELOAD": str(library), "FAKETIME": f"{ahead:+.0f}s", "TZ": "UTC", **TRUE_WAITING}


def _order(drill: Drill, number: int) -> tuple[str, ...]:
    return (f"--randomly-seed={(drill.seed + number) % 2**32}",)


def _figure(when: str, outcome: Outcome) -> Figure:
    ran = some(outcome.failed) or f"{outcome.ran} tests, dans un ordre tiré au sort"
    return Figure(f"Tests en échec, {when}", len(outcome.failed), 0, ran, unit="")


def _library() -> Path | None:
    """Return the library that sets the clock of a process, if Debian's package `faketime` is there."""
    return next(Path("/usr/lib").glob(f"*/{LIBRARY}"), None)


@contextmanager
def busy_cores() -> Iterator[None]:
    """Keep every core busy meanwhile."""
    command = ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-c", "while True: pass"]
    loops = [subprocess.Popen(command) for _ in range(os.cpu_count() or 2)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
