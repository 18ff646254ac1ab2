"""What the exercises share: a folder, a seed, and how many times to try."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Drill:
    """Where an exercise may write, what draws its chances, and how often it tries when the caller said so."""

    folder: Path
    seed: int
    rounds: int | None = None

    def times(self, usual: int) -> int:
        """Return how many times to try: what the caller asked for, or the exercise's own number."""
        return self.rounds or usual

    def chance(self) -> Random:
        """Return a fresh source of chance: the same seed, the same exercise."""
        return Random(self.seed)

    def fresh(self, name: str) -> Path:
        """Return an empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


def some(found: list[str], most: int = 3) -> str:
    """Return the first of what was found, to say behind a figure."""
    left = f" (+ {len(found) - most})" if len(found) > most else ""
    return " ; ".join(found[:most]) + left
