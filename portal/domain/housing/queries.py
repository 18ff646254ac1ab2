"""Reads about leases and dwellings."""

from collections.abc import Iterable
from datetime import date

from portal.db import Written, place
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.people.models import Tenant

_leases = Written(
    lambda: (
        Lease.select(Lease, Dwelling, Building, Residence, Lodge)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .join(Lodge)
        .switch(Lease)
        .join(LeaseHolder, attr="mine")
        .where(LeaseHolder.tenant == place("tenant"))
        .order_by(Lease.ends_on.is_null(False), Lease.starts_on.desc(), Lease.id)
    )
)


def leases_of(*, tenant: Tenant) -> list[Lease]:
    """Return the leases a tenant holds or held, the running ones first, each with its dwelling, building and loge."""
    return _leases(tenant=tenant.id)


def holders_of(*, lease: Lease) -> list[Tenant]:
    """Return who is on a lease, the first named first."""
    return list(
        Tenant.select(Tenant)
        .join(LeaseHolder)
        .where(LeaseHolder.lease == lease)
        .order_by(LeaseHolder.rank, LeaseHolder.id)
    )


def current(leases: Iterable[Lease], *, on: date) -> list[Lease]:
    """Keep the leases that run on a day."""
    return [lease for lease in leases if lease.starts_on <= on and (lease.ends_on is None or lease.ends_on >= on)]


def lodges_of(*, tenant: Tenant, on: date) -> list[Lodge]:
    """Return the loges of the dwellings a tenant has on a day, each once, the latest lease's first."""
    lodges = [lease.dwelling.building.residence.lodge for lease in current(leases_of(tenant=tenant), on=on)]
    return list({lodge.id: lodge for lodge in lodges}.values())
