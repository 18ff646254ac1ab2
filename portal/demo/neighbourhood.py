"""Who lives where today, as the imported office has it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.demo.cast import CAST
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Residence
from portal.domain.people.models import Tenant


@dataclass(frozen=True)
class Household:
    """One holder of a lease that runs; `role` names the cast, whose first holders alone write.

    Only numbers are held, for there may be a hundred thousand: the tenant and the lease are read when they are told of.
    """

    tenant_id: int
    lease_id: int
    dwelling_id: int
    building_id: int
    lodge_id: int
    first: bool
    role: str

    @cached_property
    def tenant(self) -> Tenant:
        """Who it is."""
        return Tenant.get_by_id(self.tenant_id)

    @cached_property
    def lease(self) -> Lease:
        """The lease, with its dwelling."""
        return Lease.select(Lease, Dwelling).join(Dwelling).where(Lease.id == self.lease_id).get()


def households(today: date) -> list[Household]:
    """Return every holder of a lease that runs today, in the order of the leases and of the holders."""
    rows = (
        LeaseHolder.select(
            LeaseHolder.tenant,
            Lease.id,
            Dwelling.id,
            Building.id,
            Residence.lodge,
            LeaseHolder.rank == 0,
            Tenant.family_name,
            Tenant.first_name,
            Tenant.phone,
        )
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .switch(LeaseHolder)
        .join(Tenant)
        .where(Lease.starts_on <= today, (Lease.ends_on.is_null()) | (Lease.ends_on >= today))
        .order_by(Lease.id, LeaseHolder.rank)
    )
    return [
        Household(tenant, lease, dwelling, building, lodge, bool(first), CAST_NAMES.get(tuple(named), ""))
        for tenant, lease, dwelling, building, lodge, first, *named in rows.tuples().iterator()
    ]


def by_building(homes: Iterable[Household]) -> dict[int, list[Household]]:
    """Return the households of each building, in the order of the buildings' first leases."""
    found = defaultdict(list)
    for home in homes:
        found[home.building_id].append(home)
    return found


CAST_NAMES = {
    (role.people[0].family_name, role.people[0].first_name, role.people[0].phone): role.name for role in CAST.values()
}
