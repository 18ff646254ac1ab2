"""Migration 0004 adds to the réclamations of an office that is already at work, and keeps every row."""

import contextlib
import shutil
import sqlite3

from portal import db

FILLED = """
INSERT INTO tenant VALUES (1, '0001', 'Mme', 'Keïta', '', 'Aminata', '', '', NULL);
INSERT INTO lodge VALUES (1, 'A', 'Loge', '', '', '', '');
INSERT INTO residence VALUES (1, 'A', 'Les Peupliers', 1);
INSERT INTO building VALUES (1, 'A', 1, 'Bâtiment A', '', '', '');
INSERT INTO dwelling VALUES (1, '000000000001', 1, '', '', '', '', NULL, NULL, '', '', NULL);
INSERT INTO lease VALUES (1, 'B-1', 1, '2020-01-01', NULL, 'in_arrears', 10);
INSERT INTO claim VALUES (1, '2026-000001', 1, 1, 1, 'dwelling', 'plomberie', 'Fuite.', '2026-11-02T08:00:00Z',
    'accusee',
    '2026-11-05T08:00:00Z', 'a');
INSERT INTO claim VALUES (2, '2026-000002', 1, 1, 1, 'dwelling', 'plomberie', 'Fuite.', '2026-11-02T08:00:00Z', 'close',
    '2026-11-04T08:00:00Z', 'b');
INSERT INTO claim_event VALUES (1, 1, '2026-11-02T08:00:00Z', 'deposee', 'Vous', 1, NULL, 'Fuite.', '', NULL);
INSERT INTO claim_event VALUES (2, 1, '2026-11-03T08:00:00Z', 'accusee', 'Loge', NULL, NULL, '', 'Interne.', NULL);
INSERT INTO claim_event VALUES (3, 1, '2026-11-05T08:00:00Z', '', 'Vous', 1, NULL, 'Encore.', '', NULL);
INSERT INTO claim_event VALUES (4, 2, '2026-11-04T08:00:00Z', 'close', 'Loge', NULL, NULL, '', '', NULL);
INSERT INTO contractor VALUES (1, 'V', 'Varin', '', '', '');
INSERT INTO works_order VALUES (1, 'BT-2026-0007', 'BT', '2026-11-03', 1, NULL, 1, '', 'Siphon', NULL, '', NULL, 'emis',
    NULL, NULL, 1);
"""


def test_the_claims_of_an_office_already_at_work_go_on(tmp_path, monkeypatch):
    first, path, everything = tmp_path / "first", tmp_path / "a.sqlite", db.MIGRATIONS
    first.mkdir()
    shutil.copy(db.MIGRATIONS / "0001_the_spine.py", first)
    monkeypatch.setattr(db, "MIGRATIONS", first)
    db.use(path)
    db.upgrade()
    with contextlib.closing(sqlite3.connect(path)) as filled:
        filled.executescript(FILLED)
    monkeypatch.setattr(db, "MIGRATIONS", everything)
    db.upgrade()
    with contextlib.closing(sqlite3.connect(path)) as upgraded:
        claims = upgraded.execute("SELECT moves, since_at, due_at, service, channel FROM claim ORDER BY id").fetchall()
        assert claims == [
            (2, "2026-11-03T08:00:00Z", "2026-11-10T08:00:00Z", "loge", "portal"),
            (1, "2026-11-04T08:00:00Z", None, "loge", "portal"),
        ]
        events = upgraded.execute("SELECT public_words, internal_words, verb FROM claim_event ORDER BY id").fetchall()
        assert events[:3] == [("Fuite.", "", ""), ("", "Interne.", ""), ("Encore.", "", "")]
        assert upgraded.execute("SELECT number, outcome, claim_id FROM works_order").fetchall() == [
            ("BT-2026-0007", "", 1)
        ]
