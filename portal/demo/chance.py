"""Chance that always falls the same way: every draw hangs on the seed and on what it is drawn for."""

import csv
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

Drawn = TypeVar("Drawn")
FACTS = Path(__file__).parent


class Chance:
    """The draws of one office. The same seed gives the same office, whatever else is drawn before."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def stream(self, *purpose: object) -> random.Random:
        """Return the draws for one purpose, independent of all the others."""
        return random.Random(f"{self.seed}/{purpose}")

    def ranks(self, purpose: str, count: int) -> list[float]:
        """Deal `count` evenly spread shares of [0, 1), shuffled: exactly x of them lie below x, few as they be."""
        shares = [(index + 0.5) / count for index in range(count)]
        self.stream(purpose).shuffle(shares)
        return shares


def pick(draws: random.Random, weighted: Mapping[Drawn, float]) -> Drawn:
    """Draw one key of a table of weights."""
    return draws.choices(list(weighted), list(weighted.values()))[0]


@cache
def facts(name: str) -> tuple[dict[str, str], ...]:
    """Read one of the small files of facts beside this module."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))
