"""The second factor of the Office's people: the secret shared with an application on their telephone."""

from portal.db import PortalDatabase

TABLE = """
CREATE TABLE second_factor (
    id INTEGER NOT NULL PRIMARY KEY, access_id INTEGER NOT NULL, secret TEXT NOT NULL, set_at TEXT NOT NULL,
    last_step INTEGER NOT NULL,
    FOREIGN KEY (access_id) REFERENCES access (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX second_factor_access_id ON second_factor (access_id);
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Add the table; nobody has a second factor yet."""
    db.connection().execute(TABLE)
