"""Reading one file into a temporary table, every cell checked, every fault told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import apsw

from portal.domain.imports.cells import KeyReader, Reader, Remembering
from portal.domain.imports.report import Fault, Report
from portal.domain.imports.sources import Source, UnreadableError

MOST_LINES_A_KEY = 20
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Column:
    """One column of a file: its French name, how its cells are read, the database column it fills, if any.

    An empty cell means unknown: it gives a new row the value `absent` and leaves a known row as it is, unless `erases`.
    """

    name: str
    read: Reader
    into: str = ""
    needed: bool = True
    absent: object = None
    erases: bool = False


@dataclass(frozen=True)
class Layout:
    """What one file holds; its lines are matched by the columns of `key` and update the rows of the table `into`."""

    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    into: str = ""

    @property
    def stage(self) -> str:
        """The temporary table of this file."""
        return f"temp.staged_{self.table}"


@dataclass
class Known:
    """What may be referred to: the keys in the database, and those named by the files of this import."""

    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def reader(self, table: str, before: KeyReader) -> Callable[[str], int]:
        """Return a reader of references to a table, giving the id of what is referred to."""

        def read(cell: str) -> int:
            try:
                return self.ids[table][before(cell)]
            except KeyError:
                raise ValueError(f"une clé de {table}.csv, ou déjà connue") from None

        return read

    def mention(self, table: str, key: str) -> None:
        """Note a key of a file that will not be taken in: what refers to it is not one more fault."""
        self.ids.setdefault(table, {}).setdefault(key, -1 - len(self.ids[table]))


def create(connection: apsw.Connection, layout: Layout) -> None:
    """Make the empty temporary table of a file."""
    names = [column.name for column in layout.columns]
    connection.execute(f"DROP TABLE IF EXISTS {layout.stage}")
    connection.execute(
        f"CREATE TEMP TABLE staged_{layout.table} (line INTEGER, {', '.join(names)}, times INTEGER DEFAULT 1,"
        f" again TEXT, PRIMARY KEY ({', '.join(layout.key)})) WITHOUT ROWID"
    )


def fill(
    connection: apsw.Connection, layout: Layout, source: Source, report: Report, known: Known, progress: Progress
) -> None:
    """Read a file into its temporary table; faulty lines are told in the report and left out."""
    rows = source.rows()
    try:
        header = next(rows, (1, [], 0))[1]
        if columns := _columns(layout, source, header, report):
            names = ", ".join(column.name for column in columns)
            connection.executemany(
                f"INSERT INTO {layout.stage} (line, {names}) VALUES (?{', ?' * len(columns)})"
                f" ON CONFLICT DO UPDATE SET times = times + 1, again = CASE WHEN times < {MOST_LINES_A_KEY}"
                " THEN coalesce(again || ' ', '') || excluded.line ELSE again END",
                _values(layout, source, columns, rows, report, known, progress),
            )
            _tell_duplicates(connection, layout, source, report)
    except UnreadableError as problem:
        report.add(Fault(source.name, 0, "", "", str(problem)))


def _columns(layout: Layout, source: Source, header: list[str], report: Report) -> list[Column]:
    """Return the columns in the order of the file, or nothing when the header is not the one expected."""
    by_name = {column.name: column for column in layout.columns}
    names = [name.strip().lower() for name in header]
    while names and not names[-1]:
        names.pop()
    expected = f"l’une des colonnes {', '.join(by_name)}"
    faults = [Fault(source.name, 1, name or "sans nom", name, expected) for name in names if name not in by_name]
    faults += [
        Fault(source.name, 1, name, name, "une seule colonne de ce nom")
        for name in {n for n in names if names.count(n) > 1}
    ]
    missing = [column.name for column in layout.columns if column.needed and column.name not in names]
    faults += [Fault(source.name, 1, name, "", f"la colonne « {name} », absente de l’en-tête") for name in missing]
    if len(names) == 1 and faults:
        faults = [Fault(source.name, 1, "", names[0], "des colonnes séparées par des points-virgules")]
    for fault in faults:
        report.add(fault)
    return [] if faults else [by_name[name] for name in names]


def _values(
    layout: Layout,
    source: Source,
    columns: list[Column],
    rows: Iterable[tuple[int, list[str], int]],
    report: Report,
    known: Known,
    progress: Progress,
) -> Iterator[tuple]:
    """Yield the values of the sound lines, and tell the faults of the others."""
    readers = [Remembering(column.read) for column in columns]
    count = len(columns)
    for line, row, position in rows:
        if position:
            progress(source.name, position, source.size)
        cells = row[:count] if len(row) > count and not any(row[count:]) else row
        try:
            yield line, *[reader[cell] for reader, cell in zip(readers, cells, strict=True)]
        except ValueError:
            _tell_faults(layout, source, columns, readers, line, cells, report, known)


def _tell_faults(
    layout: Layout,
    source: Source,
    columns: list[Column],
    readers: list[Remembering],
    line: int,
    cells: list[str],
    report: Report,
    known: Known,
) -> None:
    if len(cells) != len(columns):
        report.add(Fault(source.name, line, "", f"{len(cells)} cellules", f"{len(columns)} cellules, comme l’en-tête"))
    for column, reader, cell in zip(columns, readers, cells, strict=False):
        try:
            value = reader[cell]
        except ValueError as expected:
            report.add(Fault(source.name, line, column.name, cell.strip(), str(expected)))
        else:
            if layout.key == (column.name,):
                known.mention(layout.table, value)


def _tell_duplicates(connection: apsw.Connection, layout: Layout, source: Source, report: Report) -> None:
    twice = connection.execute(f"SELECT line, times, again, {layout.key[-1]} FROM {layout.stage} WHERE times > 1")
    for first, times, again, key in twice:
        for line in again.split():
            fault = Fault(
                source.name, int(line), layout.key[-1], str(key), f"une clé qui n’est pas déjà à la ligne {first}"
            )
            report.add(fault)
        report.fault_count += times - 1 - len(again.split())
