"""What each connection to the database promises, whoever opens it."""

import pytest

from portal import db

FULL, WAL = 2, "wal"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_a_page_says_is_kept_survives_a_power_cut(app, method):
    db.open_for(method)
    asked = {name: db.db.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")}
    assert asked == {"synchronous": FULL, "journal_mode": WAL}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_row_points_to_nothing(app, method):
    db.open_for(method)
    assert db.db.execute_sql("PRAGMA foreign_keys").fetchone() == (1,)
