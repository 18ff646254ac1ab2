"""What the measures share: a folder, a clock, and offices of several sizes."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from babel.numbers import format_decimal

from bench.offices import Office
from portal.kernel.clock import Clock, SystemClock


@dataclass(frozen=True)
class Size:
    """How large an office is: its dwellings, and the months of its accounts."""

    dwellings: int
    months: int

    def __str__(self) -> str:
        """« 10 000 logements × 60 mois »."""
        return f"{format_decimal(self.dwellings, locale='fr')} logements × {self.months} mois"


@dataclass(frozen=True)
class Sizes:
    """The sizes that the budgets are for."""

    small: Size = Size(120, 24)  # the demonstration as `script/server` makes it
    large: Size = Size(10_000, 60)
    city: Size = Size(100_000, 12)
    imported: Size = Size(10_300, 1)  # a few dwellings are empty: 10 000 leases
    posted: Size = Size(10_300, 1)
    notices: Size = Size(1_150, 1)  # a thousand terms, à terme échu, in the only month


@dataclass(frozen=True)
class Bench:
    """Where the offices are kept, how large they are, and what day it is."""

    folder: Path
    sizes: Sizes = field(default_factory=Sizes)
    clock: Clock = field(default_factory=SystemClock)

    @cached_property
    def small(self) -> Office:
        """The demonstration of the usual size, which everything else is compared with."""
        return self.office(self.sizes.small)

    @cached_property
    def large(self) -> Office:
        """The large office, with years of accounts: made once, in minutes."""
        return self.office(self.sizes.large)

    @cached_property
    def city(self) -> Office:
        """The office of a whole city: made once, in half an hour."""
        return self.office(self.sizes.city)

    def office(self, size: Size) -> Office:
        """Return the office of a size, made if it is not there yet."""
        return Office.of_size(self.folder, size.dwellings, size.months, self.clock)

    def unlike(self, name: str) -> str:
        """Return what to add to a figure taken at another size than its budget's; nothing at that size."""
        meant = getattr(Sizes(), name)
        return "" if getattr(self.sizes, name) == meant else f" (budget : {meant})"
