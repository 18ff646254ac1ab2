"""The orders a tenant may see: those of the dwelling during the lease, and those of the shared parts of the building.

Prices, market numbers and neighbours' dwellings are never among them (domain, §3.6).
"""

from datetime import date

from peewee import ModelSelect, Value, fn

from portal.db import Written, place
from portal.domain.claims.models import Claim
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.people.models import Tenant
from portal.domain.works.models import Contractor, Order
from portal.domain.works.policy import AHEAD

SERVICE_ORDER, WORK_ORDER = "OS", "BT"


def orders_of(*, tenant: Tenant, kind: str) -> list[Order]:
    """Return the orders of one kind a tenant may see, the latest first."""
    return list(
        _seen_by(tenant).where(Order.kind == kind).order_by(Order.issued_on.desc(), Order.number.desc(), Order.id)
    )


def order_of(*, tenant: Tenant, kind: str, number: str) -> Order | None:
    """Return one order, or None when there is none or the tenant may not see it.

    `order.claim_number` is the number of its claim when the claim is the tenant's own, else empty.
    """
    return _seen_by(tenant).where(Order.kind == kind, Order.number == number).first()


def next_visit(*, tenant: Tenant, on: date) -> Order | None:
    """Return the next planned order, those of the dwelling before those of the building."""
    return next(iter(_ahead(tenant=tenant.id, on=on.isoformat())), None)


def orders_of_claim(*, tenant: Tenant, claim: Claim) -> list[Order]:
    """Return the orders a claim led to that the tenant may see, oldest first."""
    return list(_seen_by(tenant).where(Order.claim == claim).order_by(Order.issued_on, Order.id))


def _seen_by(tenant: Tenant | Value) -> ModelSelect:
    """Select what a tenant may see, with the number of the claim when the claim is of one of the tenant's leases."""
    home = Dwelling.alias()
    mine = Lease.select(Lease.id).join(LeaseHolder).where(LeaseHolder.tenant == tenant)
    seen = (
        mine.join_from(Lease, home, on=(Lease.dwelling == home.id))
        .where((Order.dwelling == home.id) | (Order.building == home.building))
        .where(Order.issued_on >= Lease.starts_on, Lease.ends_on.is_null() | (Order.issued_on <= Lease.ends_on))
    )
    claim_number = fn.COALESCE(Claim.number, "").alias("claim_number")
    return (
        Order.select(Order, Contractor, Dwelling, Building, claim_number)
        .join(Contractor)
        .join_from(Order, Dwelling, "LEFT JOIN")
        .join_from(Order, Building, "LEFT JOIN")
        .join_from(Order, Claim, "LEFT JOIN", on=(Order.claim == Claim.id) & Claim.lease.in_(mine))
        .where(fn.EXISTS(seen))
    )


_ahead = Written(
    lambda: (
        _seen_by(place("tenant"))
        .where(Order.planned_on >= place("on"), Order.state.in_(AHEAD))
        .order_by(Order.dwelling.is_null(), Order.planned_on, Order.id)
        .limit(1)
    )
)
