"""What an import found and did, as it is told to the Office."""

from dataclasses import dataclass, field

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


@dataclass
class Counts:
    """How many lines of one file were new, changed, or already there as they are."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class Report:
    """The outcome of one import. With a single fault nothing was written; a dry run never writes."""

    dry_run: bool = False
    counts: dict[str, Counts] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    def add(self, fault: Fault) -> None:
        """Count a fault; the first ones are kept to be shown."""
        self.fault_count += 1
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append(fault)

    @property
    def refused(self) -> bool:
        """Whether the files were refused."""
        return self.fault_count > 0

    @property
    def changes(self) -> int:
        """How many lines were created or updated."""
        return sum(each.created + each.updated for each in self.counts.values())
