"""A tenant’s file (dossier): what each area knows of one person, gathered for the counter."""

from dataclasses import dataclass, field
from datetime import date

from portal.domain.claims import queries as claims
from portal.domain.claims.models import Claim
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.messages import queries as messages
from portal.domain.messages.models import Thread
from portal.domain.people.models import Access, Tenant
from portal.domain.rents import queries as rents


@dataclass
class LeaseLine:
    """A lease, who is on it, and what its account says (cents, positive: the tenants owe)."""

    lease: Lease
    holders: list[Tenant] = field(default_factory=list)
    balance_cents: int = 0


@dataclass(frozen=True)
class TenantFile:
    """Everything of the file's first page."""

    tenant: Tenant
    access: Access | None
    leases: list[LeaseLine]
    claims: list[Claim]
    threads: list[Thread]


def lease_lines(*, tenant: Tenant, on: date) -> list[LeaseLine]:
    """Return the leases of a tenant, the running ones first, with all their holders and their balance on a day."""
    lines: dict[int, LeaseLine] = {}
    for holder in _holders(tenant):
        lines.setdefault(holder.lease_id, LeaseLine(holder.lease)).holders.append(holder.tenant)
    balances = rents.balances_of([each.lease for each in lines.values()], on=on)
    for line in lines.values():
        line.balance_cents = balances[line.lease.id]
    return list(lines.values())


def file_of(*, tenant: Tenant, on: date) -> TenantFile:
    """Return the file of a tenant on a day; the tenant comes with the access, as people/queries.py loads them."""
    return TenantFile(
        tenant=tenant,
        access=tenant.access,
        leases=lease_lines(tenant=tenant, on=on),
        claims=claims.open_claims(tenant=tenant),
        threads=messages.latest_threads(tenant=tenant),
    )


def _holders(tenant: Tenant) -> list[LeaseHolder]:
    """Return everybody on the leases of a tenant, lease by lease, each with the lease and its dwelling."""
    held = LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == tenant)
    return list(
        LeaseHolder.select(LeaseHolder, Tenant, Lease, Dwelling, Building, Residence, Lodge)
        .join(Tenant)
        .switch(LeaseHolder)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .join(Lodge)
        .where(LeaseHolder.lease.in_(held))
        .order_by(
            *(Lease.ends_on.is_null(False), Lease.starts_on.desc(), Lease.id, LeaseHolder.rank, LeaseHolder.id),
        )
    )
