"""Which payment paid which term: the entries of one account, replayed in the order of their value dates.

Nothing of this is stored: the same entries always give the same answer.

The rule (Code civil, art. 1342-10): a payment goes to the term the tenant named; otherwise to the debt that fell due
first; what is over pays the next term. A housing benefit pays its own month, then later ones, never an older debt. A
rejected payment reopens what it had paid and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.kernel.periods import Month

CALLS = ("rent_call", "security_deposit", "benefit_recall")
BENEFIT = "housing_benefit"


@dataclass(frozen=True, slots=True)
class Posting:
    """One ledger entry as the replay needs it. `amount_cents` is positive when the tenant owes."""

    id: int
    kind: str
    value_on: date
    month: Month | None
    amount_cents: int
    method: str = ""
    reverses_id: int | None = None


@dataclass(slots=True)
class Share:
    """What one payment brought to one term, in cents (positive)."""

    posting: Posting
    cents: int


@dataclass(slots=True)
class Term:
    """One month of one account, after the replay. `given_cents` is what a term in the tenant's favour passed on."""

    month: Month
    due_on: date
    asked_cents: int = 0
    given_cents: int = 0
    shares: list[Share] = field(default_factory=list)
    paid_on: date | None = None

    @property
    def covered_cents(self) -> int:
        """What payments and benefits brought to this term."""
        return sum(share.cents for share in self.shares)

    @property
    def rest_cents(self) -> int:
        """What is still to pay for this term."""
        return self.asked_cents + self.given_cents - self.covered_cents

    @property
    def benefit_cents(self) -> int:
        """The part the CAF paid to the Office for the tenant."""
        return sum(share.cents for share in self.shares if share.posting.kind == BENEFIT)

    @property
    def tenant_cents(self) -> int:
        """The part the tenant paid."""
        return self.covered_cents - self.benefit_cents


@dataclass(slots=True)
class Replay:
    """The terms of an account, oldest month first, and the credit that waits for the next one."""

    terms: list[Term]
    credits: list[Share]

    @property
    def credit_cents(self) -> int:
        """What was received and pays nothing yet."""
        return sum(credit.cents for credit in self.credits)

    @property
    def balance_cents(self) -> int:
        """What the tenant owes in all; negative when it is in the tenant's favour."""
        return sum(term.rest_cents for term in self.terms) - self.credit_cents


def replay(postings: Iterable[Posting], due_days: Mapping[Month, date]) -> Replay:
    """Replay the entries of one account. `due_days` says when each posted term is due.

    The order in which the entries were written does not count, only their value dates.
    """
    known = {posting.id: posting for posting in postings}
    account = _Account(due_days)
    for posting in sorted(known.values(), key=lambda each: _order(each, known)):
        account.take(posting, known.get(posting.reverses_id))
    return Replay(sorted(account.terms.values(), key=lambda term: term.month), account.credits)


def _order(posting: Posting, known: Mapping[int, Posting]) -> tuple:
    """What is asked first, then what comes in, then what is undone (never before the entry it undoes)."""
    undone = known.get(posting.reverses_id)
    day = max(posting.value_on, undone.value_on) if undone else posting.value_on
    step = 3 if undone else 0 if _is_debt(posting) else 1 if posting.kind == BENEFIT else 2
    return day, step, str(posting.month or ""), -posting.amount_cents, posting.method, posting.id


def _is_debt(posting: Posting) -> bool:
    return posting.kind in CALLS or posting.amount_cents > 0


class _Account:
    """The account while its entries are replayed."""

    def __init__(self, due_days: Mapping[Month, date]) -> None:
        self.due_days = due_days
        self.terms: dict[Month, Term] = {}
        self.open: list[Term] = []
        self.credits: list[Share] = []

    def take(self, posting: Posting, undone: Posting | None) -> None:
        """Apply one entry, then let what waits pay what it can."""
        if undone and not _is_debt(undone):
            self._undo(undone, posting.amount_cents)
        elif undone or _is_debt(posting):
            self._ask(posting, (undone or posting).month)
        else:
            self.credits.append(Share(posting, -posting.amount_cents))
        if self.credits:
            self._settle(posting.value_on)

    def _ask(self, posting: Posting, month: Month | None) -> None:
        """Ask more (or less) of a month; a term in the tenant's favour gives its surplus to the others."""
        month = month or Month.of(posting.value_on)
        term = self.terms.get(month)
        if term is None:
            term = self.terms[month] = Term(month, self.due_days.get(month, posting.value_on))
        term.asked_cents += posting.amount_cents
        if term.rest_cents < 0:
            self._release(term)
        if (over := -term.rest_cents) > 0:
            term.given_cents += over
            self.credits.append(Share(posting, over))
        self._reckon(term, posting.value_on)

    def _release(self, term: Term) -> None:
        """Take back from a term what it no longer needs, the latest payment first."""
        while term.rest_cents < 0 and term.shares:
            last = term.shares[-1]
            taken = min(last.cents, -term.rest_cents)
            last.cents -= taken
            if not last.cents:
                term.shares.pop()
            self.credits.append(Share(last.posting, taken))

    def _undo(self, posting: Posting, cents: int) -> None:
        """Take a payment back, in whole or in part: first what waits, then the latest term it paid."""
        for credit in self.credits:
            if credit.posting is posting:
                taken = min(credit.cents, cents)
                credit.cents -= taken
                cents -= taken
        self.credits = [credit for credit in self.credits if credit.cents]
        for term in sorted(self.terms.values(), key=lambda each: each.month, reverse=True):
            for share in term.shares:
                if cents and share.posting is posting:
                    taken = min(share.cents, cents)
                    share.cents -= taken
                    cents -= taken
            term.shares = [share for share in term.shares if share.cents]
            self._reckon(term, posting.value_on)

    def _settle(self, day: date) -> None:
        """Let each credit, in the order of arrival, pay the terms it may pay."""
        for credit in self.credits:
            for term in self._payable(credit.posting):
                if not credit.cents:
                    break
                paid = min(credit.cents, term.rest_cents)
                credit.cents -= paid
                term.shares.append(Share(credit.posting, paid))
                self._reckon(term, day)
        self.credits = [credit for credit in self.credits if credit.cents]

    def _payable(self, posting: Posting) -> list[Term]:
        """The open terms a payment may pay, first one first."""
        named = None if posting.kind in CALLS else posting.month
        if named is None:
            return list(self.open)
        if named not in self.terms:
            return []  # it waits for the term it was meant for
        own = [term for term in self.open if term.month == named]
        others = [term for term in self.open if term.month != named]
        if posting.kind == BENEFIT:
            others = [term for term in others if term.month > named]
        return own + others

    def _reckon(self, term: Term, day: date) -> None:
        """Note whether a term is open, and the day it was wholly paid."""
        if term.rest_cents > 0:
            term.paid_on = None
            if term not in self.open:
                self.open = sorted([*self.open, term], key=lambda each: (each.due_on, each.month))
        else:
            term.paid_on = term.paid_on or day
            self.open = [each for each in self.open if each is not term]
