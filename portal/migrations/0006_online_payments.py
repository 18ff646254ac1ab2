"""Online payments, the bank's notifications, and the demonstration bank's post. Statements are frozen."""

from portal.db import PortalDatabase

TABLES = """
CREATE TABLE online_payment (
    id INTEGER NOT NULL PRIMARY KEY, order_number TEXT NOT NULL, lease_id INTEGER NOT NULL, tenant_id INTEGER NOT NULL,
    choice TEXT NOT NULL, months TEXT NOT NULL, amount_cents INTEGER NOT NULL, mode TEXT NOT NULL,
    trans_day TEXT NOT NULL, trans_id TEXT NOT NULL, started_at TEXT NOT NULL, state TEXT NOT NULL,
    changed_at TEXT NOT NULL, bank_reference TEXT NOT NULL, refunded_cents INTEGER NOT NULL, entry_id INTEGER,
    once_key TEXT NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (entry_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT,
    CHECK (state IN ('waiting', 'pending', 'paid', 'refused', 'abandoned', 'lapsed', 'cancelled', 'reversed')),
    CHECK (choice IN ('balance', 'terms', 'sum')),
    CHECK (mode IN ('TEST', 'PRODUCTION')),
    CHECK (amount_cents >= 100),
    CHECK (refunded_cents BETWEEN 0 AND amount_cents),
    CHECK (length(trans_id) = 6 AND trans_id < '900000'),
    CHECK ((state IN ('paid', 'reversed')) = (entry_id IS NOT NULL))
) STRICT;
CREATE TABLE payment_counter (
    id INTEGER NOT NULL PRIMARY KEY, day TEXT NOT NULL, given INTEGER NOT NULL, CHECK (given BETWEEN 0 AND 900000)
) STRICT;
CREATE TABLE bank_notification (
    id INTEGER NOT NULL PRIMARY KEY, received_at TEXT NOT NULL, address TEXT NOT NULL, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, verdict TEXT NOT NULL, payment_id INTEGER, order_number TEXT NOT NULL,
    trans_status TEXT NOT NULL, bank_reference TEXT NOT NULL, amount_cents INTEGER, facts TEXT NOT NULL,
    FOREIGN KEY (payment_id) REFERENCES online_payment (id) ON DELETE RESTRICT,
    CHECK (verdict IN ('paid', 'pending', 'refused', 'abandoned', 'undone', 'refunded', 'repeated', 'overtaken',
        'unreadable', 'bad_signature', 'not_a_notification', 'wrong_mode', 'wrong_shop', 'unknown_order',
        'wrong_transaction', 'wrong_currency', 'wrong_amount', 'wrong_operation', 'unknown_status',
        'second_payment', 'after_undoing', 'refund_early', 'refund_too_large', 'account_refused'))
) STRICT;
CREATE TABLE demo_notice (
    id INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL, send_at TEXT NOT NULL, tries INTEGER NOT NULL,
    sent_at TEXT, answer TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX online_payment_order_number ON online_payment (order_number);
CREATE INDEX online_payment_tenant_id ON online_payment (tenant_id);
CREATE UNIQUE INDEX online_payment_entry_id ON online_payment (entry_id);
CREATE UNIQUE INDEX online_payment_once_key ON online_payment (once_key);
CREATE UNIQUE INDEX online_payment_trans_day_trans_id ON online_payment (trans_day, trans_id);
CREATE INDEX online_payment_lease_id_started_at ON online_payment (lease_id, started_at);
CREATE INDEX online_payment_state_started_at ON online_payment (state, started_at);
CREATE UNIQUE INDEX payment_counter_day ON payment_counter (day);
CREATE INDEX bank_notification_payment_id ON bank_notification (payment_id);
CREATE INDEX bank_notification_verdict_received_at ON bank_notification (verdict, received_at);
CREATE INDEX bank_notification_received_at ON bank_notification (received_at);
CREATE INDEX demo_notice_sent_at_send_at ON demo_notice (sent_at, send_at);
"""

# What the bank said is never rewritten; what a payment asked neither; money that came in is only given back by refunds.
TRIGGERS = """
CREATE TRIGGER bank_notification_never_changes BEFORE UPDATE ON bank_notification
BEGIN SELECT RAISE(ABORT, 'bank notifications are never changed'); END;
CREATE TRIGGER bank_notification_never_goes BEFORE DELETE ON bank_notification
BEGIN SELECT RAISE(ABORT, 'bank notifications are never deleted'); END;
CREATE TRIGGER online_payment_never_goes BEFORE DELETE ON online_payment
BEGIN SELECT RAISE(ABORT, 'online payments are never deleted'); END;
CREATE TRIGGER online_payment_asks_once BEFORE UPDATE OF order_number, lease_id, tenant_id, choice, months,
    amount_cents, mode, trans_day, trans_id, started_at, once_key ON online_payment
BEGIN SELECT RAISE(ABORT, 'what a payment asked is never changed'); END;
CREATE TRIGGER online_payment_keeps_its_entry BEFORE UPDATE OF state, entry_id ON online_payment
WHEN OLD.entry_id IS NOT NULL
    AND (NEW.entry_id IS NULL OR NEW.state NOT IN ('paid', 'reversed')
        OR (OLD.state = 'reversed' AND NEW.state <> 'reversed'))
BEGIN SELECT RAISE(ABORT, 'a payment that was credited is only ever reversed'); END;
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Create the tables, their indexes and their guards."""
    db.connection().execute(TABLES + TRIGGERS)
