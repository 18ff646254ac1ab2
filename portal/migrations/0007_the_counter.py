"""The Office's counter: letters in batches, one-time keys on requests for an access, messages that ask for no answer.

The kinds of letters are no longer a constraint of the table: the list is in the code, so that a new kind of paper
needs a template and no migration. A file may belong to several messages, those of one notice.
"""

from portal.db import PortalDatabase

LETTERS = """
CREATE TABLE letter_batch (
    id INTEGER NOT NULL PRIMARY KEY, made_at TEXT NOT NULL, staff_id INTEGER, reprints_id INTEGER,
    once_key TEXT NOT NULL,
    FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE RESTRICT,
    FOREIGN KEY (reprints_id) REFERENCES letter_batch (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX letter_batch_staff_id ON letter_batch (staff_id);
CREATE INDEX letter_batch_reprints_id ON letter_batch (reprints_id);
CREATE UNIQUE INDEX letter_batch_once_key ON letter_batch (once_key);
CREATE TABLE letter_new (
    id INTEGER NOT NULL PRIMARY KEY, tenant_id INTEGER NOT NULL, kind TEXT NOT NULL, asked_at TEXT NOT NULL,
    printed_at TEXT, about TEXT NOT NULL, batch_id INTEGER,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (batch_id) REFERENCES letter_batch (id) ON DELETE RESTRICT,
    CHECK (batch_id IS NULL OR printed_at IS NOT NULL)
) STRICT;
INSERT INTO letter_new (id, tenant_id, kind, asked_at, printed_at, about, batch_id)
    SELECT id, tenant_id, kind, asked_at, printed_at, '', NULL FROM letter;
DROP TABLE letter;
ALTER TABLE letter_new RENAME TO letter;
CREATE INDEX letter_tenant_id ON letter (tenant_id);
CREATE INDEX letter_batch_id ON letter (batch_id);
CREATE INDEX letter_printed_at ON letter (printed_at);
"""
REQUESTS = """
ALTER TABLE access_request ADD COLUMN once_key TEXT;
CREATE UNIQUE INDEX access_request_once_key ON access_request (once_key);
"""
MESSAGES = """
ALTER TABLE thread ADD COLUMN office_settled_id INTEGER NOT NULL DEFAULT 0;
DROP INDEX attachment_file_id;
CREATE INDEX attachment_file_id ON attachment (file_id);
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Change the tables; nothing refers to a letter, so its table can be made anew."""
    db.connection().execute(LETTERS + REQUESTS + MESSAGES)
