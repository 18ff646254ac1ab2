"""A filled base as an older program would have left it, brought up to date, with the update killed at any statement.

The quick tests cut a few updates; `script/drills --only mise-a-jour` hundreds.
"""

import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import apsw
from playhouse.migrations import Runner

from portal import db
from tests.crash.children import counting, dying_at, ended
from tests.fixtures import furnish
from tests.people import move_in

STEPS = [path.stem for path in sorted(db.MIGRATIONS.glob("[0-9]*.py"))][:-1]
HISTORY = "schema_migration"
Rows = dict[str, list[tuple]]


def filled(path: Path) -> Path:
    """Make a base of today's schema with the cast and what belongs to Aminata; return its path."""
    db.use(path)
    db.upgrade()
    with db.db.connection_context():
        furnish(move_in(), path.parent / "uploads")
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def rows_of(path: Path) -> Rows:
    """Return all the rows of all the tables, by table."""
    with closing(apsw.Connection(str(path))) as connection:
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in _tables(connection)}


def _tables(connection: apsw.Connection) -> list[str]:
    sql = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ?"
    return [name for (name,) in connection.execute(sql, [HISTORY])]


@dataclass(frozen=True)
class Upgrade:
    """The base of an older step, what it becomes when nothing cuts its update, and how many statements that takes."""

    step: str
    before: Path
    held: Rows
    after: Rows
    statements: int

    @classmethod
    def of(cls, newest: Path, step: str, folder: Path) -> "Upgrade":
        """Make the base of a step out of what a base of today holds, and bring a copy of it up to date."""
        before, whole, told = folder / f"{step}.sqlite", folder / f"{step}-whole.sqlite", folder / "told"
        _as_of(newest, step, before)
        shutil.copy(before, whole)
        assert _in_a_child(whole, lambda count: told.write_text(str(count))) == 0
        upgrade = cls(step, before, rows_of(before), rows_of(whole), int(told.read_text()))
        assert not upgrade.gone(), f"the update from {step} loses rows"
        return upgrade

    @property
    def rows(self) -> int:
        """How many rows the older base holds."""
        return sum(map(len, self.held.values()))

    def gone(self) -> list[str]:
        """Return the tables some of whose rows are no longer there, by their ids, once the update is done."""
        ids = {name: {row[0] for row in rows} for name, rows in self.after.items()}
        return [name for name, rows in self.held.items() if {row[0] for row in rows} - ids.get(name, set())]

    def cut_at(self, moment: int) -> list[str]:
        """Kill the update before its n-th statement, update again; return the tables that are not as they should be."""
        path = self.before.with_name("cut.sqlite")
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        shutil.copy(self.before, path)
        assert _in_a_child(path, dying_at(moment)) == signal.SIGKILL, f"{self.step} was not cut at statement {moment}"
        upgrade(path)
        found = rows_of(path)
        return [name for name in self.after | found if self.after.get(name) != found.get(name)]


@contextmanager
def unguarded() -> Iterator[None]:
    """Let commits through as `portal db upgrade` does, which loads no domain: its guards know today's tables alone."""
    with patch.object(db.db, "before_commit", []):
        yield


def upgrade(path: Path) -> None:
    """Bring a base up to date."""
    db.use(path)
    with unguarded():
        db.upgrade()


def _in_a_child(path: Path, at_each: Callable[[int], object]) -> int:
    """Bring a base up to date in a process that is told the number of each statement; return how it ended."""

    def act() -> None:
        trace = counting(at_each)
        apsw.connection_hooks.append(lambda connection: setattr(connection, "exec_trace", trace))
        upgrade(path)

    return ended(act)


def _as_of(newest: Path, step: str, path: Path) -> None:
    """Make a base of an older schema, with all of today's rows that it can hold."""
    db.use(path)
    with unguarded(), db.db.connection_context():
        Runner(db.db, str(db.MIGRATIONS)).up(step)
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(apsw.Connection(str(path))) as connection:
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        connection.execute("ATTACH ? AS newest", [str(newest)])
        with connection:
            for table in _tables(connection):
                _pour(connection, table)
            while orphans := connection.execute("PRAGMA main.foreign_key_check").fetchall():
                for table, row, *_ in orphans:
                    connection.execute(f"DELETE FROM main.{table} WHERE rowid = ?", [row])


def _pour(connection: apsw.Connection, table: str) -> None:
    """Put in a table what today's holds; a column that has gone since then gets nothing, or 0."""
    today = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?, 'newest')", [table])}
    asked = connection.execute('SELECT name, type, "notnull", dflt_value FROM pragma_table_info(?, ?)', [table, "main"])
    nothing = {"TEXT": "''", "INTEGER": "0"}
    columns = {
        name: name if name in today else nothing[kind]
        for name, kind, needed, default in asked
        if name in today or (needed and default is None)
    }
    if today:
        connection.execute(
            f"INSERT OR IGNORE INTO main.{table} ({', '.join(columns)}) "
            f"SELECT {', '.join(columns.values())} FROM newest.{table}"
        )
