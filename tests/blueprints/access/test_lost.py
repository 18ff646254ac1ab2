"""A lost code: what is asked of the database does not tell whether an address is known."""

import pytest

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import MailLink, Tenant
from tests.people import OPENED


@pytest.fixture
def statements(monkeypatch):
    """What the database is asked, transactions included, in order."""
    asked = []
    db.query_hooks.append(lambda event: asked.append(event.sql))
    began, committed = db.begin, db.commit
    monkeypatch.setattr(db, "begin", lambda *args: (asked.append("BEGIN"), began(*args))[1])
    monkeypatch.setattr(db, "commit", lambda: (asked.append("COMMIT"), committed())[1])
    yield asked
    db.query_hooks.pop()


def ask(client, email):
    return client.post("/acces/perdu", data={"email": email})


def test_a_known_and_an_unknown_address_cost_the_same_work(client, people, statements):
    with db.connection_context():
        confirmed = {Tenant.email: "aminata@example.org", Tenant.email_confirmed_at: OPENED}
        Tenant.update(confirmed).where(Tenant.id == people.aminata).execute()
    costs = []
    ask(client, "autre@example.org")  # the brake of this network is known from here on
    for email in ("aminata@example.org", "personne@example.org"):
        statements.clear()
        answer = ask(client, email)
        assert (answer.status_code, answer.location) == (303, "/acces/perdu/envoi")
        costs.append([sql for sql in statements if not sql.startswith("PRAGMA")])
    assert costs[0] == costs[1]
    assert costs[0].count("COMMIT") == costs[1].count("COMMIT") > 0
    with db.connection_context():
        assert (MailLink.select().count(), OutboxMail.select().count(), Trace.select().count()) == (1, 1, 3)
