"""What each connection to the database promises, whoever opens it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal import db

ROOT = Path(__file__).parents[2]
FULL, WAL = 2, "wal"
# In a process of its own, for the tests' connections do not wait for the disk (tests/conftest.py).
ASK = """
import json, sys
from pathlib import Path
from portal import db
db.use(Path(sys.argv[1]))
for method in ("GET", "POST"):
    db.open_for(method)
    db.rest()  # asking for the journal's mode is writing to SQLite: it may change it
    print(json.dumps([db.db.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]))
    db.close()
"""


def test_what_a_page_says_is_kept_survives_a_power_cut(settings):
    asked = subprocess.check_output([sys.executable, "-c", ASK, str(settings.database)], cwd=ROOT, text=True)
    assert [json.loads(line) for line in asked.splitlines()] == [[FULL, WAL]] * 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_row_points_to_nothing(app, method):
    db.open_for(method)
    assert db.db.execute_sql("PRAGMA foreign_keys").fetchone() == (1,)
