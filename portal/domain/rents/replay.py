"""Which payment paid which debt: the entries of one account, replayed in the order of their value dates.

The rule (Code civil, art. 1342-10): a payment goes to the terms the tenant chose, in order; otherwise to the debt that
fell due first; what is over waits and pays the next. A housing benefit pays its own month, then later ones, never an
older debt. What a repayment plan spreads falls due with its instalments. An entry undone takes back what it had paid,
and nothing else; what others paid stays where it was.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter, itemgetter

from portal.domain.rents.allocation import (
    BENEFIT,
    MONTHLY,
    REFUND,
    Apart,
    Debt,
    Plan,
    PlanRun,
    Posting,
    Replay,
    Share,
    Term,
)
from portal.kernel.periods import Month

AHEAD = timedelta(days=31)  # an instalment may be paid in the month before its day; sooner, the money waits
FIRST, RANK = itemgetter(0), attrgetter("rank")
ASKED, BENEFITS, CHOSEN, RECEIVED, GIVEN_BACK, UNDONE, ENDED, AGREED = range(8)
# A debt that a credit may pay, how much of it at most (None: all), and whether the part that a plan spreads is meant.
Payable = tuple[Debt, int | None, bool]
# The entries by their ids; one that undoes nothing looks for None, in vain.
Known = Mapping[int | None, Posting]
Happening = tuple[tuple, Posting | Callable[[], object]]  # its place among the others, and what happens


def replay(
    postings: Iterable[Posting],
    due_days: Mapping[Month, date],
    plans: Iterable[Plan] = (),
    *,
    on: date | None = None,
) -> Replay:
    """Replay the entries of one account. `due_days` says when each posted term is due; `on` is the day it is seen from.

    The order in which the entries were written does not count, only their value dates.
    """
    known: Known = {posting.id: posting for posting in postings}
    account = _Account(due_days)
    events: list[Happening] = [(_order(each, known), each) for each in known.values()]
    for plan in plans:
        events += _life(account, plan)
    for order, happens in sorted(events, key=FIRST):
        day, step = order[:2]
        if on and day > on:
            break
        if isinstance(happens, Posting):
            account.take(happens, step, known.get(happens.reverses_id))
        else:
            happens()
        account.settle(day)
    debts = account.debts.values()
    terms = sorted((debt for debt in debts if isinstance(debt, Term)), key=lambda term: term.month.text)
    apart = sorted((debt for debt in debts if isinstance(debt, Apart)), key=lambda debt: debt.rank)
    account.count_plans()
    return Replay(terms, account.credits, apart, account.plans)


def _order(posting: Posting, known: Known) -> tuple:
    """On one day: what is asked, what comes in (chosen first), what goes out, what is undone (after its entry)."""
    undone = known.get(posting.reverses_id)
    day = max(posting.value_on, undone.value_on) if undone else posting.value_on
    step = UNDONE if undone else _step(posting)
    month = posting.month.text if posting.month else ""
    return day, step, month, -posting.amount_cents, posting.key, posting.id


def _step(posting: Posting) -> int:
    if posting.kind == REFUND:
        return GIVEN_BACK
    if _is_debt(posting):
        return ASKED
    if posting.kind == BENEFIT:
        return BENEFITS
    return CHOSEN if posting.chosen else RECEIVED


def _is_debt(posting: Posting) -> bool:
    return posting.amount_cents > 0 or posting.kind in MONTHLY


def _life(account: "_Account", plan: Plan) -> Iterator[Happening]:
    """The days of a plan: agreed, each instalment that may then be paid, ended (on its first day: it never ran)."""
    if plan.ended_on and plan.ended_on <= plan.agreed_on:
        return
    yield (plan.agreed_on, AGREED, plan.id), lambda: account.agree(plan)
    for each in plan.instalments:
        if each.due_on - AHEAD > plan.agreed_on:
            yield (each.due_on - AHEAD, AGREED, plan.id), lambda: None  # from this day, what waits may pay it
    if plan.ended_on:
        yield (plan.ended_on, ENDED, plan.id), account.end_plan


class _Account:
    """The account while its entries are replayed."""

    def __init__(self, due_days: Mapping[Month, date]) -> None:
        self.due_days = due_days
        self.debts: dict[Month | int, Debt] = {}
        self.open: list[Debt] = []
        self.credits: list[Share] = []
        self.plans: list[PlanRun] = []
        self.plan: PlanRun | None = None  # the one that runs

    def take(self, posting: Posting, step: int, undone: Posting | None) -> None:
        """Apply one entry, by its step in the day."""
        if step == ASKED:
            self._ask(self._debt(posting), posting)
        elif step == GIVEN_BACK:
            self._give_back(posting)
        elif undone is None:
            self.credits.append(Share(posting, -posting.amount_cents))
        elif _is_debt(undone):
            term = self._debt(undone)
            term.given_cents -= self._undo(undone)
            self._ask(term, posting)
        else:
            self._undo(undone)

    def agree(self, plan: Plan) -> None:
        """Spread what is overdue on the day of a plan, the oldest first, up to what its instalments add up to."""
        left = plan.total_cents
        for term in (each for each in self.open if each.due_on <= plan.agreed_on):
            term.frozen_cents = min(term.rest_cents, left)
            left -= term.frozen_cents
        self.plan = PlanRun(plan, start_cents=plan.total_cents - left)
        self.plans.append(self.plan)

    def end_plan(self) -> None:
        """End the plan: what it left unpaid is due as it was before."""
        self.count_plans()
        self.plans[-1].running, self.plan = False, None
        for term in self.debts.values():
            term.frozen_cents = 0

    def count_plans(self) -> None:
        """Note what the running plan has left to pay."""
        if self.plan:
            self.plan.left_cents = sum(term.frozen_cents for term in self.open)

    def settle(self, day: date) -> None:
        """Let each credit, in the order of arrival, pay the debts it may pay."""
        if not self.open:
            return
        for credit in self.credits:
            for term, most, planned in self._payable(credit.posting, day):
                self._pay(term, credit, day, most, planned)
                if not credit.cents:
                    break
        self.credits = [credit for credit in self.credits if credit.cents]

    def _debt(self, posting: Posting) -> Debt:
        """The term an entry belongs to, or the debt apart it makes."""
        if posting.kind in MONTHLY or (posting.kind == BENEFIT and posting.month):
            month = posting.month or Month.of(posting.value_on)
            if not (term := self.debts.get(month)):
                term = self.debts[month] = Term(month, self.due_days.get(month, posting.value_on))
        elif not (term := self.debts.get(posting.id)):
            term = self.debts[posting.id] = Apart(None, posting.due_on or posting.value_on, posting=posting)
        return term

    def _ask(self, term: Debt, posting: Posting) -> None:
        """Ask more (or less) of a term; a term in the tenant's favour gives its surplus to the others."""
        term.asked_cents += posting.amount_cents
        rest = term.rest_cents
        if rest < 0:
            self._release(term, posting)
            rest = 0
        self._reckon(term, rest, posting.value_on)

    def _give_back(self, posting: Posting) -> None:
        """Money goes back to the tenant: out of what waits, whatever it waits for; the rest would be owed again."""
        term = self._debt(posting)
        term.asked_cents += posting.amount_cents
        for credit in self.credits:
            self._pay(term, credit, posting.value_on)
        self.credits = [credit for credit in self.credits if credit.cents]
        self._reckon(term, term.rest_cents, posting.value_on)

    def _pay(self, term: Debt, credit: Share, day: date, most: int | None = None, planned: bool = False) -> None:
        """Let a credit pay what it can of a debt."""
        rest = term.rest_cents
        owed = term.frozen_cents if planned else rest - term.frozen_cents
        cents = min(credit.cents, owed) if most is None else min(credit.cents, owed, most)
        if cents <= 0:
            return
        credit.cents -= cents
        if planned:
            term.frozen_cents -= cents
        term.shares.append(Share(credit.posting, cents, len(self.plans) if planned else None))
        self._reckon(term, rest - cents, day)

    def _release(self, term: Debt, posting: Posting) -> None:
        """Take back from a term what it no longer needs, the latest payment first, then what the entry itself gives."""
        over = -term.rest_cents
        while over and term.shares:
            last = term.shares[-1]
            taken = min(last.cents, over)
            over -= taken
            last.cents -= taken
            if not last.cents:
                term.shares.pop()
            self.credits.append(Share(last.posting, taken))
        if over:
            term.given_cents += over
            self.credits.append(Share(posting, over))

    def _undo(self, posting: Posting) -> int:
        """Take back all that an entry brought, and no other's; return what it had brought, in cents."""
        taken = sum(credit.cents for credit in self.credits if credit.posting is posting)
        self.credits = [credit for credit in self.credits if credit.posting is not posting]
        for term in self.debts.values():
            shares = [share for share in term.shares if share.posting is posting]
            for share in shares:
                taken += share.cents
                if self.plan and share.plan == len(self.plans):
                    term.frozen_cents += share.cents
            if shares:
                term.shares = [share for share in term.shares if share.posting is not posting]
                self._reckon(term, term.rest_cents, posting.value_on)
        return taken

    def _payable(self, posting: Posting, day: date) -> Iterable[Payable]:
        """The debts a credit may pay, first one first."""
        if posting.kind == BENEFIT:
            return self._of_benefit(posting.month or Month.of(posting.value_on))
        months = posting.chosen
        return self._of_choice(months, day) if months else self._first_due(day)

    def _of_choice(self, months: tuple[Month, ...], day: date) -> Iterator[Payable]:
        """The terms the tenant chose, in order, then the others; it waits for a chosen term that is not asked yet."""
        for month in months:
            yield from self._whole(self.debts.get(month))
        if all(month in self.debts for month in months):
            yield from self._first_due(day)

    def _of_benefit(self, month: Month) -> Iterator[Payable]:
        """A benefit pays its own month, then later ones; it waits for its month if that is not asked yet."""
        if month in self.debts:
            yield from self._whole(self.debts[month])
            for term in [each for each in self.open if each.month and each.month > month]:
                yield term, None, False

    def _whole(self, term: Debt | None) -> Iterator[Payable]:
        if term is not None:
            yield term, None, False
            yield term, None, True

    def _first_due(self, day: date) -> Iterable[Payable]:
        """The debts in the order they fall due."""
        return self._with_instalments(self.plan, day) if self.plan else [(term, None, False) for term in self.open]

    def _with_instalments(self, plan: PlanRun, day: date) -> Iterator[Payable]:
        """The debts in the order they fall due; what the plan spreads, as its instalments do."""
        claims: list[tuple[tuple, Debt | None, int]]
        claims = [(term.rank, term, 0) for term in self.open if term.due_cents > 0]
        claims += [(rank, None, cents) for rank, cents in self._instalments(plan, day)]
        for _, term, cents in sorted(claims, key=FIRST):
            if term:
                yield term, None, False
            else:
                yield from self._spread(cents)

    def _instalments(self, plan: PlanRun, day: date) -> Iterator[tuple[tuple, int]]:
        """What is left of the instalments that may be paid on a day, each with its place among the debts."""
        self.count_plans()
        for step in plan.steps:
            if step.rest_cents and step.due_on - AHEAD <= day:
                yield (step.due_on, ""), step.rest_cents

    def _spread(self, cents: int) -> Iterator[Payable]:
        """Share an instalment out over the old debts, the oldest first."""
        for term in [each for each in self.open if each.frozen_cents]:
            part = min(cents, term.frozen_cents)
            cents -= part
            yield term, part, True

    def _reckon(self, term: Debt, rest: int, day: date) -> None:
        """Note what is left of a term: whether it is open, the day it was wholly paid, no more spread than is left."""
        if term.frozen_cents:
            term.frozen_cents = max(0, min(term.frozen_cents, rest))
        if rest > 0:
            term.paid_on = None
            if term not in self.open:
                insort(self.open, term, key=RANK)
        else:
            term.paid_on = term.paid_on or day
            if term in self.open:
                self.open.remove(term)
