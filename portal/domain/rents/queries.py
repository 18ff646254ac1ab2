"""Reads about accounts: what is owed, the terms and what paid them, the dated lines of a year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.domain.housing.models import Lease
from portal.domain.rents.allocation import Posting, Replay, Term, replay
from portal.domain.rents.models import LedgerEntry, RentLine, RentTerm, TermLine
from portal.domain.rents.policy import may_have_receipt, state_of
from portal.kernel.periods import Month


@dataclass(frozen=True)
class Account:
    """The account of one lease on a day."""

    lease: Lease
    on: date
    replayed: Replay

    @property
    def terms(self) -> list[Term]:
        """The terms asked so far, the latest first."""
        return self.replayed.terms[::-1]

    @property
    def balance_cents(self) -> int:
        """What the tenant owes in all; negative when it is in the tenant's favour."""
        return self.replayed.balance_cents

    @property
    def credit_cents(self) -> int:
        """What was received and pays nothing yet."""
        return self.replayed.credit_cents

    @property
    def open_terms(self) -> list[Term]:
        """The terms that are not wholly paid, the first due first."""
        return sorted((each for each in self.terms if each.rest_cents), key=lambda term: (term.due_on, term.month))

    @property
    def overdue_cents(self) -> int:
        """What should have been paid before the day."""
        return sum(term.rest_cents for term in self.open_terms if term.due_on < self.on)

    @property
    def last_receipt(self) -> Term | None:
        """The latest term that gives a quittance."""
        return next((term for term in self.terms if may_have_receipt(term)), None)

    @property
    def years(self) -> list[int]:
        """The years that have terms, the latest first."""
        return sorted({term.month.year for term in self.terms}, reverse=True)

    @property
    def last_year(self) -> int:
        """The latest year that has terms, or this one."""
        return self.years[0] if self.terms else self.on.year

    def of_year(self, year: int) -> list[Term]:
        """Return the terms of a year, the latest first."""
        return [term for term in self.terms if term.month.year == year]

    def term(self, month: Month) -> Term | None:
        """Return the term of a month, if one was asked."""
        return next((term for term in self.terms if term.month == month), None)

    def state(self, term: Term) -> str:
        """Say where a term stands on the day of the account."""
        return state_of(term, on=self.on)

    def older_debt(self, term: Term) -> list[Term]:
        """Return the terms due before this one that are not wholly paid."""
        return [each for each in self.open_terms if (each.due_on, each.month) < (term.due_on, term.month)]


@dataclass(frozen=True)
class StatementLine:
    """One dated line of an account and the balance after it, in cents."""

    entry: LedgerEntry
    balance_cents: int

    @property
    def debit_cents(self) -> int:
        """What the line adds to what is owed."""
        return max(self.entry.amount_cents, 0)

    @property
    def credit_cents(self) -> int:
        """What the line takes from what is owed."""
        return max(-self.entry.amount_cents, 0)


@dataclass(frozen=True)
class Statement:
    """The lines of an account in one year, the latest first; `opening_cents` comes before them."""

    year: int
    years: list[int]
    opening_cents: int
    balance_cents: int
    lines: list[StatementLine] = field(default_factory=list)


def accounts_of(leases: Iterable[Lease], *, on: date) -> list[Account]:
    """Return the accounts of leases on a day, in one query for all of them."""
    leases = list(leases)
    postings, due_days = _postings([lease.id for lease in leases], on)
    return [Account(lease, on, replay(postings[lease.id], due_days[lease.id])) for lease in leases]


def account_of(lease: Lease, *, on: date) -> Account:
    """Return the account of one lease on a day."""
    return accounts_of([lease], on=on)[0]


def total_due_cents(accounts: Iterable[Account]) -> int:
    """Return what several accounts ask for; one in the tenant's favour pays no other."""
    return sum(max(account.balance_cents, 0) for account in accounts)


def latest_receipt(accounts: Iterable[Account]) -> tuple[Lease, Term] | None:
    """Return the latest term that gives a quittance, and its lease."""
    found = [(account.lease, account.last_receipt) for account in accounts if account.last_receipt]
    return max(found, key=lambda each: each[1].month, default=None)


def _postings(leases: list[int], on: date) -> tuple[dict[int, list[Posting]], dict[int, dict[Month, date]]]:
    """Load the entries of leases up to a day, with the day each one's term is due."""
    entry = LedgerEntry
    rows = (
        entry.select(
            entry.lease_id, RentTerm.due_on, entry.id, entry.kind, entry.value_on, entry.month, entry.amount_cents,
            entry.method, entry.reverses_id,
        )
        .join(RentTerm, "LEFT JOIN", on=(RentTerm.lease_id == entry.lease_id) & (RentTerm.month == entry.month))
        .where(entry.lease_id.in_(leases), entry.value_on <= on)
        .order_by(entry.lease_id, entry.value_on, entry.id)
    )  # fmt: skip
    postings, due_days = defaultdict(list), defaultdict(dict)
    for lease, due_on, *facts in rows.tuples():
        posting = Posting(*facts)
        postings[lease].append(posting)
        if due_on:
            due_days[lease][posting.month] = due_on
    return postings, due_days


def statement_of(lease: Lease, *, year: int | None, on: date) -> Statement:
    """Return the lines of an account in a year (the latest that has any, without one), with a running balance."""
    entries = list(
        LedgerEntry.select()
        .where(LedgerEntry.lease == lease, LedgerEntry.value_on <= on)
        .order_by(LedgerEntry.value_on, LedgerEntry.id)
    )
    years = sorted({entry.value_on.year for entry in entries} or {on.year}, reverse=True)
    year = years[0] if year is None else year
    opening = balance = sum(entry.amount_cents for entry in entries if entry.value_on.year < year)
    lines = []
    for entry in (each for each in entries if each.value_on.year == year):
        balance += entry.amount_cents
        lines.append(StatementLine(entry, balance))
    return Statement(year, years, opening, sum(entry.amount_cents for entry in entries), lines[::-1])


def lines_of(lease: Lease, *, month: Month) -> list[TermLine]:
    """Return the components of a term, in the order of its notice."""
    return list(
        TermLine.select(TermLine)
        .join(RentTerm)
        .where(RentTerm.lease == lease, RentTerm.month == month)
        .order_by(TermLine.id)
    )


def rent_lines_of(lease: Lease, *, on: date) -> list[RentLine]:
    """Return the rent lines in force on a day (on its last day for a lease that is over)."""
    day = min(lease.ends_on or on, on)
    return list(
        RentLine.select()
        .where(RentLine.lease == lease, RentLine.starts_on <= day)
        .where(RentLine.ends_on.is_null() | (RentLine.ends_on >= day))
        .order_by(RentLine.id)
    )
