"""Reads of the visits to come: for the reminders, the mails and the calendars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peewee import ModelSelect

from portal.domain.claims.models import Claim
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.people.models import Tenant
from portal.domain.works.models import LIVE, Contractor, Order, Visit


@dataclass(frozen=True)
class Appointment:
    """A visit as a calendar holds it: moved, it stays the same appointment (`first_id`), changed `times` times."""

    visit: Visit
    first_id: int
    times: int

    @property
    def is_cancelled(self) -> bool:
        """Nobody comes any more."""
        return self.visit.state == "cancelled"


def appointment_of(*, visit: Visit, visits: Sequence[Visit]) -> Appointment:
    """Return the appointment a visit belongs to, as it is now; `visits` are all those of its claim or order, in order.

    A visit that is moved is followed by the one that took its place.
    """
    chain: list[Visit] = []
    for each in visits:
        chain = [*chain, each] if chain and chain[-1].state == "moved" else [each]
        if visit.id in {one.id for one in chain} and each.state != "moved":
            break
    return Appointment(chain[-1], chain[0].id, len(chain) - 1 + (chain[-1].state == "cancelled"))


def visits_with(*, visit: Visit) -> list[Visit]:
    """Return the visits of the same claim, or of the same order, in the order they were made."""
    same = Visit.claim == visit.claim_id if visit.claim_id else Visit.order == visit.order_id
    return list(_visits().where(same).order_by(Visit.id))


def visits_on(*, day: date) -> list[Visit]:
    """Return the visits of a day that the Office proposed or agreed to, each with its claim and its order."""
    awaited = (Visit.state == "agreed") | (Visit.proposed_by == "office")
    return list(_visits().where(Visit.day == day, Visit.state.in_(LIVE), awaited).order_by(Visit.id))


def visit_to_come(*, id: int | None, at: datetime) -> Visit | None:
    """Return a visit that is still to come at an instant, with its claim, its order and its company; else None."""
    visit = _visits().where(Visit.id == id, Visit.state.in_(LIVE)).first()
    return visit if visit and visit.starts_at > at else None


def expected(*, visit: Visit) -> list[Tenant]:
    """Return who awaits a visit: who filed the claim, else the holders of the dwelling's lease on that day."""
    if visit.claim:
        return [visit.claim.filed_by]
    home = visit.order.dwelling_id if visit.order else None
    held = Tenant.select().join(LeaseHolder).join(Lease).where(Lease.dwelling == home)
    running = held.where(Lease.starts_on <= visit.day, Lease.ends_on.is_null() | (Lease.ends_on >= visit.day))
    return list(running.order_by(LeaseHolder.rank, LeaseHolder.id))


def _visits() -> "ModelSelect[Visit]":
    """Select visits with what is said of them: claim, order, company, and the address."""
    return (
        Visit.select(Visit, Claim, Order, Contractor, Lease, Dwelling, Building)
        .join(Claim, "LEFT JOIN")
        .join(Lease, "LEFT JOIN")
        .join(Dwelling, "LEFT JOIN")
        .join(Building, "LEFT JOIN")
        .switch(Visit)
        .join(Order, "LEFT JOIN")
        .join(Contractor, "LEFT JOIN")
    )
