"""Réclamations that are followed to the end: who holds them, until when, who follows them, orders and visits.

Columns are added, never rebuilt: an office that already runs keeps every row as it was.
"""

from portal.db import PortalDatabase

LODGES = """
ALTER TABLE lodge ADD COLUMN stand_in_id INTEGER REFERENCES lodge (id) ON DELETE RESTRICT;
ALTER TABLE lodge ADD COLUMN closed_from TEXT;
ALTER TABLE lodge ADD COLUMN closed_until TEXT CHECK (closed_until IS NULL OR closed_from <= closed_until);
CREATE INDEX lodge_stand_in_id ON lodge (stand_in_id);
"""

CLAIMS = """
ALTER TABLE claim ADD COLUMN service TEXT NOT NULL DEFAULT 'loge'
    CHECK (service IN ('loge', 'gestion_locative', 'technique', 'comptabilite'));
ALTER TABLE claim ADD COLUMN assigned_to_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT;
ALTER TABLE claim ADD COLUMN channel TEXT NOT NULL DEFAULT 'portal'
    CHECK (channel IN ('portal', 'phone', 'counter', 'letter'));
ALTER TABLE claim ADD COLUMN taken_by_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT;
ALTER TABLE claim ADD COLUMN payer TEXT NOT NULL DEFAULT 'a_determiner'
    CHECK (payer IN ('a_determiner', 'office', 'locataire', 'contrat_entretien', 'assurance'));
ALTER TABLE claim ADD COLUMN merged_into_id INTEGER REFERENCES claim (id) ON DELETE RESTRICT;
ALTER TABLE claim ADD COLUMN moves INTEGER NOT NULL DEFAULT 1;
ALTER TABLE claim ADD COLUMN since_at TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN due_at TEXT;
CREATE INDEX claim_assigned_to_id ON claim (assigned_to_id);
CREATE INDEX claim_taken_by_id ON claim (taken_by_id);
CREATE INDEX claim_merged_into_id ON claim (merged_into_id);
CREATE INDEX claim_state_due_at ON claim (state, due_at);

ALTER TABLE claim_event ADD COLUMN verb TEXT NOT NULL DEFAULT '';
ALTER TABLE claim_event ADD COLUMN told TEXT NOT NULL DEFAULT '';

UPDATE claim SET
    moves = (SELECT count(*) FROM claim_event WHERE claim_id = claim.id AND claim_event.state <> ''),
    since_at = coalesce(
        (SELECT max(happened_at) FROM claim_event WHERE claim_id = claim.id AND claim_event.state <> ''), filed_at);
UPDATE claim SET due_at = strftime('%Y-%m-%dT%H:%M:%SZ', since_at, '+7 days')
    WHERE state IN ('deposee', 'accusee', 'en_cours', 'intervention_planifiee', 'rouverte');

CREATE TABLE claim_follower (
    id INTEGER NOT NULL PRIMARY KEY, claim_id INTEGER NOT NULL, tenant_id INTEGER NOT NULL, began_at TEXT NOT NULL,
    ended_at TEXT, FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX claim_follower_claim_id ON claim_follower (claim_id);
CREATE INDEX claim_follower_tenant_id ON claim_follower (tenant_id);
CREATE UNIQUE INDEX claim_follower_claim_id_tenant_id ON claim_follower (claim_id, tenant_id);

CREATE TABLE claim_rating (
    id INTEGER NOT NULL PRIMARY KEY, claim_id INTEGER NOT NULL, tenant_id INTEGER NOT NULL, stars INTEGER NOT NULL,
    comment TEXT NOT NULL, rated_at TEXT NOT NULL, FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT, CHECK (stars BETWEEN 1 AND 5)
) STRICT;
CREATE UNIQUE INDEX claim_rating_claim_id ON claim_rating (claim_id);
CREATE INDEX claim_rating_tenant_id ON claim_rating (tenant_id);
"""

WORKS = """
ALTER TABLE works_order ADD COLUMN issued_by_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT;
ALTER TABLE works_order ADD COLUMN instructions TEXT NOT NULL DEFAULT '';
ALTER TABLE works_order ADD COLUMN outcome TEXT NOT NULL DEFAULT ''
    CHECK (outcome IN ('', 'done', 'no_access', 'follow_on'));
ALTER TABLE works_order ADD COLUMN remains TEXT NOT NULL DEFAULT '';
ALTER TABLE works_order ADD COLUMN once_key TEXT;
CREATE INDEX works_order_issued_by_id ON works_order (issued_by_id);
CREATE UNIQUE INDEX works_order_once_key ON works_order (once_key);

CREATE TABLE order_counter (
    id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL,
    CHECK (kind IN ('OS', 'BT'))
) STRICT;
CREATE UNIQUE INDEX order_counter_kind_year ON order_counter (kind, year);

CREATE TABLE visit (
    id INTEGER NOT NULL PRIMARY KEY, claim_id INTEGER, order_id INTEGER, day TEXT NOT NULL, starts TEXT NOT NULL,
    ends TEXT NOT NULL, state TEXT NOT NULL, proposed_by TEXT NOT NULL, day_off_agreed INTEGER NOT NULL,
    made_at TEXT NOT NULL, changed_at TEXT NOT NULL, once_key TEXT,
    FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT,
    FOREIGN KEY (order_id) REFERENCES works_order (id) ON DELETE RESTRICT,
    CHECK (state IN ('proposed', 'agreed', 'moved', 'kept', 'missed', 'cancelled')),
    CHECK (proposed_by IN ('office', 'tenant')), CHECK (starts < ends),
    CHECK (claim_id IS NOT NULL OR order_id IS NOT NULL)
) STRICT;
CREATE INDEX visit_claim_id ON visit (claim_id);
CREATE INDEX visit_order_id ON visit (order_id);
CREATE INDEX visit_state_day ON visit (state, day);
CREATE UNIQUE INDEX visit_once_key ON visit (once_key);
CREATE UNIQUE INDEX visit_one_live_by_claim ON visit (claim_id) WHERE state IN ('proposed', 'agreed');
CREATE UNIQUE INDEX visit_one_live_by_order ON visit (order_id) WHERE state IN ('proposed', 'agreed');
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Add the columns and the tables."""
    db.connection().execute(LODGES + CLAIMS + WORKS)
