"""Migration 0002 rebuilds the ledger of an office that is already at work."""

import shutil
import sqlite3

import pytest

from portal import db


def made_by_the_first(path, tmp_path, monkeypatch) -> None:
    """Fill an office made by the first migration alone: a call, its payment, and the payment's rejection."""
    first = tmp_path / "migrations"
    first.mkdir()
    shutil.copy(db.MIGRATIONS / "0001_the_spine.py", first)
    db.use(path)
    monkeypatch.setattr(db.db, "before_commit", [])  # the guards know the tables of today
    with db.db.connection_context():
        db.migrations.run(db.db, str(first))
        for sql in FILLED.strip().split(";\n"):
            db.db.execute_sql(sql)


FILLED = """
INSERT INTO lodge VALUES (1, 'A', 'Loge', '', '', '', '');
INSERT INTO residence VALUES (1, 'A', 'Les Peupliers', 1);
INSERT INTO building VALUES (1, 'A', 1, 'Bâtiment A', '', '', '');
INSERT INTO dwelling VALUES (1, '000000000001', 1, '', '', '', '', NULL, NULL, '', '', NULL);
INSERT INTO lease VALUES (1, 'B-1', 1, '2020-01-01', NULL, 'in_arrears', 10);
INSERT INTO ledger_entry VALUES (7, 1, 'a', 'rent_call', '2026-10-26', '2026-10-26', '2026-10', 'Loyer', 45275, '',
    NULL, '2026-10-26T08:00:00Z');
INSERT INTO ledger_entry VALUES (8, 1, 'b', 'payment_received', '2026-11-10', '2026-11-10', NULL, 'Chèque', -45275,
    'cheque', NULL, '2026-11-10T08:00:00Z');
INSERT INTO ledger_entry VALUES (9, 1, 'c', 'rejected_payment', '2026-11-14', '2026-11-14', NULL, 'Rejeté', 45275,
    'cheque', 8, '2026-11-14T08:00:00Z')
"""
KEPT = "id, lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents, method, reverses_id"


def test_an_office_already_filled_keeps_its_whole_account_and_its_guards(tmp_path, monkeypatch):
    made_by_the_first(tmp_path / "a.sqlite", tmp_path, monkeypatch)
    monkeypatch.undo()
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        before = connection.execute(f"SELECT {KEPT} FROM ledger_entry ORDER BY id").fetchall()
    assert "0002_the_whole_account" in str(db.upgrade())
    with db.db.connection_context():
        assert db.db.execute_sql(f"SELECT {KEPT} FROM ledger_entry ORDER BY id").fetchall() == before
        assert len(before) == 3
        for forbidden in ("UPDATE ledger_entry SET label = ''", "DELETE FROM ledger_entry", "DELETE FROM lease"):
            with pytest.raises(Exception, match=r"never|FOREIGN"):
                db.db.execute_sql(forbidden)
        assert db.db.execute_sql("PRAGMA foreign_key_check").fetchall() == []
