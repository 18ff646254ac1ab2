"""More kinds of entries, the terms a tenant chose to pay, repayment plans. Statements are frozen.

The ledger is rebuilt, for SQLite cannot change a CHECK: its guards go with the old table and are made again.
"""

from portal.db import PortalDatabase

LEDGER = """
CREATE TABLE ledger_entry_new (
    id INTEGER NOT NULL PRIMARY KEY, lease_id INTEGER NOT NULL, business_key TEXT NOT NULL, kind TEXT NOT NULL,
    entered_on TEXT NOT NULL, value_on TEXT NOT NULL, due_on TEXT, month TEXT, label TEXT NOT NULL,
    amount_cents INTEGER NOT NULL, method TEXT NOT NULL, reverses_id INTEGER, recorded_at TEXT NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (reverses_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT, CHECK (amount_cents <> 0),
    CHECK (kind IN ('rent_call', 'housing_benefit', 'benefit_recall', 'security_deposit', 'payment_received',
        'rejected_payment', 'reversal', 'charge_adjustment', 'remission', 'refund', 'deposit_return',
        'tenant_repairs', 'court_costs')),
    CHECK (kind NOT IN ('payment_received', 'remission', 'deposit_return') OR amount_cents < 0),
    CHECK (kind NOT IN ('rejected_payment', 'refund', 'tenant_repairs', 'court_costs') OR amount_cents > 0),
    CHECK ((kind IN ('rejected_payment', 'reversal')) = (reverses_id IS NOT NULL)),
    CHECK (kind <> 'remission' OR month IS NOT NULL),
    CHECK (method IN ('', 'virement', 'prelevement', 'cheque', 'especes', 'carte', 'tip', 'caf')),
    CHECK (month IS NULL OR length(month) = 7)
) STRICT;
INSERT INTO ledger_entry_new (id, lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents,
    method, reverses_id, recorded_at)
SELECT id, lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents, method, reverses_id,
    recorded_at FROM ledger_entry ORDER BY id;
DROP TABLE ledger_entry;
ALTER TABLE ledger_entry_new RENAME TO ledger_entry;
CREATE UNIQUE INDEX ledger_entry_business_key ON ledger_entry (business_key);
CREATE UNIQUE INDEX ledger_entry_reverses_id ON ledger_entry (reverses_id);
CREATE INDEX ledger_entry_lease_id_value_on ON ledger_entry (lease_id, value_on);
"""

TABLES = """
CREATE TABLE ledger_choice (
    id INTEGER NOT NULL PRIMARY KEY, entry_id INTEGER NOT NULL, month TEXT NOT NULL, rank INTEGER NOT NULL,
    FOREIGN KEY (entry_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT, CHECK (length(month) = 7)
) STRICT;
CREATE UNIQUE INDEX ledger_choice_entry_id_month ON ledger_choice (entry_id, month);
CREATE UNIQUE INDEX ledger_choice_entry_id_rank ON ledger_choice (entry_id, rank);
CREATE TABLE repayment_plan (
    id INTEGER NOT NULL PRIMARY KEY, lease_id INTEGER NOT NULL, once_key TEXT NOT NULL, agreed_on TEXT NOT NULL,
    ended_on TEXT, end_reason TEXT NOT NULL, recorded_at TEXT NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    CHECK ((ended_on IS NULL) = (end_reason = '')), CHECK (ended_on IS NULL OR ended_on >= agreed_on)
) STRICT;
CREATE INDEX repayment_plan_lease_id ON repayment_plan (lease_id);
CREATE UNIQUE INDEX repayment_plan_once_key ON repayment_plan (once_key);
CREATE UNIQUE INDEX repayment_plan_running ON repayment_plan (lease_id) WHERE ended_on IS NULL;
CREATE TABLE repayment_instalment (
    id INTEGER NOT NULL PRIMARY KEY, plan_id INTEGER NOT NULL, due_on TEXT NOT NULL, amount_cents INTEGER NOT NULL,
    FOREIGN KEY (plan_id) REFERENCES repayment_plan (id) ON DELETE RESTRICT, CHECK (amount_cents > 0)
) STRICT;
CREATE UNIQUE INDEX repayment_instalment_plan_id_due_on ON repayment_instalment (plan_id, due_on);
"""

# The account is append-only: a mistake is corrected by a reversing entry, which undoes one entry, whole, once.
TRIGGERS = """
CREATE TRIGGER ledger_entry_never_changes BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER ledger_entry_never_goes BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;
CREATE TRIGGER ledger_entry_undoes_one_whole BEFORE INSERT ON ledger_entry WHEN NEW.reverses_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an entry is undone whole, on its own account, and not before its day')
WHERE NOT EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.id = NEW.reverses_id AND e.lease_id = NEW.lease_id
    AND e.amount_cents = -NEW.amount_cents AND e.reverses_id IS NULL AND e.value_on <= NEW.value_on
    AND (NEW.kind = 'reversal' OR e.kind IN ('payment_received', 'housing_benefit'))); END;
CREATE TRIGGER ledger_choice_never_changes BEFORE UPDATE ON ledger_choice
BEGIN SELECT RAISE(ABORT, 'choices are never changed'); END;
CREATE TRIGGER ledger_choice_never_goes BEFORE DELETE ON ledger_choice
BEGIN SELECT RAISE(ABORT, 'choices are never deleted'); END;
CREATE TRIGGER repayment_plan_only_ends BEFORE UPDATE ON repayment_plan
WHEN OLD.ended_on IS NOT NULL OR NEW.ended_on IS NULL OR NEW.lease_id <> OLD.lease_id
    OR NEW.agreed_on <> OLD.agreed_on OR NEW.once_key <> OLD.once_key
BEGIN SELECT RAISE(ABORT, 'a plan is only ended, once'); END;
CREATE TRIGGER repayment_plan_never_goes BEFORE DELETE ON repayment_plan
BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;
CREATE TRIGGER repayment_instalment_never_changes BEFORE UPDATE ON repayment_instalment
BEGIN SELECT RAISE(ABORT, 'instalments are never changed'); END;
CREATE TRIGGER repayment_instalment_never_goes BEFORE DELETE ON repayment_instalment
BEGIN SELECT RAISE(ABORT, 'instalments are never deleted'); END;
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Rebuild the ledger with its new rules, add the choices and the plans, and put every guard back."""
    db.connection().execute(LEDGER + TABLES + TRIGGERS)
