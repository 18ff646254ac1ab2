"""The letters that wait for paper: to whom, where, and how many."""

from datetime import date

from peewee import ModelSelect, fn

from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from portal.domain.people.models import Letter


def waiting_count(*, on: date) -> ModelSelect:
    """Return how many letters can be printed on a day, as a query, to be one column of another."""
    return Letter.select(fn.COUNT(Letter.id)).where(Letter.printed_at.is_null(), _housed(on))


def _housed(on: date):
    """The condition on Letter: the tenant has a running lease, hence an address to write to."""
    running = (
        LeaseHolder.select(LeaseHolder.tenant)
        .join(Lease)
        .where(Lease.starts_on <= on, Lease.ends_on.is_null() | (Lease.ends_on >= on))
    )
    return Letter.tenant.in_(running)
