"""The orders a tenant may see: those of the dwelling during the lease, and those of the shared parts of the building.

Prices, market numbers and neighbours' dwellings are never among them (domain, §3.6).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from peewee import JOIN, Expression, ModelCompoundSelectQuery, ModelSelect, Value, fn

from portal.db import Written, listed, place, places
from portal.domain.claims.models import Claim
from portal.domain.claims.queries import last_visits
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.housing.queries import answered_by
from portal.domain.people.models import Role, Staff, Tenant
from portal.domain.works.models import LIVE, Contractor, Order, Visit
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


def visits_of_claim(*, claim: Claim) -> list[Visit]:
    """Return the visits of a claim, oldest first, each with its order and company, if any."""
    return list(_visits().where(Visit.claim == claim).order_by(Visit.id))


def visits_received(*, tenant: Tenant, order: Order) -> list[Visit]:
    """Return the visits of an order that are for this tenant, oldest first: never those of a neighbour's claim."""
    return list(_visits().where(Visit.order == order, _received_by(tenant)).order_by(Visit.id))


def visit_of(*, tenant: Tenant, id: int) -> Visit | None:
    """Return a visit for a claim of the tenant's leases, or for works in their dwelling; None for any other."""
    return _visits().where(Visit.id == id, _received_by(tenant)).first()


def visits_at_home(*, tenant: Tenant, claims: Sequence[Claim]) -> list[Visit]:
    """Return the last visit of each claim and those the tenant is to receive: what the first page needs, in one go."""
    return _at_home(tenant=tenant.id, claims=listed(claims))


def appointment(visits: Iterable[Visit], *, on: date) -> Visit | None:
    """Return the next visit to come among visits in the order of their days."""
    return next((visit for visit in visits if visit.state in LIVE and visit.day >= on), None)


def orders_for_staff(*, claim: Claim) -> list[Order]:
    """Return every order of a claim with its company, oldest first: for the Office."""
    return list(Order.select(Order, Contractor).join(Contractor).where(Order.claim == claim).order_by(Order.id))


def order_for_staff(*, staff: Staff, number: str, on: date) -> Order | None:
    """Return an order with its place, company and claim, if a member of staff may see it.

    `order.place` is its building; a caretaker sees those of the buildings its lodge answers for.
    """
    where = Building.alias("place")
    orders = (
        Order.select(Order, Contractor, Dwelling, Claim, where)
        .join(Contractor)
        .join_from(Order, Dwelling, JOIN.LEFT_OUTER)
        .join_from(Order, Claim, JOIN.LEFT_OUTER)
        .join_from(Order, where, on=(where.id == fn.COALESCE(Order.building, Dwelling.building)), attr="place")
        .where(Order.number == number)
    )
    if staff.role == Role.CARETAKER:
        lodges = Lodge.select(Lodge.id).where(answered_by(staff.lodge_id, on=on))
        orders = orders.where(where.residence.in_(Residence.select(Residence.id).where(Residence.lodge.in_(lodges))))
    return orders.first()


def waiting_order(*, claim: Claim) -> Order | None:
    """Return the last order of a claim that is still to be done, with its company: a visit proposed is its visit."""
    ahead = Order.select(Order, Contractor).join(Contractor).where(Order.claim == claim, Order.state.in_(AHEAD))
    return ahead.order_by(Order.id.desc()).first()


def contractors() -> list[Contractor]:
    """Return the companies, by name."""
    return list(Contractor.select().order_by(Contractor.name, Contractor.id))


def _visits() -> "ModelSelect[Visit]":
    return (
        Visit.select(Visit, Claim, Order, Contractor)
        .join(Claim, JOIN.LEFT_OUTER)
        .join_from(Visit, Order, JOIN.LEFT_OUTER)
        .join(Contractor, JOIN.LEFT_OUTER)
    )


def _received_by(tenant: Tenant | Value) -> Expression:
    """A claim's visit is for the holders of its lease; an order's, for who holds the dwelling's lease that day."""
    held = LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == tenant)
    home = Lease.select(Lease.id).where(
        Lease.id.in_(held),
        Lease.dwelling == Order.dwelling,
        Order.issued_on >= Lease.starts_on,
        Lease.ends_on.is_null() | (Order.issued_on <= Lease.ends_on),
    )
    return Claim.lease.in_(held) | (Visit.claim.is_null() & fn.EXISTS(home))


def _perhaps_received_by(tenant: Tenant | Value) -> ModelCompoundSelectQuery:
    """Select the ids of the visits for a tenant’s claims and dwellings, by their indexes: few, in any Office."""
    held = LeaseHolder.select(LeaseHolder.lease).where(LeaseHolder.tenant == tenant)
    homes = Lease.select(Lease.dwelling).where(Lease.id.in_(held))
    for_claims = Visit.select(Visit.id).join(Claim).where(Claim.lease.in_(held))
    return for_claims | Visit.select(Visit.id).join(Order).where(Order.dwelling.in_(homes))


def _seen_by(tenant: Tenant | Value) -> "ModelSelect[Order]":
    """Select what a tenant may see, with the number of the claim when the claim is of one of the tenant's leases."""
    home = Dwelling.alias()
    mine = Lease.select(Lease.id).join(LeaseHolder).where(LeaseHolder.tenant == tenant)
    seen = (
        mine.join_from(Lease, home, on=(Lease.dwelling == home.id))
        .where((Order.dwelling == home.id) | (Order.building == home.building))
        .where(Order.issued_on >= Lease.starts_on, Lease.ends_on.is_null() | (Order.issued_on <= Lease.ends_on))
    )
    homes = Lease.select(Lease.dwelling).join(LeaseHolder).where(LeaseHolder.tenant == tenant)
    around = Dwelling.select(Dwelling.building).where(Dwelling.id.in_(homes))
    claim_number = fn.COALESCE(Claim.number, "").alias("claim_number")
    return (
        Order.select(Order, Contractor, Dwelling, Building, claim_number)
        .join(Contractor)
        .join_from(Order, Dwelling, "LEFT JOIN")
        .join_from(Order, Building, "LEFT JOIN")
        .join_from(Order, Claim, "LEFT JOIN", on=(Order.claim == Claim.id) & Claim.lease.in_(mine))
        .where(Order.dwelling.in_(homes) | Order.building.in_(around))  # by their indexes, before looking at the days
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

_at_home = Written(
    lambda: (
        _visits()
        .where(
            Visit.id.in_(last_visits(places("claims")))
            | (
                Visit.id.in_(_perhaps_received_by(place("tenant")))
                & Visit.state.in_(LIVE)
                & _received_by(place("tenant"))
            )
        )
        .order_by(Visit.day, Visit.starts, Visit.id)
    )
)
