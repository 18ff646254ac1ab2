"""The rules of docs/decisions/0070 written a second time, as plainly as possible: a witness for the replay.

An account without a plan. Nothing is shared with portal/domain/rents but the entries and the months; what is paid is a
pile of notes « this entry brought so many cents to this debt », the latest on top.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from portal.domain.rents.allocation import Posting
from portal.kernel.periods import Month

OF_A_MONTH = ("rent_call", "security_deposit", "benefit_recall", "remission")


@dataclass
class Note:
    """So many cents of an entry, on a debt or waiting."""

    entry: Posting
    cents: int
    debt: str = ""


@dataclass
class Witness:
    """What is asked under each name (a month, or the key of a debt apart), and the piles of notes."""

    due_days: dict[Month, date]
    asked: dict[str, int] = field(default_factory=dict)
    due: dict[str, tuple] = field(default_factory=dict)
    brought: list[Note] = field(default_factory=list)
    waiting: list[Note] = field(default_factory=list)
    passed_on: dict[str, int] = field(default_factory=dict)  # what a month in the tenant's favour gave to the others

    def play(self, entries: list[Posting]) -> "Witness":
        """Take the entries in, by their days; return this."""
        known = {entry.id: entry for entry in entries}
        for entry in sorted(entries, key=lambda entry: when(entry, known.get(entry.reverses_id))):
            undone = known.get(entry.reverses_id)
            if undone:
                self.undo(entry, undone)
            elif is_asked(entry):
                self.ask(entry, self.name(entry))
                if entry.kind == "refund":
                    self.pay(lambda _: [self.name(entry)])  # noqa: B023 (called at once)
            else:
                self.waiting.append(Note(entry, -entry.amount_cents))
            self.pay(self.payable)
        return self

    def name(self, entry: Posting) -> str:
        """Name the debt an entry makes or changes, and note when it is due."""
        if entry.kind in OF_A_MONTH:
            month = entry.month or Month.of(entry.value_on)
            self.due.setdefault(str(month), (self.due_days.get(month, entry.value_on), str(month), ""))
            return str(month)
        self.due.setdefault(entry.key, (entry.due_on or entry.value_on, "", entry.key))
        return entry.key

    def rest(self, debt: str) -> int:
        """What is left to pay of a debt."""
        paid = sum(note.cents for note in self.brought if note.debt == debt)
        return self.asked.get(debt, 0) + self.passed_on.get(debt, 0) - paid

    def ask(self, entry: Posting, debt: str) -> None:
        """Ask more or less; what is paid beyond that leaves the debt, the latest first, then what the entry gives."""
        self.asked[debt] = self.asked.get(debt, 0) + entry.amount_cents
        for note in [note for note in reversed(self.brought) if note.debt == debt]:
            over = min(note.cents, max(0, -self.rest(debt)))
            note.cents -= over
            self.waiting += [Note(note.entry, over)] if over else []
        if (over := -self.rest(debt)) > 0:
            self.passed_on[debt] = self.passed_on.get(debt, 0) + over
            self.waiting.append(Note(entry, over))

    def undo(self, entry: Posting, undone: Posting) -> None:
        """Take back all that an entry had brought; if it asked for something, it asks no more."""
        taken = sum(note.cents for note in [*self.brought, *self.waiting] if note.entry is undone)
        self.brought = [note for note in self.brought if note.entry is not undone]
        self.waiting = [note for note in self.waiting if note.entry is not undone]
        if is_asked(undone):
            debt = self.name(undone)
            self.passed_on[debt] = self.passed_on.get(debt, 0) - taken
            self.ask(entry, debt)

    def pay(self, payable) -> None:
        """Let what waits, in the order it came, pay what it may."""
        for note in self.waiting:
            for debt in payable(note.entry):
                cents = min(note.cents, max(0, self.rest(debt)))
                note.cents -= cents
                self.brought += [Note(note.entry, cents, debt)] if cents else []
        self.waiting = [note for note in self.waiting if note.cents]

    def payable(self, entry: Posting) -> Iterator[str]:
        """Name the debts an entry may pay, the first one first."""
        first_due = sorted(self.asked, key=lambda debt: self.due[debt])
        chosen = () if entry.kind in OF_A_MONTH else entry.choices or ((entry.month,) if entry.month else ())
        months = [str(month) for month in chosen]
        if entry.kind == "housing_benefit":
            own = str(entry.month or Month.of(entry.value_on))
            if own in self.asked:
                yield own
                yield from (debt for debt in first_due if self.due[debt][1] > own)
            return
        yield from (month for month in months if month in self.asked)
        if all(month in self.asked for month in months):
            yield from first_due

    @property
    def shares(self) -> dict[tuple[str, str], int]:
        """What each entry brought, by entry and debt."""
        return added({(note.entry.key, note.debt): note.cents} for note in self.brought)

    @property
    def held(self) -> dict[str, int]:
        """What waits, by entry."""
        return added({note.entry.key: note.cents} for note in self.waiting)

    @property
    def rests(self) -> dict[str, int]:
        """What is left to pay of each debt."""
        return {debt: self.rest(debt) for debt in self.due}


def added(sums: Iterable[dict]) -> dict:
    """Add up sums of the same name; leave out what comes to nothing."""
    found = Counter()
    for each in sums:
        found.update(each)
    return {name: cents for name, cents in found.items() if cents}


def is_asked(entry: Posting) -> bool:
    """Say whether an entry asks for something (or for less), rather than pays."""
    return entry.amount_cents > 0 or entry.kind in OF_A_MONTH


def when(entry: Posting, undone: Posting | None) -> tuple:
    """Say in what order entries count: by day; on a day, asked, benefit, chosen, received, given back, undone."""
    if undone:
        turn = 5
    elif entry.kind == "refund":
        turn = 4
    elif is_asked(entry):
        turn = 0
    else:
        turn = 1 if entry.kind == "housing_benefit" else 2 if entry.choices or entry.month else 3
    day = max(entry.value_on, undone.value_on) if undone else entry.value_on
    return day, turn, str(entry.month or ""), -entry.amount_cents, entry.key
