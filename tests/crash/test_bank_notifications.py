"""A notification is credited once, whoever dies and however many processes take it in at once."""

import os
import shutil
from pathlib import Path

import pytest

from portal import db
from portal.domain.payments import actions
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.rents.models import LedgerEntry
from tests.bank import SHOP, begin, body_of, refund_of
from tests.crash.children import begun, counting, dying_at, ended
from tests.people import NOW

URL = "/banque/notification"
PROCESSES = 8


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


def receive(body: bytes) -> int:
    """Take a notification in through the open connection and return the status of the answer."""
    return actions.receive(body=body, shop=SHOP, address="194.50.38.6", at=NOW).status


def take_in(body: bytes) -> int:
    """Take a notification in, as the counter does, and return the status of the answer."""
    with db.db.connection_context():
        return receive(body)


def killed_at(moment: int, body: bytes) -> bool:
    """Take a notification in, in a process that dies before its n-th statement or after the last; say whether it died.

    Between two statements it leaves the same behind wherever it dies, for it writes to the database and nowhere else.
    """

    def act() -> None:
        trace = counting(dying_at(moment))
        with db.db.connection_context():
            db.db.connection().exec_trace = trace
            receive(body)
            trace()

    status = ended(act)
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
    assert [take_in(body) for body in bodies[:-1]] == [200] * (len(bodies) - 1)
    while dead:
        moment += 1
        fresh(office, folder)
        dead = killed_at(moment, bodies[-1])
        assert take_in(bodies[-1]) == 200
        expected = [-5000] if kind == "paid" else [-5000, 5000, -3000]
        assert credited() == (expected, "paid", len(bodies)), moment
    assert moment > 12


def test_eight_processes_at_once_credit_once(app, people):
    with db.db.connection_context():
        body = body_of(begin(people.bruno))
    gate_out, gate_in = os.pipe()

    def act() -> None:
        os.close(gate_in)
        os.read(gate_out, 1)  # until the gate is closed: all leave at the same instant
        assert app.test_client().post(URL, data=body).status_code == 200

    children = [begun(act) for _ in range(PROCESSES)]
    os.close(gate_in)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * PROCESSES
    os.close(gate_out)
    assert credited() == ([-5000], "paid", 1)
    with db.db.connection_context():
        assert BankNotification.select().where(BankNotification.verdict == "repeated").count() == PROCESSES - 1
