"""The migrations make the tables the models describe."""

import sqlite3

from portal import db
from portal.domain.tables import TABLES


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


def test_migrating_twice_changes_nothing(tmp_path):
    made_by_migrations(tmp_path / "a.sqlite").close()
    assert db.upgrade() == []
