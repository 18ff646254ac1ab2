"""A lease's account as the Office opens it: the lease, its dwelling, who is on it."""

from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect

from portal.domain.dossiers.queries import LeaseLine
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.people.models import Staff, Tenant
from portal.domain.people.queries import within_reach
from portal.domain.rents import queries as rents
from portal.domain.rents.account import Account
from portal.domain.rents.models import LedgerEntry, RepaymentPlan

PLANS_SHOWN = 100


@dataclass(frozen=True)
class Followed:
    """A lease whose repayment plan runs: its account, and who is on it."""

    account: Account
    holders: list[Tenant]


def lease_within_reach(*, number: str, staff: Staff, on: date) -> LeaseLine | None:
    """Return the lease of a number and its holders, if this member of staff may see one of them."""
    held = list(
        _holders().where(Lease.number == number, Tenant.id.in_(Tenant.select().where(within_reach(staff=staff, on=on))))
    )
    return LeaseLine(held[0].lease, [each.tenant for each in held]) if held else None


def entry_within_reach(*, id: int, staff: Staff, on: date) -> tuple[LedgerEntry, LeaseLine] | None:
    """Return an entry of an account and the lease it belongs to, if this member of staff may see it."""
    entry = LedgerEntry.select(LedgerEntry, Lease).join(Lease).where(LedgerEntry.id == id).first()
    line = lease_within_reach(number=entry.lease.number, staff=staff, on=on) if entry else None
    return (entry, line) if line else None


def followed_plans(*, on: date) -> list[Followed]:
    """Return the leases whose repayment plan runs, the latest agreed first, 100 at most."""
    plans = (
        RepaymentPlan.select(RepaymentPlan.lease)
        .where(RepaymentPlan.ended_on.is_null())
        .order_by(RepaymentPlan.agreed_on.desc(), RepaymentPlan.id.desc())
        .limit(PLANS_SHOWN)
    )
    order = [plan.lease_id for plan in plans]
    holders: dict[int, list[LeaseHolder]] = {}
    for holder in _holders().where(Lease.id.in_(order)):
        holders.setdefault(holder.lease_id, []).append(holder)
    accounts = rents.accounts_of([holders[each][0].lease for each in order if each in holders], on=on)
    return [
        Followed(account, [each.tenant for each in holders[account.lease.id]]) for account in accounts if account.plan
    ]


def holders_by_lease(*, leases: list[int]) -> dict[int, list[Tenant]]:
    """Return who is on each lease, by its id, the first named first."""
    found: dict[int, list[Tenant]] = {}
    rows = LeaseHolder.select(LeaseHolder, Tenant).join(Tenant).where(LeaseHolder.lease.in_(leases))
    for holder in rows.order_by(LeaseHolder.lease, LeaseHolder.rank, LeaseHolder.id):
        found.setdefault(holder.lease_id, []).append(holder.tenant)
    return found


def _holders() -> "ModelSelect[LeaseHolder]":
    """Everybody on the leases asked for, the first named first, each with the lease and its dwelling."""
    return (
        LeaseHolder.select(LeaseHolder, Tenant, Lease, Dwelling, Building)
        .join(Tenant)
        .switch(LeaseHolder)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .order_by(LeaseHolder.lease, LeaseHolder.rank, LeaseHolder.id)
    )
