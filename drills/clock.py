"""The quick tests under a clock set to the days that break programs, and with both cores busy."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bench.figures import Figure
from drills.context import Drill, some
from drills.suite import Outcome, run_tests

# As the clocks of France show them: the tests' clock is set in UTC.
DAYS = {
    "le 1er du mois (1er décembre 2026)": "2026-12-01 08:00:00",
    "le 29 février 2028": "2028-02-29 11:00:00",
    "le 31 décembre 2026 au soir": "2026-12-31 22:30:00",
    "la nuit du 28 mars 2027, avant l’heure qui manque": "2027-03-28 00:58:00",
    "la nuit du 25 octobre 2026, à l’heure qui revient": "2026-10-25 00:58:00",
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
        clock = {"LD_PRELOAD": str(library), "FAKETIME": f"@{at}", "TZ": "UTC", **TRUE_WAITING}
        found[day] = run_tests(folder / f"{number}.xml", *QUICK, *_order(drill, number), **clock)
    with busy_cores():
        found["les deux cœurs occupés"] = run_tests(folder / "busy.xml", *QUICK, *_order(drill, len(DAYS)))
    return [_figure(when, outcome) for when, outcome in found.items()]


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
