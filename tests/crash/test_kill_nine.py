"""What was answered « enregistré » is there after the server was killed, and there once."""

from pathlib import Path

from portal import db
from portal.domain.messages.models import Message
from tests.crash.killing import Killing

LEAST = 2  # an answer and a claim


def test_every_answer_and_claim_that_was_acknowledged_survives_a_kill(office: Path) -> None:
    killing = Killing(office)
    killing.round(LEAST)
    assert len(killing.kept) >= killing.writers * LEAST
    assert not killing.lost
    assert not killing.doubled
    with db.db.connection_context():  # the proof can fail: one of them is taken away
        gone = Message.select().where(Message.once_key.in_(killing.kept)).get()
        gone.delete_instance()
    assert killing.lost == {gone.once_key}
