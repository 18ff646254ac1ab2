"""A data folder with the cast, for a real server."""

from pathlib import Path

from portal import config, db
from portal.domain.messages.models import Message, Thread
from portal.domain.people.models import Access
from portal.kernel.clock import SystemClock
from tests.people import move_in


def furnish(folder: Path) -> Path:
    """Put the cast in a data folder, each tenant with an access and one thread of the Office; return the folder."""
    config.save(folder, {"mode": "test", "office": {"phone": "0148790000"}})
    db.use(folder / "portal.sqlite")
    db.upgrade()
    with db.db.connection_context():
        people = move_in()
        now = SystemClock().now()
        Access.create(login="nadia", password_hash="!", tenant=people.nadia, opened_at=now, password_set_at=now)
        for rank, tenant in enumerate((people.aminata, people.bruno, people.charlie, people.nadia), start=1):
            thread = Thread.create(id=rank, tenant=tenant, subject="Essai", began_at=now, last_at=now)
            Message.create(
                thread=thread, written_at=now, side="office", author="Votre loge", body="Bonjour", once_key=f"{rank}"
            )
    return folder
