"""The figures as a table for a terminal: two columns of words, folded, beside two of numbers."""

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from bench.figures import Figure

COLUMNS = 120
HEADINGS = ("", "Ce qui est mesuré", "Mesuré", "Budget", "Derrière ce chiffre")
GAP = 2
WHAT, BEHIND = 1, 4  # the columns of words


def table(figures: list[Figure]) -> Iterator[str]:
    """Yield the lines of a table of so many columns at most."""
    rows = [HEADINGS, *(figure.row() for figure in figures)]
    widths = [max(len(row[rank]) for row in rows) for rank in range(len(HEADINGS))]
    left = COLUMNS - GAP * (len(HEADINGS) - 1) - sum(widths) + widths[WHAT] + widths[BEHIND]
    widths[WHAT] = min(widths[WHAT], left // 2)
    widths[BEHIND] = left - widths[WHAT]
    for row in rows:
        yield from _folded(row, widths)


def _folded(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    """Yield the lines of one row: numbers stand to the right of their column, on the first."""
    cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        aligned = (
            f"{cell:{'<' if rank in (0, WHAT, BEHIND) else '>'}{widths[rank]}}" for rank, cell in enumerate(line)
        )
        yield (" " * GAP).join(aligned).rstrip()
