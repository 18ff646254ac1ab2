"""Reads about leases and dwellings."""

from collections.abc import Iterable
from datetime import date

from peewee import JOIN, Expression

from portal.db import Written, place
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.people.models import Tenant

NO_LODGE = 0  # the id of no row

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


def is_closed(lodge: Lodge, *, on: date) -> bool:
    """Say whether a lodge is closed on a day."""
    if lodge.closed_from is None:
        return False
    return lodge.closed_from <= on and (lodge.closed_until is None or on <= lodge.closed_until)


def lodges_with_stand_ins() -> list[Lodge]:
    """Return the lodges with their stand-ins, by name."""
    stand_in = Lodge.alias("standing_in")
    known = Lodge.select(Lodge, stand_in).join(
        stand_in, JOIN.LEFT_OUTER, on=(Lodge.stand_in == stand_in.id), attr="stand_in"
    )
    return list(known.order_by(Lodge.name, Lodge.id))


def lodge_of(*, code: str) -> Lodge | None:
    """Return a lodge by its code."""
    return Lodge.get_or_none(Lodge.code == code)


def other_lodges(*, lodge: Lodge) -> list[Lodge]:
    """Return the lodges that may stand in for one, by name."""
    return list(Lodge.select().where(Lodge.id != lodge.id).order_by(Lodge.name, Lodge.id))


def answering(lodge: Lodge, *, on: date) -> Lodge:
    """Return who answers for a lodge on a day: itself, or its stand-in while it is closed."""
    return lodge.stand_in if lodge.stand_in_id and is_closed(lodge, on=on) else lodge


def answered_by(lodge_id: int | None, *, on: date) -> Expression:
    """Return the condition on Lodge.id of the lodges a lodge answers for: itself, and those it stands in for.

    Whoever has no lodge answers for none.
    """
    own = lodge_id or NO_LODGE
    closed = (Lodge.closed_from <= on) & (Lodge.closed_until.is_null() | (Lodge.closed_until >= on))
    return (Lodge.id == own) | ((Lodge.stand_in == own) & closed)


def lodges_of(*, tenant: Tenant, on: date) -> list[Lodge]:
    """Return the loges of the dwellings a tenant has on a day, each once, the latest lease's first."""
    lodges = [lease.dwelling.building.residence.lodge for lease in current(leases_of(tenant=tenant), on=on)]
    return list({lodge.id: lodge for lodge in lodges}.values())
