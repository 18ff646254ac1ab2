"""From the temporary tables to the lasting ones: unknown keys are created, known ones updated."""

import apsw

from portal.domain.imports.report import Counts
from portal.domain.imports.staging import Column, Layout


def merge(connection: apsw.Connection, layout: Layout) -> Counts:
    """Take the staged lines of a file into its table, all at once."""
    lines = connection.execute(f"SELECT count(*) FROM {layout.stage}").get
    updated = _update(connection, layout)
    if layout.table == "baux":
        updated |= _changed_holders(connection)
    created = _create(connection, layout)
    if layout.table == "baux":
        _keep_holders(connection)
    return Counts(created, len(updated), lines - created - len(updated))


def _update(connection: apsw.Connection, layout: Layout) -> set[int]:
    """Update the known rows that differ and return their ids."""
    values = [column for column in layout.columns if column.into and column.name not in layout.key]
    changes = ", ".join(f"{column.into} = {_new(column)}" for column in values)
    differs = " OR ".join(f"{_new(column)} IS NOT t.{column.into}" for column in values)
    forgets = ", email_confirmed_at = CASE WHEN s.courriel IS NOT t.email THEN NULL ELSE email_confirmed_at END"
    sql = (
        f"UPDATE {layout.into} AS t SET {changes}{forgets if layout.table == 'locataires' else ''}"
        f" FROM {layout.stage} AS s WHERE {_match(layout)} AND ({differs}) RETURNING id"
    )
    return {row[0] for row in connection.execute(sql)}


def _create(connection: apsw.Connection, layout: Layout) -> int:
    columns = [column for column in layout.columns if column.into]
    names, holes = ", ".join(column.into for column in columns), ", ".join(_first(column) for column in columns)
    absent = [column.absent for column in columns if column.absent is not None]
    connection.execute(
        f"INSERT INTO {layout.into} ({names}) SELECT {holes} FROM {layout.stage} AS s"
        f" WHERE NOT EXISTS (SELECT 1 FROM {layout.into} AS t WHERE {_match(layout)}) ORDER BY s.line",
        absent,
    )
    return connection.changes()


def _new(column: Column) -> str:
    return f"s.{column.name}" if column.erases else f"coalesce(s.{column.name}, t.{column.into})"


def _first(column: Column) -> str:
    return f"s.{column.name}" if column.absent is None else f"coalesce(s.{column.name}, ?)"


def _match(layout: Layout) -> str:
    into = {column.name: column.into for column in layout.columns}
    return " AND ".join(f"t.{into[name]} = s.{name}" for name in layout.key)


def _changed_holders(connection: apsw.Connection) -> set[int]:
    """Return the leases already known whose holders are no more the same, or no more in the same order."""
    sql = """
        SELECT t.id FROM temp.staged_baux AS s JOIN lease AS t ON t.number = s.numero WHERE s.titulaires IS NOT
            (SELECT json_group_array(h.tenant_id ORDER BY h.rank) FROM lease_holder AS h WHERE h.lease_id = t.id)
    """
    return {row[0] for row in connection.execute(sql)}


def _keep_holders(connection: apsw.Connection) -> None:
    """Make the holders of each lease those of the file."""
    connection.execute(
        """
        DELETE FROM lease_holder WHERE EXISTS (
            SELECT 1 FROM temp.staged_baux AS s JOIN lease AS t ON t.number = s.numero
            WHERE t.id = lease_id AND tenant_id NOT IN (SELECT value FROM json_each(s.titulaires)))
        """
    )
    connection.execute(
        """
        INSERT INTO lease_holder (lease_id, tenant_id, rank)
        SELECT t.id, each.value, each.key
        FROM temp.staged_baux AS s JOIN lease AS t ON t.number = s.numero, json_each(s.titulaires) AS each
        WHERE true ORDER BY t.id, each.key
        ON CONFLICT (lease_id, tenant_id) DO UPDATE SET rank = excluded.rank WHERE rank <> excluded.rank
        """
    )
