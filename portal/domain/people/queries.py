"""Reads about tenants, staff and their accesses."""

from datetime import date, datetime

from peewee import JOIN, Expression

from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.people.models import Access, AccessRequest, MailLink, Role, Staff, Tenant
from portal.domain.people.sessions import token_hash

REQUESTS_SHOWN = 200


def access_by_login(*, login: str) -> Access | None:
    """Return the access of a canonical login, with its tenant or member of staff."""
    return (
        Access.select(Access, Tenant, Staff)
        .join(Tenant, JOIN.LEFT_OUTER)
        .switch(Access)
        .join(Staff, JOIN.LEFT_OUTER)
        .where(Access.login == login)
        .first()
    )


def access_of(*, tenant: Tenant) -> Access | None:
    """Return the access of a tenant, open or closed."""
    return Access.get_or_none(Access.tenant == tenant)


def member_of(*, id: int) -> Staff | None:
    """Return a member of staff."""
    return Staff.get_or_none(Staff.id == id)


def access_of_staff(*, member: Staff) -> Access | None:
    """Return the access of a member of staff, open or closed."""
    return Access.get_or_none(Access.staff == member)


def count_open_administrators() -> int:
    """Return how many administrators have an open access."""
    return Access.select().join(Staff).where(Staff.role == Role.ADMINISTRATOR, Access.closed_at.is_null()).count()


def holders_asking(*, dwelling_reference: str, tenant_number: str, on: date) -> list[Tenant]:
    """Return who is on the lease in force of a dwelling that a tenant's number is on; the tenant comes first.

    Empty when the two numbers do not belong together on that day.
    """
    theirs = (
        LeaseHolder.select(LeaseHolder.lease)
        .join(Tenant)
        .join_from(LeaseHolder, Lease)
        .join(Dwelling)
        .where(Tenant.number == tenant_number, Dwelling.reference == dwelling_reference, _lasts(on))
    )
    return list(
        Tenant.select()
        .join(LeaseHolder)
        .where(LeaseHolder.lease.in_(theirs))
        .order_by(Tenant.number != tenant_number, LeaseHolder.rank, Tenant.id)
    )


def within_reach(*, staff: Staff, on: date) -> Expression:
    """Return the condition on Tenant.id of those a member of staff may see.

    A caretaker sees who lives in the buildings of its lodge, and nobody else; the others see everyone.
    """
    if staff.role != Role.CARETAKER:
        return Tenant.id.is_null(False)
    return Tenant.id.in_(
        LeaseHolder.select(LeaseHolder.tenant)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join(Residence)
        .where(Residence.lodge == staff.lodge_id, _lasts(on))
    )


def tenant_within_reach(*, number: str, staff: Staff, on: date) -> Tenant | None:
    """Return the tenant of a number, if this member of staff may see them, with the `access` (none without one)."""
    found = (
        Tenant.select(Tenant, Access)
        .join(Access, JOIN.LEFT_OUTER, attr="access")
        .where(Tenant.number == number, within_reach(staff=staff, on=on))
        .first()
    )
    if found is not None and not hasattr(found, "access"):
        found.access = None
    return found


def requests_since(*, since: datetime) -> list[AccessRequest]:
    """Return the requests for an access since an instant, the latest first, 200 at most."""
    return list(
        AccessRequest.select(AccessRequest, Tenant)
        .join(Tenant, JOIN.LEFT_OUTER)
        .where(AccessRequest.asked_at >= since)
        .order_by(AccessRequest.asked_at.desc(), AccessRequest.id.desc())
        .limit(REQUESTS_SHOWN)
    )


def count_requests_since(*, since: datetime) -> int:
    """Return how many requests for an access came since an instant."""
    return AccessRequest.select().where(AccessRequest.asked_at >= since).count()


def link_of(*, token: str, kind: str, at: datetime) -> MailLink | None:
    """Return a link that can still be used, with its tenant."""
    return (
        MailLink.select(MailLink, Tenant)
        .join(Tenant)
        .where(
            MailLink.token_hash == token_hash(token),
            MailLink.kind == kind,
            MailLink.used_at.is_null(),
            MailLink.expires_at > at,
        )
        .first()
    )


def open_access_of_link(*, token: str, kind: str, at: datetime) -> Access | None:
    """Return the access of the tenant a link was sent to, if the link still serves and the access is open."""
    link = link_of(token=token, kind=kind, at=at)
    return Access.get_or_none(Access.tenant == link.tenant, Access.closed_at.is_null()) if link else None


def open_access_by_confirmed_email(*, email: str) -> Access | None:
    """Return the open access of the one tenant who has confirmed an address; nothing when several share it."""
    found = list(
        Access.select(Access, Tenant)
        .join(Tenant)
        .where(Tenant.email == email, Tenant.email_confirmed_at.is_null(False), Access.closed_at.is_null())
        .order_by(Access.id)
        .limit(2)
    )
    return found[0] if len(found) == 1 else None


def lodges() -> list[Lodge]:
    """Return the lodges, by name."""
    return list(Lodge.select().order_by(Lodge.name, Lodge.id))


def _lasts(on: date) -> Expression:
    return Lease.ends_on.is_null() | (Lease.ends_on >= on)
