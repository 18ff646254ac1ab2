"""What changed between two months of a lease, line by line, in plain sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.kernel.money import in_euros


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is new, gone, or of another amount. A sum is None in the month that does not have the line."""

    nature: str
    label: str
    before_cents: int | None
    after_cents: int | None

    @property
    def difference_cents(self) -> int:
        """What the change adds to what is asked."""
        return (self.after_cents or 0) - (self.before_cents or 0)

    @property
    def sentence(self) -> str:
        """« Loyer principal : 407,55 € au lieu de 400,00 € »."""
        before, after = in_euros(self.before_cents or 0), in_euros(self.after_cents or 0)
        if self.before_cents is None:
            return f"{self.label}\u00a0: {after}, nouvelle ligne"
        if self.after_cents is None:
            return f"{self.label}\u00a0: n’y est plus ({before} le mois d’avant)"
        return f"{self.label}\u00a0: {after} au lieu de {before}"


def changes_between(before: Iterable[tuple[str, str, int]], after: Iterable[tuple[str, str, int]]) -> list[Change]:
    """Compare the lines of two months, each (nature, label, cents): what is new or other first, then what is gone."""
    old = {(nature, label): cents for nature, label, cents in before}
    new = {(nature, label): cents for nature, label, cents in after}
    kept = [Change(*key, old.get(key), cents) for key, cents in new.items() if old.get(key) != cents]
    return kept + [Change(*key, cents, None) for key, cents in old.items() if key not in new]
