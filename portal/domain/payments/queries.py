"""Reads about online payments: a lease's tries, the Office's list, its day totals, the notifications to look at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peewee import Expression, ModelSelect, fn

from portal.domain.housing.models import Lease
from portal.domain.payments.models import (
    LAPSED,
    ODD,
    PAID,
    REVERSED,
    WAITING,
    BankNotification,
    OnlinePayment,
)
from portal.domain.payments.policy import PATIENCE
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry
from portal.kernel.clock import PARIS

TRIES_SHOWN = 20
A_PAGE = 50
IN_VIEW = timedelta(days=60)


@dataclass(frozen=True)
class Wish:
    """What the Office's list should hold: payments begun between two days, in a state, named by a text."""

    since: date
    until: date
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class Page:
    """One page of the Office's list."""

    payments: list[OnlinePayment]
    number: int
    more: bool


@dataclass(frozen=True)
class DayTotal:
    """What the card payments of one day brought: how many, how much, and how much of it went back since (cents)."""

    on: date
    count: int
    amount_cents: int
    refunded_cents: int


def tries_of(*, lease: Lease) -> list[OnlinePayment]:
    """Return the last payments begun for a lease, the latest first."""
    return list(
        OnlinePayment.select()
        .where(OnlinePayment.lease == lease)
        .order_by(OnlinePayment.started_at.desc(), OnlinePayment.id.desc())
        .limit(TRIES_SHOWN)
    )


def payment_of(*, leases: list[Lease], order_number: str) -> OnlinePayment | None:
    """Return a payment by its order number, if it is for one of these leases."""
    own = OnlinePayment.lease.in_([lease.id for lease in leases])
    return (
        OnlinePayment.select(OnlinePayment, Tenant)
        .join(Tenant)
        .where(OnlinePayment.order_number == order_number, own)
        .first()
    )


def payments_of_office(*, wish: Wish, at: datetime, page: int) -> Page:
    """Return a page of the Office's list, the latest first."""
    rows = list(_wished(wish, at).limit(A_PAGE + 1).offset((page - 1) * A_PAGE))
    return Page(rows[:A_PAGE], page, len(rows) > A_PAGE)


def payments_for_statement(*, wish: Wish, at: datetime) -> list[OnlinePayment]:
    """Return every payment of the Office's list, for a file to compare with the bank's statement."""
    return list(_wished(wish, at))


def day_totals(*, wish: Wish) -> list[DayTotal]:
    """Return what was paid by card each day of value, the latest first, between two days."""
    paid = OnlinePayment.state.in_((PAID, REVERSED))
    rows = (
        LedgerEntry.select(
            LedgerEntry.value_on,
            fn.COUNT(OnlinePayment.id),
            fn.SUM(OnlinePayment.amount_cents),
            fn.SUM(OnlinePayment.refunded_cents),
        )
        .join(OnlinePayment, on=OnlinePayment.entry == LedgerEntry.id)
        .where(paid, LedgerEntry.value_on.between(wish.since, wish.until))
        .group_by(LedgerEntry.value_on)
        .order_by(LedgerEntry.value_on.desc())
    )
    return [DayTotal(*row) for row in rows.tuples().iterator()]


def odd_notifications(*, at: datetime, page: int) -> tuple[list[BankNotification], bool]:
    """Return the notifications of the last sixty days that the Office should look at, and whether there are more."""
    rows = list(
        BankNotification.select(BankNotification, OnlinePayment)
        .join(OnlinePayment, "LEFT JOIN")
        .where(BankNotification.verdict.in_(ODD), BankNotification.received_at >= at - IN_VIEW)
        .order_by(BankNotification.received_at.desc(), BankNotification.id.desc())
        .limit(A_PAGE + 1)
        .offset((page - 1) * A_PAGE)
    )
    return rows[:A_PAGE], len(rows) > A_PAGE


def count_odd(*, at: datetime, since: timedelta = timedelta(days=7)) -> int:
    """Return how many notifications of the last days the Office should look at."""
    return (
        BankNotification.select()
        .where(BankNotification.verdict.in_(ODD), BankNotification.received_at >= at - since)
        .count()
    )


def _wished(wish: Wish, at: datetime) -> "ModelSelect[OnlinePayment]":
    first = datetime.combine(wish.since, time(), PARIS).astimezone(UTC)
    after = datetime.combine(wish.until + timedelta(days=1), time(), PARIS).astimezone(UTC)
    rows = (
        OnlinePayment.select(OnlinePayment, Tenant, Lease, LedgerEntry)
        .join(Tenant)
        .switch(OnlinePayment)
        .join(Lease)
        .switch(OnlinePayment)
        .join(LedgerEntry, "LEFT JOIN")
        .where(OnlinePayment.started_at >= first, OnlinePayment.started_at < after)
        .order_by(OnlinePayment.started_at.desc(), OnlinePayment.id.desc())
    )
    if wish.state:
        rows = rows.where(_in_state(wish.state, at))
    if wish.text:
        rows = rows.where(
            (OnlinePayment.order_number.contains(wish.text))
            | (OnlinePayment.bank_reference == wish.text)
            | (Tenant.number == wish.text)
            | (Tenant.family_name.contains(wish.text))
            | (Lease.number == wish.text)
        )
    return rows


def _in_state(state: str, at: datetime) -> Expression:
    """A payment left waiting too long is « sans suite », whether the worker has said so or not."""
    silent = (OnlinePayment.state == WAITING) & (OnlinePayment.started_at <= at - PATIENCE)
    if state == LAPSED:
        return (OnlinePayment.state == LAPSED) | silent
    if state == WAITING:
        return (OnlinePayment.state == WAITING) & ~silent
    return OnlinePayment.state == state
