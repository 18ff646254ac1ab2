"""Reads of the visits to come: for the reminders, the mails and the calendars."""

from datetime import date, datetime

from peewee import ModelSelect

from portal.domain.claims.models import Claim
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.people.models import Tenant
from portal.domain.works.models import LIVE, Contractor, Order, Visit


def visits_on(*, day: date) -> list[Visit]:
    """Return the visits of a day that the Office proposed or agreed to, each with its claim and its order."""
    awaited = (Visit.state == "agreed") | (Visit.proposed_by == "office")
    return list(_visits().where(Visit.day == day, Visit.state.in_(LIVE), awaited).order_by(Visit.id))


def visit_to_come(*, id: int | None, at: datetime) -> Visit | None:
    """Return a visit that is still to come at an instant, with its claim, its order and its company; else None."""
    visit = _visits().where(Visit.id == id, Visit.state.in_(LIVE)).first()
    return visit if visit and visit.starts_at > at else None


def visit_of(*, tenant: Tenant, id: int) -> Visit | None:
    """Return a visit to the dwelling of a tenant's lease, or about a claim of theirs; None for others'."""
    leases = Lease.select(Lease.id).join(LeaseHolder).where(LeaseHolder.tenant == tenant)
    homes = Lease.select(Lease.dwelling).where(Lease.id << leases, _lived_in())
    mine = (Visit.claim << Claim.select(Claim.id).where(Claim.lease << leases)) | (
        Visit.claim.is_null() & (Visit.order << Order.select(Order.id).where(Order.dwelling << homes))
    )
    return _visits().where(Visit.id == id, mine).first()


def expected(*, visit: Visit) -> list[Tenant]:
    """Return who awaits a visit: who filed the claim, else the holders of the dwelling's lease on that day."""
    if visit.claim_id:
        return [visit.claim.filed_by]
    held = Tenant.select().join(LeaseHolder).join(Lease).where(Lease.dwelling == visit.order.dwelling_id)
    running = held.where(Lease.starts_on <= visit.day, Lease.ends_on.is_null() | (Lease.ends_on >= visit.day))
    return list(running.order_by(LeaseHolder.rank, LeaseHolder.id))


def _lived_in() -> object:
    """An order of the dwelling is the tenant's during the lease only."""
    issued = (Order.issued_on >= Lease.starts_on) & (Lease.ends_on.is_null() | (Order.issued_on <= Lease.ends_on))
    return Lease.dwelling << Order.select(Order.dwelling).where(issued, Order.dwelling == Lease.dwelling)


def _visits() -> ModelSelect:
    """Select visits with what is said of them: claim, order, company, and the address."""
    return (
        Visit.select(Visit, Claim, Order, Contractor, Lease, Dwelling, Building, Residence, Lodge)
        .join(Claim, "LEFT JOIN")
        .join(Lease, "LEFT JOIN")
        .join(Dwelling, "LEFT JOIN")
        .join(Building, "LEFT JOIN")
        .join(Residence, "LEFT JOIN")
        .join(Lodge, "LEFT JOIN")
        .switch(Visit)
        .join(Order, "LEFT JOIN")
        .join(Contractor, "LEFT JOIN")
    )
