"""A tenant’s file (dossier): what each area knows of one person, gathered for the counter."""

from dataclasses import dataclass
from datetime import date

from portal.domain.claims import queries as claims
from portal.domain.claims.models import Claim
from portal.domain.housing import queries as housing
from portal.domain.housing.models import Lease
from portal.domain.messages import queries as messages
from portal.domain.messages.models import Thread
from portal.domain.people import queries
from portal.domain.people.models import Access, Tenant
from portal.domain.rents import queries as rents


@dataclass(frozen=True)
class LeaseLine:
    """A lease, who is on it, and what its account says (cents, positive: the tenants owe)."""

    lease: Lease
    holders: list[Tenant]
    balance_cents: int


@dataclass(frozen=True)
class TenantFile:
    """Everything of the file's first page."""

    tenant: Tenant
    access: Access | None
    leases: list[LeaseLine]
    claims: list[Claim]
    threads: list[Thread]


def lease_lines(*, leases: list[Lease], on: date) -> list[LeaseLine]:
    """Return the leases with their holders and balances."""
    holders: dict[int, list[Tenant]] = {}
    for holder in queries.holders_of(leases=leases):
        holders.setdefault(holder.lease_id, []).append(holder.tenant)
    accounts = rents.accounts_of(leases, on=on)
    return [
        LeaseLine(lease, holders.get(lease.id, []), account.balance_cents)
        for lease, account in zip(leases, accounts, strict=True)
    ]


def file_of(*, tenant: Tenant, on: date) -> TenantFile:
    """Return the file of a tenant on a day."""
    return TenantFile(
        tenant=tenant,
        access=queries.access_of(tenant=tenant),
        leases=lease_lines(leases=housing.leases_of(tenant=tenant), on=on),
        claims=claims.open_claims(tenant=tenant),
        threads=messages.latest_threads(tenant=tenant),
    )
