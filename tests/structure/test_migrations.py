"""The migrations make the tables the models describe."""

import contextlib
import shutil
import sqlite3

from portal import db
from portal.domain.tables import TABLES

FILLED = """
INSERT INTO tenant VALUES (1, '0001', '', 'Keïta', '', 'Aminata', '', '', NULL);
INSERT INTO letter VALUES (1, 1, 'access_opened', '2026-07-01T08:00:00Z', NULL),
    (2, 1, 'access_code', '2026-07-01T08:00:00Z', '2026-07-02T08:00:00Z');
INSERT INTO access_request VALUES (1, '2026-07-01T08:00:00Z', 'opened', '', '', '', '', 1);
"""


def shape(connection: sqlite3.Connection) -> dict:
    """Return what SQLite knows of each table: columns, foreign keys, indexes and their columns."""
    ask = lambda sql, *names: connection.execute(sql, names).fetchall()  # noqa: E731
    shown = {}
    for table in TABLES:
        name = table._meta.table_name
        indexes = ask('SELECT name, "unique" FROM pragma_index_list(?)', name)
        shown[name] = {
            "columns": ask('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', name),
            "keys": sorted(ask('SELECT "from", "table", on_delete FROM pragma_foreign_key_list(?)', name)),
            "indexes": sorted(
                (bool(unique), ask("SELECT name FROM pragma_index_info(?)", index)) for index, unique in indexes
            ),
        }
    return shown


def checks(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many CHECK constraints each table has."""
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    names = {table._meta.table_name for table in TABLES}
    return {name: sql.upper().count("CHECK") for name, sql in made if name in names}


def made_by_migrations(path) -> sqlite3.Connection:
    """Return a database made by the migrations."""
    db.use(path)
    db.upgrade()
    return sqlite3.connect(path)


def made_by_models(path) -> sqlite3.Connection:
    """Return a database made straight from the models."""
    db.use(path)
    with db.db.connection_context():
        db.db.create_tables(TABLES)
    return sqlite3.connect(path)


def test_the_migrated_schema_is_the_models_schema(tmp_path):
    migrated, described = made_by_migrations(tmp_path / "a.sqlite"), made_by_models(tmp_path / "b.sqlite")
    try:
        assert shape(migrated) == shape(described)
        assert checks(migrated) == checks(described)
    finally:
        migrated.close()
        described.close()


def test_every_table_of_the_schema_is_among_the_tables_of_the_program(tmp_path):
    with contextlib.closing(made_by_migrations(tmp_path / "a.sqlite")) as migrated:
        made = {name for (name,) in migrated.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert made == {"schema_migration", *(table._meta.table_name for table in TABLES)}


def test_migrating_twice_changes_nothing(tmp_path):
    made_by_migrations(tmp_path / "a.sqlite").close()
    assert db.upgrade() == []


def test_letters_and_requests_of_an_office_already_at_work_are_kept(tmp_path, monkeypatch):
    """0007 makes the table of letters anew: what was in it is still there, and the links hold."""
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(db.MIGRATIONS / "0001_the_spine.py", first)
    everything, path = db.MIGRATIONS, tmp_path / "a.sqlite"
    monkeypatch.setattr(db, "MIGRATIONS", first)
    made_by_migrations(path).close()
    with sqlite3.connect(path) as filled:
        filled.executescript(FILLED)
    monkeypatch.setattr(db, "MIGRATIONS", everything)
    with contextlib.closing(made_by_migrations(path)) as upgraded:
        letters = upgraded.execute("SELECT tenant_id, kind, printed_at, about FROM letter ORDER BY id").fetchall()
        assert letters == [(1, "access_opened", None, ""), (1, "access_code", "2026-07-02T08:00:00Z", "")]
        assert upgraded.execute("SELECT outcome, once_key FROM access_request").fetchall() == [("opened", None)]
