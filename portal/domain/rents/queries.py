"""Reads about accounts: what is owed, the terms and what paid them, the dated lines of a year."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from peewee import SQL, ModelSelect, fn

from portal.db import Written, places
from portal.domain.housing.models import Lease
from portal.domain.rents.account import Account, Statement, StatementLine
from portal.domain.rents.allocation import PAYMENTS, Instalment, Plan, Posting, Term
from portal.domain.rents.models import (
    LedgerEntry,
    RentLine,
    RentTerm,
    TermLine,
)
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month

NEAR = timedelta(days=10)
# What an account is made of, as JSON lists in the row of its lease (t1): one row to read, whatever its length.
ENTRIES = SQL(
    "(SELECT json_group_array(json_array(e.id, e.kind, e.value_on, e.month, e.amount_cents, e.method, e.reverses_id,"
    " e.due_on, e.label, e.business_key)) FROM ledger_entry AS e WHERE e.lease_id = t1.id)"
)
CHOICES = SQL(
    "(SELECT json_group_array(json_array(c.entry_id, c.month) ORDER BY c.rank)"
    " FROM ledger_entry AS e CROSS JOIN ledger_choice AS c ON c.entry_id = e.id WHERE e.lease_id = t1.id)"
)
DUE_DAYS = SQL("(SELECT json_group_object(month, due_on) FROM rent_term WHERE lease_id = t1.id)")
PLANS = SQL(
    "(SELECT json_group_array(json_array(p.id, p.agreed_on, p.ended_on, p.end_reason, i.due_on, i.amount_cents))"
    " FROM repayment_plan AS p JOIN repayment_instalment AS i ON i.plan_id = p.id WHERE p.lease_id = t1.id)"
)


def accounts_of(leases: Iterable[Lease], *, on: date, as_if: Posting | None = None) -> list[Account]:
    """Return the accounts of leases on a day, in one query for all of them; `as_if` an entry more was on each."""
    by_id = {lease.id: lease for lease in leases}
    more = [as_if] if as_if else []
    found = {
        id_: Account(by_id[id_], on, replay([*postings, *more], due_days, plans, on=on))
        for id_, postings, due_days, plans in _facts(by_id)
    }
    return [found[id_] for id_ in by_id]


def account_of(lease: Lease, *, on: date, as_if: Posting | None = None) -> Account:
    """Return the account of one lease on a day, `as_if` an entry more was on it."""
    return accounts_of([lease], on=on, as_if=as_if)[0]


def twins_of(lease: Lease, *, amount_cents: int, method: str, value_on: date) -> list[LedgerEntry]:
    """Return the payments of the same sum and means around a day, that one may be about to record again.

    One that was undone is on the account no more. The import asks the same of a whole file
    (`portal.domain.imports.checks`).
    """
    undoing = LedgerEntry.alias()
    stands = ~fn.EXISTS(undoing.select().where(undoing.reverses == LedgerEntry.id))
    near = LedgerEntry.value_on.between(value_on - NEAR, value_on + NEAR)
    same = (LedgerEntry.amount_cents == -amount_cents) & (LedgerEntry.method == method)
    return list(
        LedgerEntry.select()
        .where(LedgerEntry.lease == lease, near, same, LedgerEntry.kind.in_(PAYMENTS), stands)
        .order_by(LedgerEntry.value_on, LedgerEntry.id)
    )


def balances_of(leases: Iterable[Lease], *, on: date) -> dict[int, int]:
    """Return the balance of each lease on a day by its id, in one query: the sum of the entries (0 without any)."""
    numbers = [lease.id for lease in leases]
    rows = (
        LedgerEntry.select(LedgerEntry.lease_id, fn.SUM(LedgerEntry.amount_cents))
        .where(LedgerEntry.lease_id.in_(numbers), LedgerEntry.value_on <= on)
        .group_by(LedgerEntry.lease_id)
    )
    return dict.fromkeys(numbers, 0) | dict(rows.tuples().iterator())


def total_due_cents(accounts: Iterable[Account]) -> int:
    """Return what several accounts ask for now; one in the tenant's favour pays no other."""
    return sum(max(account.due_cents, 0) for account in accounts)


def latest_receipt(accounts: Iterable[Account]) -> tuple[Lease, Term] | None:
    """Return the latest term that gives a quittance, and its lease."""
    found = [(account.lease, account.last_receipt) for account in accounts if account.last_receipt]
    return max(found, key=lambda each: each[1].month, default=None)


def _facts(leases: Iterable[int]) -> Iterator[tuple[int, list[Posting], dict[Month, date], list[Plan]]]:
    """Load, for each lease, its entries, the days its terms are due, and its plans."""
    for lease, *told in _written.kept(leases=str(list(leases))):
        entries, choices, due_days, plans = map(json.loads, told)
        days = {Month.parse(month): date.fromisoformat(day) for month, day in due_days.items()}
        yield lease, _postings(entries, choices), days, _plans(plans)


def _facts_of_leases() -> "ModelSelect[Lease]":
    return Lease.select(Lease.id, ENTRIES, CHOICES, DUE_DAYS, PLANS).where(Lease.id.in_(places("leases"))).tuples()


_written = Written(_facts_of_leases)


def _postings(rows: list[list], choices: list[list]) -> list[Posting]:
    """Read the entries of a lease, each with the terms chosen for it, in order: most have none."""
    chosen: dict[int, list[Month]] = defaultdict(list)
    for entry, month in choices:
        chosen[entry].append(Month.parse(month))
    day, named = date.fromisoformat, Month.parse
    return [
        Posting(
            id_,
            kind,
            day(value_on),
            month and named(month),
            cents,
            method,
            reverses,
            due_on and day(due_on),
            label,
            key,
            tuple(chosen.get(id_, ())),
        )
        for id_, kind, value_on, month, cents, method, reverses, due_on, label, key in rows
    ]


def _plans(rows: list[list]) -> list[Plan]:
    """Read the plans of a lease, the oldest first, from one row an instalment."""
    found: dict[tuple, list[Instalment]] = defaultdict(list)
    for *facts, due_on, cents in rows:
        found[tuple(facts)].append(Instalment(date.fromisoformat(due_on), cents))
    plans = [
        Plan(
            number,
            date.fromisoformat(agreed_on),
            tuple(sorted(parts, key=lambda part: part.due_on)),
            ended_on and date.fromisoformat(ended_on),
            reason,
        )
        for (number, agreed_on, ended_on, reason), parts in found.items()
    ]
    return sorted(plans, key=lambda plan: (plan.agreed_on, plan.id))


def statement_of(lease: Lease, *, year: int | None, on: date) -> Statement:
    """Return the lines of an account in a year (the latest that has any, without one), with a running balance."""
    entries = _entries(lease, on)
    year = entries[-1].value_on.year if year is None and entries else year or on.year
    return _statement(entries, date(year, 1, 1), date(year, 12, 31), on)


def statement_between(lease: Lease, *, first_on: date, last_on: date, on: date) -> Statement:
    """Return the lines of an account between two days, with a running balance."""
    return _statement(_entries(lease, on), first_on, last_on, on)


def _entries(lease: Lease, on: date) -> list[LedgerEntry]:
    return list(
        LedgerEntry.select()
        .where(LedgerEntry.lease == lease, LedgerEntry.value_on <= on)
        .order_by(LedgerEntry.value_on, LedgerEntry.id)
    )


def _statement(entries: list[LedgerEntry], first_on: date, last_on: date, on: date) -> Statement:
    opening = balance = sum(entry.amount_cents for entry in entries if entry.value_on < first_on)
    lines = []
    for entry in (each for each in entries if first_on <= each.value_on <= last_on):
        balance += entry.amount_cents
        lines.append(StatementLine(entry, balance))
    years = sorted({entry.value_on.year for entry in entries} or {on.year}, reverse=True)
    undone = {entry.reverses_id: entry.kind for entry in entries if entry.reverses_id}
    total = sum(entry.amount_cents for entry in entries)
    return Statement(first_on, last_on, years, opening, total, lines[::-1], undone)


def lines_of_months(lease: Lease, *, months: Iterable[Month]) -> dict[Month, list[TermLine]]:
    """Return the components of several terms of a lease in one query, in the order of their notices."""
    rows = (
        TermLine.select(TermLine, RentTerm)
        .join(RentTerm)
        .where(RentTerm.lease == lease, RentTerm.month.in_(list(months)))
        .order_by(TermLine.id)
    )
    lines = defaultdict(list)
    for line in rows:
        lines[line.term.month].append(line)
    return lines


def rent_lines_of(lease: Lease, *, on: date) -> list[RentLine]:
    """Return the rent lines in force on a day (on its last day for a lease that is over)."""
    day = min(lease.ends_on or on, on)
    return list(
        RentLine.select()
        .where(RentLine.lease == lease, RentLine.starts_on <= day)
        .where(RentLine.ends_on.is_null() | (RentLine.ends_on >= day))
        .order_by(RentLine.id)
    )


def months_posted(*, on: date) -> list[tuple[Month, int]]:
    """Return the months around a day (the two before, this one, the next), each with how many leases were asked."""
    months = [Month.of(on).plus(step) for step in (1, 0, -1, -2)]
    rows = (
        RentTerm.select(RentTerm.month, fn.COUNT(RentTerm.id))
        .where(RentTerm.month.in_(months))
        .group_by(RentTerm.month)
    )
    found: dict[Month, int] = dict(rows.tuples().iterator())
    return [(month, found.get(month, 0)) for month in months]
