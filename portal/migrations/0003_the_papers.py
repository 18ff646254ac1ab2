"""The papers that were drawn up, their letters, the tenants' agreement. Statements are frozen."""

from portal.db import PortalDatabase

TABLES = """
CREATE TABLE paper (
    id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, year INTEGER NOT NULL, rank INTEGER NOT NULL,
    number TEXT NOT NULL, lease_id INTEGER NOT NULL, month TEXT, entry_id INTEGER, issued_at TEXT NOT NULL,
    issued_on TEXT NOT NULL, snapshot TEXT NOT NULL, code TEXT NOT NULL, key INTEGER NOT NULL, withdrawn_at TEXT,
    withdrawn_reason TEXT NOT NULL, FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (entry_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT,
    CHECK (kind IN ('notice', 'receipt', 'slip')), CHECK (rank > 0),
    CHECK ((kind = 'slip') = (entry_id IS NOT NULL)), CHECK ((kind = 'slip') = (month IS NULL)),
    CHECK (month IS NULL OR length(month) = 7), CHECK ((withdrawn_at IS NULL) = (withdrawn_reason = ''))
) STRICT;
CREATE TABLE paper_doubt (
    id INTEGER NOT NULL PRIMARY KEY, entry_id INTEGER NOT NULL, lease_id INTEGER NOT NULL,
    unsettled_id INTEGER NOT NULL, FOREIGN KEY (entry_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (unsettled_id) REFERENCES paper (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE paper_letter (
    id INTEGER NOT NULL PRIMARY KEY, paper_id INTEGER NOT NULL, tenant_id INTEGER NOT NULL, asked_at TEXT NOT NULL,
    duplicate INTEGER NOT NULL, printed_at TEXT,
    FOREIGN KEY (paper_id) REFERENCES paper (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT, CHECK (duplicate IN (0, 1))
) STRICT;
CREATE TABLE paperless_consent (
    id INTEGER NOT NULL PRIMARY KEY, tenant_id INTEGER NOT NULL, agreed INTEGER NOT NULL, text_version TEXT NOT NULL,
    said_at TEXT NOT NULL, FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    CHECK (agreed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX paper_number ON paper (number);
CREATE UNIQUE INDEX paper_code ON paper (code);
CREATE UNIQUE INDEX paper_kind_year_rank ON paper (kind, year, rank);
CREATE INDEX paper_lease_id_issued_on ON paper (lease_id, issued_on);
CREATE UNIQUE INDEX paper_one_valid_a_month ON paper (lease_id, kind, month) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX paper_one_valid_an_entry ON paper (entry_id) WHERE withdrawn_at IS NULL;
CREATE INDEX paper_doubt_entry_id ON paper_doubt (entry_id);
CREATE INDEX paper_doubt_lease_id ON paper_doubt (lease_id);
CREATE INDEX paper_letter_paper_id ON paper_letter (paper_id);
CREATE INDEX paper_letter_tenant_id ON paper_letter (tenant_id);
CREATE INDEX paperless_consent_tenant_id ON paperless_consent (tenant_id);
"""

# What was given to a tenant is never rewritten: only its withdrawal may be added, once.
TRIGGERS = """
CREATE TRIGGER paper_never_goes BEFORE DELETE ON paper
BEGIN SELECT RAISE(ABORT, 'papers are never deleted'); END;
CREATE TRIGGER paper_only_withdrawn BEFORE UPDATE ON paper
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR
    (NEW.id, NEW.kind, NEW.year, NEW.rank, NEW.number, NEW.lease_id, NEW.month, NEW.entry_id, NEW.issued_at,
    NEW.issued_on, NEW.snapshot, NEW.code, NEW.key) IS NOT (OLD.id, OLD.kind, OLD.year, OLD.rank, OLD.number,
    OLD.lease_id, OLD.month, OLD.entry_id, OLD.issued_at, OLD.issued_on, OLD.snapshot, OLD.code, OLD.key)
BEGIN SELECT RAISE(ABORT, 'papers are withdrawn, never changed'); END;
CREATE TRIGGER paperless_consent_never_changes BEFORE UPDATE ON paperless_consent
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER paperless_consent_never_goes BEFORE DELETE ON paperless_consent
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
"""

# An entry that undoes another, or reaches back before a paper, puts the papers of its lease in doubt. The transaction
# that wrote it cannot end before the doubt is settled: `unsettled_id` is checked at its end, and paper 0 never exists.
DOUBTS = """
CREATE TRIGGER ledger_entry_puts_papers_in_doubt AFTER INSERT ON ledger_entry
WHEN EXISTS (
    SELECT 1 FROM paper AS p WHERE p.lease_id = NEW.lease_id AND p.kind <> 'notice' AND p.withdrawn_at IS NULL
        AND (NEW.reverses_id IS NOT NULL OR NEW.value_on <= p.issued_on OR NEW.month <= p.month)
)
BEGIN INSERT INTO paper_doubt (entry_id, lease_id, unsettled_id) VALUES (NEW.id, NEW.lease_id, 0); END;
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Create the tables, their indexes and their guards."""
    db.connection().execute(TABLES + TRIGGERS + DOUBTS)
