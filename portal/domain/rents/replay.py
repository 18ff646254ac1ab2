"""Which payment paid which debt: the entries of one account, replayed in the order of their value dates.

The rule (Code civil, art. 1342-10): a payment goes to the terms the tenant chose, in order; otherwise to the debt that
fell due first; what is over waits and pays the next. A housing benefit pays its own month, then later ones, never an
older debt. What a repayment plan spreads falls due with its instalments. An entry undone takes back what it had paid,
and nothing else; what others paid stays where it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from operator import itemgetter

from portal.domain.rents.allocation import BENEFIT, MONTHLY, REFUND, Plan, PlanRun, Posting, Replay, Share, Term
from portal.kernel.periods import Month

AHEAD = timedelta(days=31)  # an instalment may be paid in the month before its day; sooner, the money waits
FIRST = itemgetter(0)
ASKED, BENEFITS, CHOSEN, RECEIVED, GIVEN_BACK, UNDONE, ENDED, AGREED = range(8)


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
    known = {posting.id: posting for posting in postings}
    account = _Account(due_days)
    events = [(_order(each, known), each) for each in known.values()]
    for plan in plans:
        events += _life(account, plan)
    for order, happens in sorted(events, key=FIRST):
        if on is None or order[0] <= on:
            if isinstance(happens, Posting):
                account.take(happens, known.get(happens.reverses_id))
            else:
                happens()
            account.settle(order[0])
    terms = sorted((term for term in account.debts.values() if term.month), key=lambda term: term.month)
    apart = sorted((term for term in account.debts.values() if not term.month), key=lambda term: term.rank)
    account.count_plans()
    return Replay(terms, account.credits, apart, account.plans)


def _order(posting: Posting, known: Mapping[int, Posting]) -> tuple:
    """On one day: what is asked, what comes in (chosen first), what goes out, what is undone (after its entry)."""
    undone = known.get(posting.reverses_id)
    day = max(posting.value_on, undone.value_on) if undone else posting.value_on
    return day, _step(posting, undone), str(posting.month or ""), -posting.amount_cents, posting.key, posting.id


def _step(posting: Posting, undone: Posting | None) -> int:
    if undone:
        return UNDONE
    if posting.kind == REFUND:
        return GIVEN_BACK
    if _is_debt(posting):
        return ASKED
    if posting.kind == BENEFIT:
        return BENEFITS
    return CHOSEN if posting.chosen else RECEIVED


def _is_debt(posting: Posting) -> bool:
    return posting.kind in MONTHLY or posting.amount_cents > 0


def _life(account: "_Account", plan: Plan) -> Iterator[tuple[tuple, Callable[[], None]]]:
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
        self.debts: dict[Month | int, Term] = {}
        self.open: list[Term] = []
        self.credits: list[Share] = []
        self.plans: list[PlanRun] = []

    @property
    def plan(self) -> PlanRun | None:
        """The plan that runs."""
        return self.plans[-1] if self.plans and self.plans[-1].running else None

    def take(self, posting: Posting, undone: Posting | None) -> None:
        """Apply one entry."""
        if undone and not _is_debt(undone):
            self._undo(undone, posting.value_on)
        elif undone:
            term = self._debt(undone)
            term.given_cents -= self._undo(undone, posting.value_on)
            self._ask(term, posting)
        elif posting.kind == REFUND:
            self._give_back(posting)
        elif _is_debt(posting):
            self._ask(self._debt(posting), posting)
        else:
            self.credits.append(Share(posting, -posting.amount_cents))

    def agree(self, plan: Plan) -> None:
        """Spread what is overdue on the day of a plan, the oldest first, up to what its instalments add up to."""
        left = plan.total_cents
        for term in (each for each in self.open if each.due_on <= plan.agreed_on):
            term.frozen_cents = min(term.rest_cents, left)
            left -= term.frozen_cents
        self.plans.append(PlanRun(plan, start_cents=plan.total_cents - left))

    def end_plan(self) -> None:
        """End the plan: what it left unpaid is due as it was before."""
        self.count_plans()
        self.plans[-1].running = False
        for term in self.debts.values():
            term.frozen_cents = 0

    def count_plans(self) -> None:
        """Note what the running plan has left to pay."""
        if self.plan:
            self.plan.left_cents = sum(term.frozen_cents for term in self.open)

    def settle(self, day: date) -> None:
        """Let each credit, in the order of arrival, pay the debts it may pay."""
        if not self.credits or not self.open:
            return
        for credit in self.credits:
            for term, cents, planned in self._payable(credit.posting, day):
                self._pay(term, credit, min(credit.cents, cents), day, planned=planned)
                if not credit.cents:
                    break
        self.credits = [credit for credit in self.credits if credit.cents]

    def _debt(self, posting: Posting) -> Term:
        """The term an entry belongs to, or the debt apart it makes."""
        if posting.kind in MONTHLY or (posting.kind == BENEFIT and posting.month):
            name = month = posting.month or Month.of(posting.value_on)
            if name not in self.debts:
                self.debts[name] = Term(month, self.due_days.get(month, posting.value_on))
        elif (name := posting.id) not in self.debts:
            self.debts[name] = Term(None, posting.due_on or posting.value_on, posting=posting)
        return self.debts[name]

    def _ask(self, term: Term, posting: Posting) -> None:
        """Ask more (or less) of a term; a term in the tenant's favour gives its surplus to the others."""
        term.asked_cents += posting.amount_cents
        if term.rest_cents < 0:
            self._release(term)
        if (over := -term.rest_cents) > 0:
            term.given_cents += over
            self.credits.append(Share(posting, over))
        self._reckon(term, posting.value_on)

    def _give_back(self, posting: Posting) -> None:
        """Money goes back to the tenant: out of what waits, whatever it waits for; the rest would be owed again."""
        term = self._debt(posting)
        term.asked_cents += posting.amount_cents
        for credit in self.credits:
            self._pay(term, credit, min(credit.cents, term.rest_cents), posting.value_on, planned=False)
        self.credits = [credit for credit in self.credits if credit.cents]
        self._reckon(term, posting.value_on)

    def _pay(self, term: Term, credit: Share, cents: int, day: date, *, planned: bool) -> None:
        if cents <= 0:
            return
        credit.cents -= cents
        term.frozen_cents -= cents if planned else 0
        term.shares.append(Share(credit.posting, cents, len(self.plans) if planned else None))
        self._reckon(term, day)

    def _release(self, term: Term) -> None:
        """Take back from a term what it no longer needs, the latest payment first."""
        while term.rest_cents < 0 and term.shares:
            last = term.shares[-1]
            taken = min(last.cents, -term.rest_cents)
            last.cents -= taken
            if not last.cents:
                term.shares.pop()
            self.credits.append(Share(last.posting, taken))

    def _undo(self, posting: Posting, day: date) -> int:
        """Take back all that an entry brought, and no other's; return what it had brought, in cents."""
        taken = sum(credit.cents for credit in self.credits if credit.posting is posting)
        self.credits = [credit for credit in self.credits if credit.posting is not posting]
        for term in self.debts.values():
            for share in (each for each in term.shares if each.posting is posting):
                taken += share.cents
                if share.plan and self.plan and share.plan == len(self.plans):
                    term.frozen_cents += share.cents
            term.shares = [share for share in term.shares if share.posting is not posting]
            self._reckon(term, day)
        return taken

    def _payable(self, posting: Posting, day: date) -> Iterator[tuple[Term, int, bool]]:
        """The debts a credit may pay, first one first: the term, how much, and whether the plan's part is meant."""
        if posting.kind == BENEFIT:
            yield from self._of_benefit(posting.month or Month.of(posting.value_on))
            return
        for month in posting.chosen:
            yield from self._whole(self.debts.get(month))
        if all(month in self.debts for month in posting.chosen):  # otherwise it waits for the term it was meant for
            yield from self._first_due(day)

    def _of_benefit(self, month: Month) -> Iterator[tuple[Term, int, bool]]:
        """A benefit pays its own month, then later ones; it waits for its month if that is not asked yet."""
        if month in self.debts:
            yield from self._whole(self.debts[month])
            for term in [each for each in self.open if each.month and each.month > month]:
                yield term, term.due_cents, False

    def _whole(self, term: Term | None) -> Iterator[tuple[Term, int, bool]]:
        if term is not None:
            yield term, term.due_cents, False
            yield term, term.frozen_cents, True

    def _first_due(self, day: date) -> Iterator[tuple[Term, int, bool]]:
        """The debts in the order they fall due; what a plan spreads, as its instalments do."""
        if not self.plan:
            for term in self.open:  # in that order already
                yield term, term.due_cents, False
            return
        claims = [(term.rank, term, term.due_cents, False) for term in self.open if term.due_cents > 0]
        for step_rank, cents in self._instalments(day):
            claims.append((step_rank, None, cents, True))
        for _, term, cents, planned in sorted(claims, key=lambda claim: claim[0]):
            if not planned:
                yield term, cents, False
            else:
                yield from self._spread(cents)

    def _instalments(self, day: date) -> Iterator[tuple[tuple, int]]:
        """What is left of the instalments that may be paid on a day, each with its place among the debts."""
        self.count_plans()
        for step in self.plan.steps:
            if step.rest_cents and step.due_on - AHEAD <= day:
                yield (step.due_on, "", "", 0), step.rest_cents

    def _spread(self, cents: int) -> Iterator[tuple[Term, int, bool]]:
        """Share an instalment out over the old debts, the oldest first."""
        for term in [each for each in self.open if each.frozen_cents]:
            part = min(cents, term.frozen_cents)
            cents -= part
            yield term, part, True

    def _reckon(self, term: Term, day: date) -> None:
        """Note whether a term is open, the day it was wholly paid, and that no more is spread than is left."""
        rest = term.rest_cents
        if term.frozen_cents:
            term.frozen_cents = max(0, min(term.frozen_cents, rest))
        if rest > 0:
            term.paid_on = None
            if all(each is not term for each in self.open):
                self.open = sorted([*self.open, term], key=lambda each: each.rank)
        else:
            term.paid_on = term.paid_on or day
            self.open = [each for each in self.open if each is not term]
