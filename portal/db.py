"""The database: one SQLite file, its pragmas, its migrations, and the one door for writing."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, overload

import apsw
import peewee
from playhouse import migrations
from playhouse.apsw_ext import APSWDatabase

from portal.kernel.periods import Month

MIGRATIONS = Path(__file__).parent / "migrations"
READING = ("GET", "HEAD", "OPTIONS")


class PortalDatabase(APSWDatabase):
    """SQLite through APSW, which brings a version without the WAL-reset fault of Debian 12's own (< 3.51.3)."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.before_commit: list[Callable[[], None]] = []

    def commit(self) -> bool:
        """End a transaction, after the guards have seen what it wrote; what a guard raises undoes it all."""
        if not self.is_closed() and self.connection().in_transaction:
            for guard in self.before_commit:
                guard()
        return super().commit()

    def _add_conn_hooks(self, conn: apsw.Connection) -> None:
        conn.convert_binding = lambda cursor, number, value: str(value)  # dates of Peewee's own migration table
        super()._add_conn_hooks(conn)


db = PortalDatabase(
    None,
    autoconnect=False,
    lock_type="IMMEDIATE",
    timeout=10,
    pragmas={
        "journal_mode": "wal",
        "synchronous": "full",  # what a page says is kept survives a power cut
        "foreign_keys": 1,
        "recursive_triggers": 1,  # a REPLACE deletes: it too meets the guards of what is never deleted
        "cache_size": -4000,  # KiB, for each thread keeps its connection; the system's own cache holds the rest
        "trusted_schema": 0,
    },
)


_opened = threading.local()


def _refuse_to_write(cursor: apsw.Cursor, _sql: str, _bindings: object) -> bool:
    """Let a statement run, unless SQLite says that it writes; this is what keeps a reading from writing.

    `PRAGMA query_only` says the same, but SQLite forgets every prepared statement each time it is set: 1 ms a page.
    """
    if not cursor.is_readonly:
        raise apsw.ReadOnlyError("attempt to write a readonly database")
    return True


class _InstantField(peewee.Field):
    """A moment: an aware UTC datetime, kept as « 2026-06-26T08:15:00Z »."""

    field_type = "TEXT"

    def db_value(self, value: datetime | None) -> str | None:
        """Refuse a naive datetime: nobody knows which moment it is."""
        if value is None or isinstance(value, str):
            return value
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def python_value(self, value: str | None) -> datetime | None:
        """Return an aware UTC datetime."""
        return datetime.fromisoformat(value) if value else None


class _DayField(peewee.Field):
    """A day of the calendar, kept as « 2026-06-26 »."""

    field_type = "TEXT"

    def db_value(self, value: date | None) -> str | None:
        """Keep the ISO form."""
        return value if value is None or isinstance(value, str) else value.isoformat()

    def python_value(self, value: str | None) -> date | None:
        """Return a date."""
        return date.fromisoformat(value) if value else None


class _MonthField(peewee.Field):
    """A month, kept as « 2026-06 »."""

    field_type = "TEXT"

    def db_value(self, value: Month | None) -> str | None:
        """Keep the ISO form."""
        return value if value is None else str(value)

    def python_value(self, value: str | None) -> Month | None:
        """Return a Month."""
        return Month.parse(value) if value else None


V = TypeVar("V")


class Column(Protocol[V]):
    """How a model declares a column of one of these kinds: it holds a value, or perhaps none with `null=True`."""

    @overload
    def __call__(self, *, null: Literal[True], **options: Any) -> "peewee.Field[V | None]": ...
    @overload
    def __call__(self, *, null: Literal[False] = ..., **options: Any) -> "peewee.Field[V]": ...


InstantField: Column[datetime] = _InstantField
DayField: Column[date] = _DayField
MonthField: Column[Month] = _MonthField


# The columns Peewee makes up, as the models declare them for whoever reads them and for the type checker: the id of a
# row, that of the row a foreign key points to, and the rows that point to this one.
Id: TypeAlias = "peewee.IntegerField[int]"
MaybeId: TypeAlias = "peewee.IntegerField[int | None]"
Rows: TypeAlias = "peewee.ModelSelect[Any]"


class Model(peewee.Model):
    """What every table shares."""

    id: Id

    class Meta:
        database = db
        legacy_table_names = False
        strict_tables = True


def insert_when(model: type[Model], condition: peewee.ColumnBase, **values: object) -> None:
    """Insert one row, in one statement, if a condition holds; the statement is the same when it does not."""
    fields = [model._meta.fields[name] for name in values]
    cells = [peewee.Value(field.db_value(values[field.name])) for field in fields]
    model.insert_from(peewee.Select(None, cells).where(condition), fields).execute()


class Written:
    """A reading whose SQL is written once: for the large queries of the pages everybody opens.

    Peewee takes several times longer to write such a query than SQLite to answer it. The query holds `place(name)`
    where a value is to come; values are given as the database keeps them (ids, ISO days), for nothing converts them.
    """

    def __init__(self, build: Callable[[], "peewee.ModelSelect[Any]"]) -> None:
        self.build = build
        self.read: Callable[[tuple], object] | None = None

    def __call__(self, **values: object) -> list:
        """Return the rows, as the query itself would."""
        rows = self.kept(**values)
        if (first := rows.fetchone()) is None:
            return []
        if not self.read:
            reader = self.query[0]._get_cursor_wrapper(rows)  # type: ignore[attr-defined] # private, not in its stub
            reader.initialize()  # finds out, from the columns, which object each belongs to: the same at each reading
            reader.cursor = None
            self.read = reader.process_row
        return [self.read(first), *map(self.read, rows)]

    def kept(self, **values: object) -> apsw.Cursor:
        """Return the rows as the database keeps them, nothing converted."""
        _, sql, parameters = self.query
        return db.execute_sql(sql, [values[each.name] if isinstance(each, _Place) else each for each in parameters])

    @cached_property
    def query(self) -> "tuple[peewee.ModelSelect[Any], str, list]":
        """The query, its SQL and its parameters, some of which are still places."""
        query = self.build()
        return query, *query.sql()


@dataclass(frozen=True)
class _Place:
    name: str


def place(name: str) -> peewee.Value:
    """Return where a value will come in a query that is written once."""
    return peewee.Value(_Place(name), converter=False)


def places(name: str) -> peewee.SQL:
    """Return where a list of ids will come in a query that is written once, to be given as JSON (`listed`)."""
    return peewee.SQL("(SELECT value FROM json_each(?))", [_Place(name)])


def listed(rows: Iterable[Model]) -> str:
    """Return the ids of rows for a place that takes a list."""
    return str([row.id for row in rows])


def one_of(column: str, *values: str | int) -> peewee.Node:
    """Return the constraint that a column holds one of the named values."""
    return peewee.Check(f"{column} IN ({', '.join(repr(value) for value in values)})")


def use(path: Path) -> None:
    """Say which file is the database."""
    db.init(str(path))


def open_for(method: str) -> None:
    """Make this thread's connection ready for a request; a GET or HEAD cannot write through it.

    The connection is kept from one request to the next, for opening one reads the whole schema. It is opened anew when
    the file is not the same any more: a demonstration made again, a backup put back.
    """
    file = _file()
    if not db.is_closed() and file != getattr(_opened, "file", None):
        db.close()
    db.connect(reuse_if_open=True)
    _opened.file = file
    db.connection().exec_trace = _refuse_to_write if method in READING else None


def rest() -> None:
    """Leave the connection to this thread's next request as if it were new.

    What holds a transaction, even one that only reads, is closed: the next request would read the past in it.
    """
    if db.is_closed():
        return
    if db.connection().txn_state() == apsw.SQLITE_TXN_NONE:
        db.connection().exec_trace = None
    else:
        db.close()


def _file() -> tuple[int, int] | None:
    """Return what tells the database's file from one put in its place."""
    try:
        found = os.stat(db.database)  # noqa: PTH116 (at each request)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def close() -> None:
    """Close this thread's connection, rolling back whatever was left open."""
    if not db.is_closed():
        db.close()


@contextmanager
def noting() -> Iterator[None]:
    """Let a reading write the one thing a reading may write: that it took place.

    Used for « who looked at this file » and « this message was read », and for nothing else.
    """
    connection = db.connection()
    held, connection.exec_trace = connection.exec_trace, None
    try:
        with db.atomic():
            yield
    finally:
        connection.exec_trace = held


def upgrade() -> list[str]:
    """Apply the migrations that are still to come and return their names; harmless when there are none."""
    with db.connection_context():
        applied = migrations.run(db, str(MIGRATIONS))
        broken = db.execute_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise apsw.ConstraintError(f"foreign keys broken after migration: {broken[:5]}")
    return applied
