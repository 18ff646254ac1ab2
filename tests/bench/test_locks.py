"""How long a posting keeps the others from writing is seen by somebody who would write."""

import time

import apsw

from bench.locks import Watch


def test_a_lock_held_all_along_counts_whole(tmp_path):
    database = tmp_path / "portal.sqlite"
    writer = apsw.Connection(str(database))
    writer.pragma("journal_mode", "wal")
    writer.execute("CREATE TABLE t (a); BEGIN IMMEDIATE")
    with Watch(database) as watch:
        began_at = time.perf_counter()
        writer.execute("INSERT INTO t VALUES (1)")
        held = time.perf_counter() - began_at
        watch.over.set()  # told to stop while the lock is held, it waits for it
        writer.execute("COMMIT")
    writer.close()
    assert watch.longest >= held
