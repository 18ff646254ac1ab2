"""A notification is credited once, whoever dies and however many processes take it in at once."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from portal import config, create_app, db
from portal.bank_settings import DEMO_SITE, BankSettings
from portal.domain.payments import actions, settlement
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.rents import actions as accounts
from portal.domain.rents import entries
from portal.domain.rents.models import LedgerEntry
from tests.bank import KEY, SHOP, begin, body_of, refund_of
from tests.people import NOW

URL = "/banque/notification"
PROCESSES = 8
WATCHED = {module.__file__ for module in (actions, settlement, accounts, entries)}


@pytest.fixture
def office(furnished, tmp_path) -> Path:
    """A database in which Bruno has begun to pay 50 €."""
    path = tmp_path / "begun.sqlite"
    shutil.copy(furnished[0], path)
    db.use(path)
    with db.db.connection_context():
        begin(furnished[1].bruno)
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def fresh(office: Path, folder: Path) -> None:
    """Make a folder's database a fresh copy of the office."""
    for name in ("portal.sqlite", "portal.sqlite-wal", "portal.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(office, folder / "portal.sqlite")
    db.use(folder / "portal.sqlite")


def take_in(body: bytes) -> int:
    """Take a notification in, as the counter does, and return the status of the answer."""
    with db.db.connection_context():
        return actions.receive(body=body, shop=SHOP, address="194.50.38.6", at=NOW).status


def in_a_child(act: Callable[[], object]) -> int:
    """Start a process that does something and ends; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        act()
        os._exit(0)
    finally:
        os._exit(1)


def die_at(moment: int) -> Callable:
    """Return a trace that kills the process at the n-th moment of the payments' and the accounts' code.

    A moment is all the lines between two statements: before any of them the process leaves the same behind, for it
    writes to the database and nowhere else. It dies before the first.
    """
    asked: list[str] = []
    db.db.query_hooks.append(lambda event: asked.append(event.sql))
    left, last = moment, None

    def trace(frame, event, _argument):
        nonlocal left, last
        if frame.f_code.co_filename not in WATCHED:
            return None
        now = len(asked), db.db.connection().txn_state()  # a COMMIT is no query of Peewee's, but ends the transaction
        if event == "line" and now != last:
            left, last = left - 1, now
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def killed_at(moment: int, body: bytes) -> bool:
    """Take a notification in, in a process that dies at a moment; say whether it died."""

    def act() -> None:
        sys.settrace(die_at(moment))
        take_in(body)

    _, status = os.waitpid(in_a_child(act), 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def credited() -> tuple[list[int], str, int]:
    """Return the amounts by card on the account, the payment's state, and how many notes of a credit there are."""
    with db.db.connection_context():
        assert db.db.execute_sql("PRAGMA quick_check").fetchone() == ("ok",)
        amounts = [entry.amount_cents for entry in LedgerEntry.select().where(LedgerEntry.method == "carte")]
        noted = BankNotification.select().where(BankNotification.verdict.in_(("paid", "refunded"))).count()
        return amounts, OnlinePayment.get().state, noted


@pytest.mark.parametrize("kind", ["paid", "refunded"])
def test_killed_at_any_moment_and_sent_again_it_counts_once(office, tmp_path, kind):
    folder, moment, dead = tmp_path / "data", 0, True
    folder.mkdir()
    db.use(office)
    with db.db.connection_context():
        bodies = [body_of(OnlinePayment.get()), refund_of(OnlinePayment.get(), 2000)][: 1 + (kind == "refunded")]
    while dead:
        moment += 1
        fresh(office, folder)
        assert [take_in(body) for body in bodies[:-1]] == [200] * (len(bodies) - 1)
        dead = killed_at(moment, bodies[-1])
        assert take_in(bodies[-1]) == 200
        expected = [-5000] if kind == "paid" else [-5000, 5000, -3000]
        assert credited() == (expected, "paid", len(bodies)), moment
    assert moment > 12


def test_eight_processes_at_once_credit_once(office, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    fresh(office, folder)
    with db.db.connection_context():
        body = body_of(OnlinePayment.get())
    bank = BankSettings(site_id=DEMO_SITE, test_key=KEY, demo=True)
    app = create_app(config.Config(data=folder, mode="test", secret_key="test", bank=bank))
    gate_out, gate_in = os.pipe()

    def act() -> None:
        os.close(gate_in)
        os.read(gate_out, 1)  # until the gate is closed: all leave at the same instant
        assert app.test_client().post(URL, data=body).status_code == 200

    children = [in_a_child(act) for _ in range(PROCESSES)]
    os.close(gate_in)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * PROCESSES
    os.close(gate_out)
    assert credited() == ([-5000], "paid", 1)
    with db.db.connection_context():
        assert BankNotification.select().where(BankNotification.verdict == "repeated").count() == PROCESSES - 1
