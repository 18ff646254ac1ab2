"""What the measures share: a folder, the small office and the large one."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.offices import Office

SMALL = (120, 24)


@dataclass(frozen=True)
class Bench:
    """Where the offices are kept, and how large the large one is: dwellings and months."""

    folder: Path
    large_wish: tuple[int, int]

    @cached_property
    def small(self) -> Office:
        """The demonstration as `script/server` makes it."""
        return Office.of_size(self.folder, *SMALL)

    @cached_property
    def large(self) -> Office:
        """The large office: made once, in minutes."""
        return Office.of_size(self.folder, *self.large_wish)

    @property
    def small_size(self) -> str:
        """« 120 logements × 24 mois »."""
        return "{} logements × {} mois".format(*SMALL)

    @property
    def large_size(self) -> str:
        """« 10000 logements × 60 mois »."""
        return "{} logements × {} mois".format(*self.large_wish)
