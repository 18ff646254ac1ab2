"""Demonstration offices of any size, made once, and people who are signed in there."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench import server
from bench.clock import told_to_servers
from portal import config, create_app, db
from portal.cli.progress import Progress
from portal.demo.maker import Wish, make
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import leases_of
from portal.domain.papers import consents
from portal.domain.papers.actions import draw_up_receipt
from portal.domain.people import sessions
from portal.domain.people.models import Access, Staff, Tenant
from portal.domain.rents.queries import account_of
from portal.kernel.clock import Clock, paris_day
from portal.web.papers import desk_of

VISITORS = 40
HOURS = 12


@dataclass(frozen=True)
class Visitor:
    """A tenant, and the cookie of an open session."""

    tenant: Tenant
    cookie: str


@dataclass(frozen=True)
class Office:
    """An office in a data folder, the clock it lives by, and cookies of some of its people."""

    folder: Path
    clock: Clock

    @classmethod
    def of_size(cls, folder: Path, dwellings: int, months: int, clock: Clock) -> "Office":
        """Return the office of a size under a folder, made if it is not there yet."""
        office = cls(folder / f"office-{dwellings}x{months}", clock)
        if not (office.folder / "portal.toml").exists():
            progress = Progress()
            make(data=office.folder, wish=Wish(dwellings, months), at=clock.now(), progress=progress)
            progress.close()
        office.use()
        db.upgrade()
        return office

    @cached_property
    def settings(self) -> config.Config:
        """Its settings."""
        return config.load(self.folder)

    @cached_property
    def app(self) -> Flask:
        """The portal on this office, in this process; `use()` it where there is another office."""
        return create_app(self.settings, self.clock)

    def use(self) -> None:
        """Make this process's database this office's."""
        settings = self.app.portal  # the application first: it too says which file is the database, when it is made
        db.close()
        db.use(settings.database)

    def served(self) -> AbstractContextManager[int]:
        """Serve this office by a process of its own, on its clock; yields the port."""
        return server.serving("bench.portal:app", PORTAL_DATA=str(self.folder), **told_to_servers(self.clock))

    @cached_property
    def visitors(self) -> list[Visitor]:
        """Signed-in tenants taken evenly among those who live there."""
        self.use()
        with db.db.connection_context():
            return [Visitor(access.tenant, self._sign_in(access)) for access in self._accesses()]

    @property
    def cookies(self) -> list[str]:
        """The session cookies of the visitors."""
        return [visitor.cookie for visitor in self.visitors]

    def cookie_of(self, role: str) -> str:
        """Return the cookie of a member of staff of a role, signed in now."""
        self.use()
        with db.db.connection_context():
            return self._sign_in(Access.select().join(Staff).where(Staff.role == role).order_by(Access.id).get())

    def _sign_in(self, access: Access) -> str:
        """Open a session, whatever the password and the second factor, and return its cookie."""
        token = sessions.begin(access=access, at=self.clock.now(), hours=HOURS)
        signer = self.app.session_interface.get_signing_serializer(self.app)
        return f"{self.app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': token, '_fresh': True})}"

    def _accesses(self) -> list[Access]:
        """Return the accesses of so many tenants, opened if need be; nobody has their passwords."""
        holders = LeaseHolder.select(LeaseHolder.tenant).join(Lease)
        rows = holders.where(LeaseHolder.rank == 0, Lease.ends_on.is_null()).order_by(LeaseHolder.id)
        tenants = [tenant for (tenant,) in rows.tuples()]
        opened, at = [], self.clock.now()
        for tenant in dict.fromkeys(tenants[:: max(1, len(tenants) // VISITORS)][:VISITORS]):
            values = {"login": f"bench{tenant}", "password_hash": "", "opened_at": at, "password_set_at": at}
            opened.append(Access.get_or_create(tenant=tenant, defaults=values)[0])
        return opened

    def client(self, cookie: str) -> FlaskClient:
        """Return a browser, in this process, in which the tenant of a cookie is signed in."""
        self.use()
        client = self.app.test_client()
        client.set_cookie(*cookie.split("=", 1))
        return client

    def receipts(self, count: int) -> list[tuple[str, str]]:
        """Return the cookies of so many tenants who have a quittance, and read it here, with the latest's address.

        An office where fewer have one ends the measure: its months are too few, or too young.
        """
        visitors = self.visitors
        self.use()
        with db.db.connection_context():
            found = list(islice(self._receipts(visitors), count))
        if len(found) < count:
            raise SystemExit(f"{self.folder.name} : {len(found)} locataires ont une quittance, il en faut {count}.")
        return found

    def _receipts(self, visitors: list[Visitor]) -> Iterator[tuple[str, str]]:
        at = self.clock.now()
        for visitor in visitors:
            lease = leases_of(tenant=visitor.tenant)[0]
            if term := account_of(lease, on=paris_day(at)).last_receipt:
                if not consents.consents_of(tenant=visitor.tenant).agreed:
                    consents.answer(tenant=visitor.tenant, agreed=True, at=at)
                paper = draw_up_receipt(lease=lease, month=term.month, desk=desk_of(self.app), at=at)
                yield visitor.cookie, f"/espace/papiers/{paper.number}.pdf"
