"""Demonstration offices of any size, made once, and tenants who are signed in there."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask.testing import FlaskClient

from portal import config, create_app, db
from portal.cli.progress import Progress
from portal.demo.maker import Wish, make
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import leases_of
from portal.domain.papers import consents
from portal.domain.papers.actions import draw_up_receipt
from portal.domain.people import sessions
from portal.domain.people.models import Access, Tenant
from portal.domain.rents.queries import account_of
from portal.kernel.clock import SystemClock, paris_day
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
    def visitors(self) -> list[Visitor]:
        """Signed-in tenants taken evenly among those who live there."""
        self.use()
        signer = self.app.session_interface.get_signing_serializer(self.app)
        name, found = self.app.config["SESSION_COOKIE_NAME"], []
        with db.db.connection_context():
            for access in self._accesses():
                token = sessions.begin(access=access, at=SystemClock().now(), hours=HOURS)
                found.append(Visitor(access.tenant, f"{name}={signer.dumps({'_user_id': token, '_fresh': True})}"))
        return found

    @property
    def cookies(self) -> list[str]:
        """The session cookies of the visitors."""
        return [visitor.cookie for visitor in self.visitors]

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
        """Return the cookies of so many tenants who have a quittance, and read it here, with the latest's address."""
        visitors, at, found = self.visitors, SystemClock().now(), []
        self.use()
        with db.db.connection_context():
            for visitor in visitors:
                lease = leases_of(tenant=visitor.tenant)[0]
                if len(found) < most and (term := account_of(lease, on=paris_day(at)).last_receipt):
                    if not consents.consents_of(tenant=visitor.tenant).agreed:
                        consents.answer(tenant=visitor.tenant, agreed=True, at=at)
                    paper = draw_up_receipt(lease=lease, month=term.month, desk=desk_of(self.app), at=at)
                    found.append((visitor.cookie, f"/espace/papiers/{paper.number}.pdf"))
        return found
