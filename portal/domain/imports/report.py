"""What an import found and did, as it is told to the Office."""

from dataclasses import dataclass, field
from datetime import date

from portal.kernel.french import long_day
from portal.kernel.money import in_euros

SHOWN_FAULTS = 200
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file: where, what was read, what was expected."""

    file: str
    line: int
    column: str
    read: str
    expected: str

    @property
    def sentence(self) -> str:
        """The fault in one French sentence."""
        where = [
            self.file,
            f"ligne {self.line}" if self.line else "",
            f"colonne « {self.column} »" if self.column else "",
        ]
        quoted = self.read if len(self.read) <= LONGEST_QUOTE else f"{self.read[:LONGEST_QUOTE]}…"
        read = f"lu « {quoted} », " if quoted else ("cellule vide, " if self.column and self.line else "")
        return f"{', '.join(part for part in where if part)} : {read}attendu {self.expected}."


@dataclass(frozen=True)
class Twin:
    """A payment of a file, in cents, so like one on the account already that it may be the same."""

    file: str
    line: int
    lease: str
    amount_cents: int
    label: str
    value_on: date

    @property
    def sentence(self) -> str:
        """What there is to look at, in one French sentence."""
        return (
            f"{self.file}, ligne {self.line} : {in_euros(self.amount_cents)} pour le bail {self.lease}, "
            f"comme un règlement déjà au compte ({self.label}, {long_day(self.value_on)})."
        )


@dataclass
class Counts:
    """How many lines of one file were new, changed, or already there as they are."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class Report:
    """The outcome of one import. With a single fault nothing was written; a dry run never writes.

    Twins are taken in: only a person can tell whether a payment is another's double.
    """

    dry_run: bool = False
    counts: dict[str, Counts] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    twins: list[Twin] = field(default_factory=list)
    twin_count: int = 0

    def add(self, fault: Fault) -> None:
        """Count a fault; the first ones are kept to be shown."""
        self.fault_count += 1
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append(fault)

    def doubt(self, twin: Twin) -> None:
        """Count a payment to look at; the first ones are kept to be shown."""
        self.twin_count += 1
        if len(self.twins) < SHOWN_FAULTS:
            self.twins.append(twin)

    @property
    def refused(self) -> bool:
        """Whether the files were refused."""
        return self.fault_count > 0

    @property
    def changes(self) -> int:
        """How many lines were created or updated."""
        return sum(each.created + each.updated for each in self.counts.values())
