"""When the base can grow no more, what was sent is refused whole; once there is room, the same form goes through."""

from collections.abc import Callable

import apsw
import pytest

from portal.db import db
from portal.domain.messages import actions as messages
from portal.domain.messages.models import Message
from tests.people import NOW

WORDS = "Une longue réponse. " * 150
MOST = 40


def stored() -> set[str]:
    with db.connection_context():
        return {message.once_key for message in Message.select()}


@pytest.fixture
def limit(app, monkeypatch) -> Callable[[int], None]:
    """A function that lets the base of the application hold so many pages and no more."""
    monkeypatch.setattr(apsw, "connection_hooks", list(apsw.connection_hooks))

    def hold(pages: int) -> None:
        db.close()
        apsw.connection_hooks.append(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}"))

    return hold


def test_a_full_disk_loses_nothing_acknowledged_and_all_goes_on_once_there_is_room(app, client_of, people, limit):
    with db.connection_context():
        words = messages.Words("Bonjour", "m")
        thread = messages.write_to_tenant(
            tenant=people.aminata, author="Votre loge", subject="Essai", words=words, at=NOW, staff=people.loge
        )
    app.testing, client, kept, refused = False, client_of(people.aminata), {"m"}, ""

    def send(key: str) -> bool:
        answer = client.post(f"/espace/messages/{thread.id}", data={"body": WORDS, "once_key": key})
        assert answer.status_code == 303 or answer.status_code >= 500
        return answer.status_code == 303

    limit(1)  # SQLite understands: no more than there are
    for key in (f"{rank:032d}" for rank in range(MOST)):
        if not send(key):
            refused = key
            break
        kept.add(key)
    assert refused, "the base never filled up"
    assert stored() == kept
    limit(2**30)
    assert send(refused)
    assert stored() == kept | {refused}
