"""Every property of the tests on thousands of drawn examples: accounts, claims, payments, imports, days."""

from bench.figures import Figure
from drills.context import Drill, some
from drills.suite import run_tests

EXAMPLES = 3_000


def properties(drill: Drill) -> list[Figure]:
    """Histories of accounts against their independent replay, and every other property that hypothesis can draw."""
    examples = drill.times(EXAMPLES)
    outcome = run_tests(
        drill.fresh("histoires") / "report.xml",
        *("tests", "--ignore=tests/journeys", "-m", "hypothesis", "-p", "drills.examples"),
        *("--examples", str(examples), f"--hypothesis-seed={drill.seed}"),
    )
    tried = f"{examples} exemples de chacune des {outcome.ran} propriétés"
    return [
        Figure(
            "Histoires tirées au sort : propriétés démenties",
            len(outcome.failed),
            0,
            some(outcome.failed) or tried,
            unit="",
        )
    ]
