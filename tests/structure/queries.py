"""What a page asks of the database: its statements, the tables they read, how many rows they gave."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import apsw.ext
from flask.testing import FlaskClient

from portal import db

READS, WRITES = ("SELECT", "WITH"), ("INSERT", "UPDATE", "DELETE")
AGGREGATE = re.compile(r"SELECT (COALESCE\()?(COUNT|SUM|MIN|MAX)\((?!.*GROUP BY)", re.DOTALL)
LOOP = re.compile(r"(SCAN(?! CONSTANT ROW)|SEARCH|MULTI-INDEX|COMPOUND)\b")
BY_KEY = re.compile(r"SEARCH \w+ USING (?:INTEGER PRIMARY KEY \(rowid=\?\)|(?:COVERING )?INDEX (\w+) \(([^)<>]*)\))")


@dataclass
class Asked:
    """One statement, its values, and how many rows were read of its answer."""

    sql: str
    values: tuple
    rows: int = 0

    @property
    def reads(self) -> bool:
        """Whether it is a query: what a reading notes is a statement too, and gives no row."""
        return self.sql.lstrip("( ").startswith(READS)

    @property
    def shape(self) -> str:
        """The statement, whatever the length of the lists it looks for."""
        return re.sub(r"\?(, \?)+", "?", self.sql)


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Hear the statements that are asked meanwhile."""
    asked, execute = [], db.db.execute_sql

    def heard(sql: str, values: tuple | None = None) -> object:
        statement, cursor = Asked(sql, tuple(values or ())), execute(sql, values)
        if sql.lstrip("( ").startswith(READS + WRITES):
            asked.append(statement)
        if statement.reads:
            cursor.row_trace = lambda _cursor, row: _one_more(statement, row)
        return cursor

    db.db.execute_sql = heard
    try:
        yield asked
    finally:
        del db.db.execute_sql


def asked_by(client: FlaskClient, url: str) -> tuple[int, list[Asked]]:
    """Return the status of a page and the statements it cost, what a reading notes included."""
    with listening() as asked, client.get(url) as answer:
        answer.get_data()
    return answer.status_code, asked


@cache
def tables_of(sql: str) -> frozenset[str]:
    """Return the tables of the schema that a query reads, as SQLite itself sees it; the connection must be open."""
    actions = apsw.ext.query_info(db.db.connection(), sql, actions=True).actions
    return frozenset({each.table_name for each in actions if each.action_name == "SQLITE_READ"} & schema().keys())


def schema() -> dict[str, int]:
    """Return the tables of the database, each with how many rows it has; the connection must be open."""
    names = [name for (name,) in db.db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: db.db.execute_sql(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}


def asks_for_one(query: Asked) -> bool:
    """Whether a query gives one row at most, however many there are: the first, a sum, what has a key.

    What is found by the keys in a list counts as found by a key: the list comes from another query, which is looked at.
    """
    limit = query.values[-2 if query.sql.endswith("OFFSET ?") else -1 :][:1]
    if AGGREGATE.match(query.sql) or ("LIMIT ?" in query.sql[-16:] and limit == (1,)):
        return True
    steps = [(parent, words) for _, parent, _, words in plan_of(query)]
    return all(_is_by_key(words) for parent, words in steps if parent == 0 and LOOP.match(words))


def plan_of(query: Asked) -> list[tuple]:
    """Return SQLite's plan of a query; the connection must be open."""
    return list(db.db.execute_sql(f"EXPLAIN QUERY PLAN {query.sql}", query.values))


def _is_by_key(words: str) -> bool:
    found = BY_KEY.match(words)
    if found is None or found[1] is None:
        return found is not None
    columns = db.db.execute_sql("SELECT COUNT(*) FROM pragma_index_info(?)", (found[1],)).fetchone()[0]
    unique = 'SELECT 1 FROM pragma_index_list(?) WHERE name = ? AND "unique" AND NOT partial'
    table = db.db.execute_sql("SELECT tbl_name FROM sqlite_master WHERE name = ?", (found[1],)).fetchone()[0]
    return bool(found[2].count("=?") == columns and db.db.execute_sql(unique, (table, found[1])).fetchone())


def _one_more(statement: Asked, row: tuple) -> tuple:
    statement.rows += 1
    return row
