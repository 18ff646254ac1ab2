"""« Pourquoi ce montant ? »: a month compared line by line with the one before, in sentences. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.domain.rents.changes import changes_between
from portal.domain.rents.labels import month_words
from portal.kernel.money import in_euros
from portal.kernel.periods import Month

# What comes in one month and is not expected in the next.
ONCE = ("regularisation_charges", "regularisation_eau", "rappel_apl", "depot_garantie", "reparations", "remise")
CORRECTION = "correction"
RENT = "loyer"
DEDUCTIONS = {
    "apl": "L’aide au logement (APL) versée à l’Office",
    "rls": "La réduction de loyer de solidarité (RLS)",
}


@dataclass(frozen=True)
class Told:
    """What one month asked, as (nature, label, cents), and how many of its days the lease covered."""

    month: Month
    lines: tuple[tuple[str, str, int], ...]
    days: int

    @property
    def total_cents(self) -> int:
        """What the month asked in all."""
        return sum(cents for _, _, cents in self.lines)

    @property
    def is_whole(self) -> bool:
        """Whether the lease covered the whole month."""
        return self.days == self.month.days


@dataclass(frozen=True)
class Reason:
    """One thing that changed: a sentence, and what it adds to the month in cents (negative when it takes away)."""

    sentence: str
    cents: int


@dataclass(frozen=True)
class Why:
    """Why a month asks what it asks: the month before, if any, and every reason; they add up to the difference."""

    now: Told
    before: Told | None
    reasons: tuple[Reason, ...]

    @property
    def difference_cents(self) -> int:
        """What the month asks more than the one before."""
        return self.now.total_cents - (self.before.total_cents if self.before else 0)

    @property
    def summary(self) -> str:
        """The answer in one sentence."""
        if self.before is None:
            return "C’est le premier mois demandé pour ce bail."
        then = month_words(self.before.month)
        if not self.difference_cents:
            return f"Le total est le même que celui {_of(then)}{', mais des lignes changent' if self.reasons else ''}."
        way = "de plus" if self.difference_cents > 0 else "de moins"
        return f"C’est {in_euros(abs(self.difference_cents))} {way} que le mois {_of(then)}."


def explain(now: Told, before: Told | None) -> Why:
    """Compare a month with the one before; a line is known by its nature and its label."""
    if before is None:
        return Why(now, None, tuple(_days(now, "Ce mois")))
    changes = changes_between(before.lines, now.lines)
    pairs = [((each.nature, each.label), each.before_cents or 0, each.after_cents or 0) for each in changes]
    changed = [(*key, was, cents) for key, was, cents in _renamed(pairs) if was != cents]
    notes = [*_days(now, "Ce mois"), *_days(before, f"Le mois {_of(month_words(before.month))}")]
    partial = not (now.is_whole and before.is_whole)
    return Why(now, before, (*notes, *(_reason(*each, partial=partial) for each in changed)))


def _days(told: Told, subject: str) -> Iterable[Reason]:
    """Say that only the days of the lease count, when it does not cover the month."""
    if not told.is_whole:
        yield Reason(
            f"{subject} compte {told.days} jours sur {told.month.days} : on paie le loyer et les charges "
            "pour les jours du bail seulement.",
            0,
        )


def _renamed(pairs: list[tuple[tuple[str, str], int, int]]) -> Iterable[tuple[tuple[str, str], int, int]]:
    """Join a line that went and the only one of its nature that came: it has only changed its name."""
    gone, come = [each for each in pairs if not each[2]], [each for each in pairs if not each[1]]
    matched = {}
    for key, was, _ in gone:
        same = [each for each in come if each[0][0] == key[0]]
        if len(same) == 1 and sum(each[0][0] == key[0] for each in gone) == 1:
            matched[key] = same[0][0]
            yield same[0][0], was, same[0][2]
    for key, was, cents in pairs:
        if key not in matched and key not in matched.values():
            yield key, was, cents


def _reason(nature: str, label: str, was: int, cents: int, *, partial: bool) -> Reason:
    """Say what became of one line; `partial` when one of the two months is not whole: then a rent is not revised."""
    if nature in ONCE:
        said = _once(label, was, cents)
    elif nature in DEDUCTIONS:
        said = _deduction(DEDUCTIONS[nature], was, cents)
    elif nature == CORRECTION:
        said = "Des sommes ont été rectifiées sur le compte."
    elif nature == RENT and was and cents:
        said = _changed("Le loyer principal", was, cents, " : il a été révisé" if not partial else "")
    else:
        said = _changed(f"La provision « {label} »" if nature.startswith("charges:") else f"« {label} »", was, cents)
    return Reason(said, cents - was)


def _changed(name: str, was: int, cents: int, why: str = "") -> str:
    """A line comes, goes, or changes."""
    if not was:
        return f"{name} s’ajoute : {in_euros(cents)}."
    if not cents:
        return f"{name} s’arrête ({in_euros(was)} le mois d’avant)."
    return f"{name} passe de {in_euros(was)} à {in_euros(cents)}{why}."


def _once(label: str, was: int, cents: int) -> str:
    """A sum that comes once: it comes, or it does not come again."""
    if cents:
        effect = f"vous devez {in_euros(cents)}" if cents > 0 else f"{in_euros(-cents)} en votre faveur"
        return f"« {label} » : {effect}, ce mois-ci seulement."
    return f"« {label} » ({in_euros(was)}) était pour le mois d’avant seulement."


def _deduction(name: str, was: int, cents: int) -> str:
    """A sum that lowers the month: it begins, it stops, it changes."""
    if not was:
        return f"{name} commence : {in_euros(-cents)} de moins à payer."
    if not cents:
        return f"{name} s’arrête : elle était de {in_euros(-was)}."
    return f"{name} passe de {in_euros(-was)} à {in_euros(-cents)}."


def _of(month: str) -> str:
    return f"d’{month}" if month[0] in "ao" else f"de {month}"
