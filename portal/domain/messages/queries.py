"""What a person reads of the messages: always theirs, newest first, in a constant number of queries."""

from datetime import date

from peewee import ModelSelect

from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Residence
from portal.domain.messages.models import Notice, Thread
from portal.domain.people.models import Role, Staff, Tenant

unread_by_tenant = Thread.office_last_id > Thread.tenant_read_id
unread_by_office = Thread.tenant_last_id > Thread.office_read_id


def count_unread_by_tenant(*, tenant: Tenant) -> int:
    """Return how many threads hold a message of the Office the tenant has not opened."""
    return Thread.select().where(Thread.tenant == tenant, unread_by_tenant).count()


def count_unread_by_office(*, staff: Staff) -> int:
    """Return how many threads hold a tenant's message no one of the Office has opened; a caretaker counts its own."""
    return _seen_by(staff).where(unread_by_office).count()


def urgent_notices(*, tenant: Tenant, today: date) -> list[Thread]:
    """Return the tenant's threads of urgent notices whose end day is not passed, newest first; `thread.notice` is loaded."""
    return list(
        Thread.select(Thread, Notice)
        .join(Notice)
        .where(Thread.tenant == tenant, Notice.urgent_until >= today)
        .order_by(Notice.written_at.desc(), Thread.id.desc())
    )


def _seen_by(staff: Staff) -> ModelSelect:
    """Select the threads a member of staff may read: all, or for a caretaker those of its lodge's tenants."""
    threads = Thread.select()
    return threads.where(Thread.tenant.in_(tenants_of_lodge(staff))) if staff.role == Role.CARETAKER else threads


def tenants_of_lodge(staff: Staff) -> ModelSelect:
    """Select the ids of the tenants on a lease in the buildings of a caretaker's lodge."""
    return (
        LeaseHolder.select(LeaseHolder.tenant)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .where(Residence.lodge == staff.lodge_id)
    )
