"""What is said of an account on a day: what is owed, what of it is due now, its terms, its plan, its dated lines."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from portal.domain.housing.models import Lease
from portal.domain.rents.allocation import Apart, Debt, PlanRun, Replay, Term
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.policy import may_have_receipt, state_of
from portal.kernel.periods import Month


@dataclass(frozen=True)
class Account:
    """The account of one lease on a day."""

    lease: Lease
    on: date
    replayed: Replay

    @cached_property
    def terms(self) -> list[Term]:
        """The terms asked so far, the latest first."""
        return self.replayed.terms[::-1]

    @cached_property
    def balance_cents(self) -> int:
        """What the tenant owes in all; negative when it is in the tenant's favour."""
        return self.replayed.balance_cents

    @property
    def credit_cents(self) -> int:
        """What was received and pays nothing yet."""
        return self.replayed.credit_cents

    def brought_by(self, key: str) -> list[tuple[Debt, int]]:
        """Return the debts that the entry of a business key pays, and how much of each, the first due first."""
        debts = sorted(self.replayed.debts, key=lambda term: term.rank)
        shares = [(debt, sum(each.cents for each in debt.shares if each.posting.key == key)) for debt in debts]
        return [(debt, cents) for debt, cents in shares if cents]

    @cached_property
    def open_terms(self) -> list[Term]:
        """The terms that are not wholly paid, the first due first, those a plan spreads included."""
        return sorted((each for each in self.terms if each.rest_cents), key=lambda term: term.rank)

    @cached_property
    def apart(self) -> list[Apart]:
        """The debts outside the terms (repairs, an adjustment…) that are not wholly paid, the first due first."""
        return [each for each in self.replayed.apart if each.rest_cents]

    @property
    def plan(self) -> PlanRun | None:
        """The repayment plan that runs, until it is wholly paid."""
        running = (run for run in self.replayed.plans if run.running and not run.is_done)
        return next(running, None)

    @property
    def spreadable_cents(self) -> int:
        """The debt a plan agreed on this day would spread: all that is due and not paid."""
        return sum(debt.due_cents for debt in [*self.open_terms, *self.apart] if debt.due_on <= self.on)

    @property
    def spread_cents(self) -> int:
        """The old debt that the plan spreads, whether its instalments are due or not."""
        return self.plan.left_cents if self.plan else 0

    @property
    def plan_due_cents(self) -> int:
        """What is to be paid of the instalments whose day has come."""
        return self.plan.due_cents(on=self.on) if self.plan else 0

    @property
    def due_cents(self) -> int:
        """What is asked for now: the balance, but of the debt that a plan spreads only the instalments due."""
        return self.balance_cents - self.spread_cents + self.plan_due_cents

    @property
    def overdue_cents(self) -> int:
        """What should have been paid before the day, late instalments included."""
        late = self.plan.late_cents(on=self.on) if self.plan else 0
        debts = [*self.open_terms, *self.apart]
        return late + sum(debt.due_cents for debt in debts if debt.due_on < self.on)

    @property
    def first_due_on(self) -> date | None:
        """The first day on which something is, or was, to be paid."""
        days = [debt.due_on for debt in [*self.open_terms, *self.apart] if debt.due_cents > 0]
        if self.plan:
            days += [step.due_on for step in self.plan.steps if step.rest_cents]
        return min(days, default=None)

    @cached_property
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
        return [each for each in self.open_terms if each.rank < term.rank]


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
    """The lines of an account between two days, the latest first; `opening_cents` comes before them."""

    first_on: date
    last_on: date
    years: list[int]
    opening_cents: int
    balance_cents: int
    lines: list[StatementLine] = field(default_factory=list)
    undone: dict[int, str] = field(default_factory=dict)  # the entries that another one undoes, and its kind

    @property
    def year(self) -> int:
        """The year of the statement."""
        return self.last_on.year

    @property
    def closing_cents(self) -> int:
        """What the account showed at the end of the statement."""
        return self.lines[0].balance_cents if self.lines else self.opening_cents
