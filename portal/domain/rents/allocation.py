"""What an account is made of once its entries are replayed: terms, debts apart, what paid them, plans, what waits.

Nothing of this is stored: the same entries always give the same answer (see replay.py for the rules).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from portal.kernel.periods import Month

BENEFIT, REFUND = "housing_benefit", "refund"
MONTHLY = ("rent_call", "security_deposit", "benefit_recall", "remission")  # they ask more, or less, of their month
PAYMENTS = ("payment_received", BENEFIT)


class Posting(NamedTuple):
    """One ledger entry as the replay needs it. `amount_cents` is positive when the tenant owes.

    `month` is its term, or the one the tenant chose; `choices` the terms chosen when there are several, in order.
    `key` is the business key: it settles ties, so that the order of writing never counts.
    """

    id: int
    kind: str
    value_on: date
    month: Month | None
    amount_cents: int
    method: str = ""
    reverses_id: int | None = None
    due_on: date | None = None
    label: str = ""
    key: str = ""
    choices: tuple[Month, ...] = ()

    @property
    def chosen(self) -> tuple[Month, ...]:
        """The terms the tenant chose to pay, in order; none leaves it to the law."""
        if self.kind in MONTHLY:
            return ()
        return self.choices or ((self.month,) if self.month else ())


@dataclass(slots=True)
class Share:
    """What one payment brought to one debt, in cents (positive); `plan` is the rank of the plan it followed, if any."""

    posting: Posting
    cents: int
    plan: int | None = None


@dataclass(slots=True, eq=False)
class _Owed:
    """What is owed for a month, or apart from the months, after the replay.

    `given_cents` is what a term in the tenant's favour passed on; `frozen_cents` the part of the rest that a running
    plan spreads, which is not due on `due_on` but as the instalments fall due. Two of them are never equal: a list of
    them is searched for the very one.
    """

    month: Month | None
    due_on: date
    asked_cents: int = 0
    given_cents: int = 0
    frozen_cents: int = 0
    shares: list[Share] = field(default_factory=list)
    paid_on: date | None = None

    @property
    def covered_cents(self) -> int:
        """What payments and benefits brought to this term."""
        return sum(share.cents for share in self.shares)

    @property
    def rest_cents(self) -> int:
        """What is still to pay for this term."""
        rest = self.asked_cents + self.given_cents
        for share in self.shares:  # asked at each step of the replay: a sum() of a generator takes twice as long
            rest -= share.cents
        return rest

    @property
    def due_cents(self) -> int:
        """What is still to pay on the term's own due day: the rest, without what a plan spreads."""
        return self.rest_cents - self.frozen_cents

    @property
    def benefit_cents(self) -> int:
        """The part the CAF paid to the Office for the tenant."""
        return sum(share.cents for share in self.shares if share.posting.kind == BENEFIT)

    @property
    def tenant_cents(self) -> int:
        """The part the tenant paid."""
        return self.covered_cents - self.benefit_cents


@dataclass(slots=True, eq=False)
class Term(_Owed):
    """One month of one account; it is named by its month."""

    month: Month
    label = ""

    @property
    def rank(self) -> tuple:
        """The place of a debt among the others: the first due first."""
        return self.due_on, self.month.text


@dataclass(slots=True, eq=False)
class Apart(_Owed):
    """A debt outside the months (repairs, an adjustment…), which one entry made."""

    month: None
    posting: Posting = field(kw_only=True)

    @property
    def rank(self) -> tuple:
        """The place of a debt among the others: on one day, before the terms."""
        return self.due_on, "", self.posting.key, self.posting.id

    @property
    def label(self) -> str:
        """What the entry says."""
        return self.posting.label


Debt: TypeAlias = Term | Apart


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan: its day, its cents."""

    due_on: date
    cents: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A repayment plan as the replay needs it: from its day it spreads the debt that was then overdue."""

    id: int
    agreed_on: date
    instalments: tuple[Instalment, ...]
    ended_on: date | None = None
    end_reason: str = ""

    @property
    def total_cents(self) -> int:
        """What the instalments add up to."""
        return sum(each.cents for each in self.instalments)


@dataclass(frozen=True, slots=True)
class Step:
    """An instalment and what was paid of it."""

    instalment: Instalment
    asked_cents: int
    paid_cents: int

    @property
    def due_on(self) -> date:
        """The day it falls due."""
        return self.instalment.due_on

    @property
    def rest_cents(self) -> int:
        """What is still to pay of it."""
        return self.asked_cents - self.paid_cents


@dataclass(slots=True)
class PlanRun:
    """A plan after the replay. `start_cents` is the debt it took over, `left_cents` what remains of it."""

    plan: Plan
    start_cents: int = 0
    left_cents: int = 0
    running: bool = True

    @property
    def done_cents(self) -> int:
        """What was paid of the debt the plan took over."""
        return self.start_cents - self.left_cents

    @property
    def steps(self) -> list[Step]:
        """The instalments in order, the first ones paid first; a debt smaller than foreseen lightens the last ones."""
        steps, debt, done = [], self.start_cents, self.done_cents
        for each in self.plan.instalments:
            asked = min(each.cents, debt)
            paid = min(asked, done)
            steps.append(Step(each, asked, paid))
            debt, done = debt - asked, done - paid
        return steps

    @property
    def is_done(self) -> bool:
        """Whether the whole debt of the plan is paid."""
        return not self.left_cents

    def due_cents(self, *, on: date) -> int:
        """What is to be paid of the instalments whose day has come."""
        return sum(step.rest_cents for step in self.steps if step.due_on <= on)

    def late_cents(self, *, on: date) -> int:
        """What should have been paid of the instalments before a day."""
        return sum(step.rest_cents for step in self.steps if step.due_on < on)


@dataclass(slots=True)
class Replay:
    """The terms of an account (oldest month first), its debts apart, its plans, and the credit that waits."""

    terms: list[Term]
    credits: list[Share]
    apart: list[Apart] = field(default_factory=list)
    plans: list[PlanRun] = field(default_factory=list)

    @property
    def credit_cents(self) -> int:
        """What was received and pays nothing yet."""
        return sum(credit.cents for credit in self.credits)

    @property
    def debts(self) -> list[Debt]:
        """The terms and the debts apart."""
        return [*self.terms, *self.apart]

    @property
    def balance_cents(self) -> int:
        """What the tenant owes in all; negative when it is in the tenant's favour."""
        return sum(debt.rest_cents for debt in self.debts) - self.credit_cents
