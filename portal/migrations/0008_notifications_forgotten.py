"""After fifteen months the words of a bank notification are erased; the rest of it still never changes."""

from portal.db import PortalDatabase

ERASING = """
ALTER TABLE bank_notification ADD COLUMN erased_at TEXT CHECK (erased_at IS NULL OR (facts = '{}' AND address = ''));
DROP TRIGGER bank_notification_never_changes;
CREATE TRIGGER bank_notification_never_changes BEFORE UPDATE ON bank_notification
WHEN NOT (
    OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
    AND NEW.erased_at >= strftime('%Y-%m-%dT%H:%M:%SZ', OLD.received_at, '+15 months')
    AND (NEW.id, NEW.received_at, NEW.sha256, NEW.size, NEW.verdict, NEW.payment_id, NEW.order_number,
            NEW.trans_status, NEW.bank_reference, NEW.amount_cents)
        IS (OLD.id, OLD.received_at, OLD.sha256, OLD.size, OLD.verdict, OLD.payment_id, OLD.order_number,
            OLD.trans_status, OLD.bank_reference, OLD.amount_cents)
)
BEGIN SELECT RAISE(ABORT, 'bank notifications are never changed'); END;
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Let one change through: the words and the address go, with the moment they went, fifteen months after."""
    db.connection().execute(ERASING)
