"""The portal on the tests' cast, in this process, as it answers in service: a fault is a page, not an exception."""

import logging
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from portal import create_app, db
from portal.domain.people import sessions
from portal.domain.people.models import Access, Staff, Tenant, Throttle
from portal.kernel.clock import FixedClock
from tests.conftest import settings_of
from tests.fixtures import Belongings, furnish
from tests.people import NOW, People, move_in

HOURS = 12


@dataclass(frozen=True)
class Cast:
    """The application, the people, and what belongs to Aminata."""

    app: Flask
    people: People
    own: Belongings

    @classmethod
    def in_folder(cls, folder: Path) -> "Cast":
        """Make the office of the tests in an empty folder."""
        app = create_app(settings_of(folder))
        app.config["WTF_CSRF_ENABLED"] = False
        app.clock = FixedClock(NOW)
        logging.getLogger("portal").setLevel(logging.CRITICAL)  # what broke is in the figure
        db.use(folder / "portal.sqlite")
        db.upgrade()
        with db.db.connection_context():
            people = move_in()
            return cls(app, people, furnish(people, folder / "uploads"))

    def visit(self, side: str) -> FlaskClient:
        """Return a browser in which the person a side is for is signed in, the brakes on guessing let go."""
        client = self.app.test_client()
        people = self.people
        person = {"tenant": people.aminata, "office": people.admin, "accounts": people.accountant}.get(side)
        db.db.connect(reuse_if_open=True)
        with db.db.atomic():
            Throttle.delete().execute()
            if person:
                token = sessions.begin(access=self._access(person), at=self.app.clock.now(), hours=HOURS)
        if person:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
        return client

    def _access(self, person: Tenant | Staff) -> Access:
        """Return a person's access, open again if an exercise closed it."""
        whose = Access.tenant == person if isinstance(person, Tenant) else Access.staff == person
        Access.update(closed_at=None).where(whose).execute()
        return Access.get(whose)
