"""Who lives where today, as the imported office has it."""

from dataclasses import dataclass
from datetime import date

from portal.demo.cast import CAST
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Residence
from portal.domain.people.models import Tenant


@dataclass(frozen=True)
class Household:
    """One holder of a lease that runs; `role` names the cast, whose first holders alone write."""

    tenant: Tenant
    lease: Lease
    building_id: int
    lodge_id: int
    first: bool
    role: str


def households(today: date) -> list[Household]:
    """Return every holder of a lease that runs today, in the order of the leases and of the holders."""
    rows = (
        LeaseHolder.select(LeaseHolder, Lease, Tenant, Dwelling, Building, Residence)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .switch(LeaseHolder)
        .join(Tenant)
        .where(Lease.starts_on <= today, (Lease.ends_on.is_null()) | (Lease.ends_on >= today))
        .order_by(Lease.id, LeaseHolder.rank)
    )
    return [_household(row) for row in rows.iterator()]


def _household(holder: LeaseHolder) -> Household:
    lease, building = holder.lease, holder.lease.dwelling.building
    role = CAST_NAMES.get((holder.tenant.family_name, holder.tenant.first_name, holder.tenant.phone), "")
    return Household(holder.tenant, lease, building.id, building.residence.lodge_id, holder.rank == 0, role)


CAST_NAMES = {
    (role.people[0].family_name, role.people[0].first_name, role.people[0].phone): role.name for role in CAST.values()
}
