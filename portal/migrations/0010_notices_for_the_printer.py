"""The avis d’échéance of a month in one PDF, made by the worker: what was asked for, and how far it is."""

from portal.db import PortalDatabase

TABLES = """
CREATE TABLE notice_batch (
    id INTEGER NOT NULL PRIMARY KEY, month TEXT NOT NULL, building TEXT NOT NULL, staff_id INTEGER NOT NULL,
    asked_at TEXT NOT NULL, total INTEGER NOT NULL, done INTEGER NOT NULL, ready_at TEXT, stopped_at TEXT,
    FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE RESTRICT,
    CHECK (length(month) = 7),
    CHECK (total > 0 AND done BETWEEN 0 AND total),
    CHECK (ready_at IS NULL OR (stopped_at IS NULL AND done = total))
) STRICT;
CREATE UNIQUE INDEX notice_batch_month_building ON notice_batch (month, building);
CREATE INDEX notice_batch_staff_id ON notice_batch (staff_id);
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Create the table."""
    db.connection().execute(TABLES)
