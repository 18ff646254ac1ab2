"""A measured figure beside its budget, and how two things are measured side by side."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from babel.numbers import format_decimal

ROUNDS = 7
RATIO, KILOBYTES, SECONDS, FILES = "×", "ko", "s", "fichiers"
PATTERNS = {RATIO: "0.00", KILOBYTES: "0.0", SECONDS: "0.00", FILES: "0"}  # any other unit is counted, whole


@dataclass(frozen=True)
class Figure:
    """What was measured, its budget, and the two figures behind a ratio, in words."""

    what: str
    measured: float
    budget: float
    behind: str
    at_least: bool = False
    unit: str = RATIO

    @property
    def holds(self) -> bool:
        """Whether the budget is kept."""
        return self.measured >= self.budget if self.at_least else self.measured <= self.budget

    def row(self) -> tuple[str, ...]:
        """Return the cells of this figure's line."""
        measured = format_decimal(self.measured, format=PATTERNS.get(self.unit, "0"), locale="fr")
        budget = format_decimal(self.budget, format="0.##", locale="fr")
        sign = "≥" if self.at_least else "≤"
        return (
            "✓" if self.holds else "✗",
            self.what,
            f"{measured} {self.unit}",
            f"{sign} {budget} {self.unit}",
            self.behind,
        )


def side_by_side(one: Callable[[], float], other: Callable[[], float], rounds: int = 0) -> tuple[float, ...]:
    """Measure two things in turn; return the median of their ratios (one over other) and each one's own median.

    In turn, because a machine that slows down for a while must slow both; as many rounds as usual if none is said.
    """
    pairs = [(one(), other()) if turn % 2 else (other(), one())[::-1] for turn in range(rounds or ROUNDS)]
    ones, others = zip(*pairs, strict=True)
    return median(first / second for first, second in pairs), median(ones), median(others)


def seconds(task: Callable[[], object]) -> float:
    """Return how long a task takes."""
    began_at = time.perf_counter()
    task()
    return time.perf_counter() - began_at


def in_ms(lasted: float) -> str:
    """« 12,3 ms », from seconds."""
    return f"{format_decimal(lasted * 1000, format='#,##0.0', locale='fr')} ms"


def in_seconds(lasted: float) -> str:
    """« 3,6 s »."""
    return f"{format_decimal(lasted, format='0.0', locale='fr')} s"


def per_second(rate: float) -> str:
    """« 812 req/s »."""
    return f"{format_decimal(rate, format='#,##0', locale='fr')} req/s"


def counted(number: int) -> str:
    """« 10 000 »."""
    return format_decimal(number, locale="fr")
