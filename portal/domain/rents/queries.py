"""Reads about accounts: what is owed, the terms and what paid them, the dated lines of a year."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from peewee import JOIN, SQL, fn

from portal.domain.housing.models import Lease
from portal.domain.rents.account import Account, Statement, StatementLine
from portal.domain.rents.allocation import Instalment, Plan, Posting, Term
from portal.domain.rents.models import (
    LedgerEntry,
    RentLine,
    RentTerm,
    RepaymentInstalment,
    RepaymentPlan,
    TermLine,
)
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month

# The terms chosen for an entry, in order, in one column: most entries have none.
CHOICES = SQL(
    "(SELECT group_concat(c.month, ' ') FROM "
    "(SELECT month FROM ledger_choice WHERE entry_id = t1.id ORDER BY rank) AS c)"
)


def accounts_of(leases: Iterable[Lease], *, on: date) -> list[Account]:
    """Return the accounts of leases on a day, in two queries for all of them."""
    leases = list(leases)
    numbers = [lease.id for lease in leases]
    postings, due_days = _postings(numbers, on)
    plans = _plans(numbers, on)
    return [
        Account(lease, on, replay(postings[lease.id], due_days[lease.id], plans[lease.id], on=on)) for lease in leases
    ]


def account_of(lease: Lease, *, on: date) -> Account:
    """Return the account of one lease on a day."""
    return accounts_of([lease], on=on)[0]


def balances_of(leases: Iterable[Lease], *, on: date) -> dict[int, int]:
    """Return the balance of each lease on a day by its id, in one query: the sum of the entries (0 without any)."""
    numbers = [lease.id for lease in leases]
    rows = (
        LedgerEntry.select(LedgerEntry.lease_id, fn.SUM(LedgerEntry.amount_cents))
        .where(LedgerEntry.lease_id.in_(numbers), LedgerEntry.value_on <= on)
        .group_by(LedgerEntry.lease_id)
    )
    return dict.fromkeys(numbers, 0) | dict(rows.tuples())


def total_due_cents(accounts: Iterable[Account]) -> int:
    """Return what several accounts ask for now; one in the tenant's favour pays no other."""
    return sum(max(account.due_cents, 0) for account in accounts)


def latest_receipt(accounts: Iterable[Account]) -> tuple[Lease, Term] | None:
    """Return the latest term that gives a quittance, and its lease."""
    found = [(account.lease, account.last_receipt) for account in accounts if account.last_receipt]
    return max(found, key=lambda each: each[1].month, default=None)


def _postings(leases: list[int], on: date) -> tuple[dict[int, list[Posting]], dict[int, dict[Month, date]]]:
    """Load the entries of leases up to a day, with the day each one's term is due."""
    entry = LedgerEntry
    rows = (
        entry.select(
            entry.lease_id, RentTerm.due_on, CHOICES, entry.id, entry.kind, entry.value_on, entry.month,
            entry.amount_cents, entry.method, entry.reverses_id, entry.due_on, entry.label, entry.business_key,
        )
        .join(RentTerm, JOIN.LEFT_OUTER, on=(RentTerm.lease_id == entry.lease_id) & (RentTerm.month == entry.month))
        .where(entry.lease_id.in_(leases), entry.value_on <= on)
        .order_by(entry.lease_id, entry.value_on, entry.id)
    )  # fmt: skip
    postings, due_days = defaultdict(list), defaultdict(dict)
    for lease, due_on, choices, *facts in rows.tuples():
        posting = Posting(*facts, choices=tuple(Month.parse(each) for each in (choices or "").split()))
        postings[lease].append(posting)
        if due_on:
            due_days[lease][posting.month] = due_on
    return postings, due_days


def _plans(leases: list[int], on: date) -> dict[int, list[Plan]]:
    """Load the repayment plans of leases agreed up to a day, the oldest first."""
    plan, part = RepaymentPlan, RepaymentInstalment
    rows = (
        plan.select(
            plan.lease_id, plan.id, plan.agreed_on, plan.ended_on, plan.end_reason, part.due_on, part.amount_cents
        )
        .join(part)
        .where(plan.lease_id.in_(leases), plan.agreed_on <= on)
        .order_by(plan.agreed_on, plan.id, part.due_on)
    )
    found: dict[int, dict[tuple, list[Instalment]]] = defaultdict(lambda: defaultdict(list))
    for lease, *facts, due_on, cents in rows.tuples():
        found[lease][tuple(facts)].append(Instalment(due_on, cents))
    plans: dict[int, list[Plan]] = defaultdict(list)
    for lease, agreed in found.items():
        for (number, agreed_on, ended_on, reason), parts in agreed.items():
            plans[lease].append(Plan(number, agreed_on, tuple(parts), ended_on, reason))
    return plans


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
    return Statement(first_on, last_on, years, opening, sum(entry.amount_cents for entry in entries), lines[::-1])


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
