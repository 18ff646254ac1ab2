"""Demonstration offices of any size, made once, and tenants who are signed in there."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask.testing import FlaskClient

from portal import config, create_app, db
from portal.cli.progress import Progress
from portal.demo.maker import Wish, make
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from portal.domain.people import sessions
from portal.domain.people.models import Access
from portal.kernel.clock import SystemClock

VISITORS = 40
HOURS = 12
RECEIPT = re.compile(r'href="(/espace/[^"]+\.pdf[^"]*)"')


@dataclass(frozen=True)
class Office:
    """An office in a data folder, and cookies of some of its tenants."""

    folder: Path

    @classmethod
    def of_size(cls, folder: Path, dwellings: int, months: int) -> "Office":
        """Return the office of a size under a folder, made if it is not there yet."""
        office = cls(folder / f"office-{dwellings}x{months}")
        if not (office.folder / "portal.toml").exists():
            progress = Progress()
            make(data=office.folder, wish=Wish(dwellings, months), at=SystemClock().now(), progress=progress)
            progress.close()
        office.use()
        db.upgrade()
        return office

    @cached_property
    def settings(self) -> config.Config:
        """Its settings."""
        return config.load(self.folder)

    @cached_property
    def app(self):
        """The portal on this office, in this process; `use()` it first where there is another office."""
        return create_app(self.settings)

    def use(self) -> None:
        """Make this process's database this office's."""
        db.close()
        db.use(self.settings.database)

    @cached_property
    def cookies(self) -> list[str]:
        """Session cookies of tenants taken evenly among those who live there."""
        self.use()
        with db.db.connection_context():
            tokens = [sessions.begin(access=access, at=SystemClock().now(), hours=HOURS) for access in self._accesses()]
        signer = self.app.session_interface.get_signing_serializer(self.app)
        name = self.app.config["SESSION_COOKIE_NAME"]
        return [f"{name}={signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens]

    def _accesses(self) -> list[Access]:
        """Return the accesses of so many tenants, opened if need be; nobody has their passwords."""
        holders = LeaseHolder.select().join(Lease).where(LeaseHolder.rank == 0, Lease.ends_on.is_null())
        tenants = [holder.tenant_id for holder in holders.order_by(LeaseHolder.id)]
        opened, at = [], SystemClock().now()
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

    def receipts(self, most: int) -> list[tuple[str, str]]:
        """Return the cookies of so many tenants who have a quittance, each with its address."""
        found = []
        for cookie in self.cookies:
            page = self.client(cookie).get("/espace/quittances").get_data(as_text=True)
            if (paper := RECEIPT.search(page)) and len(found) < most:
                found.append((cookie, paper[1].replace("&amp;", "&")))
        return found
