"""Run the tests in a process of their own, and read what failed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass(frozen=True)
class Outcome:
    """How many tests ran, and those that failed."""

    ran: int
    failed: list[str]


def run_tests(report: Path, *options: str, **environment: str) -> Outcome:
    """Run the quick tests with pytest's options, in an environment; raise SystemExit when none ran."""
    command = [sys.executable, "-m", "pytest", "-q", "--numprocesses", str(WORKERS), f"--junit-xml={report}"]
    subprocess.run(
        ["setpriv", "--pdeathsig", "TERM", "--", *command, "-p", "no:cacheprovider", *options],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=report.with_suffix(".log").open("wb"),
        check=False,
    )
    if not report.exists():
        raise SystemExit(f"Les tests n’ont pas pu être lancés : voyez {report.with_suffix('.log')}.")
    cases = ET.parse(report).findall(".//testcase")
    failed = [f"{case.get('classname')}.{case.get('name')}" for case in cases if _fails(case)]
    return Outcome(len(cases), failed)


def _fails(case: ET.Element) -> bool:
    return case.find("failure") is not None or case.find("error") is not None
