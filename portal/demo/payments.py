"""How each household pays: on the day, at once, in two halves, rounded up, late, in part, or no more."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo.chance import Chance, pick
from portal.demo.households import Lease, Times
from portal.demo.rents import Term

MEANS = {
    "direct_debit": "prelevement",
    "transfer": "virement",
    "at_once": "virement",
    "card": "carte",
    "slip": "tip",
    "cheque": "cheque",
    "cash": "especes",
    "rounds_up": "virement",
    "two_halves": "especes",
}
SETTLE_OTHERWISE = ("carte", "virement", "especes")
REASONS = {"provision insuffisante": 80, "compte clôturé": 6, "opposition du débiteur": 6, "mandat absent": 8}
BOUNCES = 0.012  # one direct debit in eighty


@dataclass
class Payment:
    """Money received for a lease; `month` names the term it pays, if anyone said so."""

    paid_on: date
    means: str
    cents: int
    month: str = ""
    bounced_on: date | None = None
    reason: str = ""


class Payer:
    """One household's payments over its terms, keeping count of what it owes."""

    def __init__(self, chance: Chance, lease: Lease, times: Times) -> None:
        self.draws: random.Random = chance.stream("payment", lease.dwelling.place, lease.start)
        self.lease, self.today = lease, times.today
        self.owed = 0  # cents, what the benefits still to come leave to the household
        self.bumpy: dict[int, str] = {}
        self.missed = 0

    def payments(self, terms: list[Term]) -> list[Payment]:
        """Return what was paid up to today, oldest first."""
        due = [term for term in terms if term.due <= self.today]
        self._foresee(len(due))
        received = [payment for index, term in enumerate(terms) for payment in self._for(index, term)]
        received += self._late_benefits(terms)
        return sorted((each for each in received if each.paid_on <= self.today), key=lambda each: each.paid_on)

    def _foresee(self, due: int) -> None:
        """Decide which of the due terms will not go smoothly: the last ones of those in arrears, and a few old ones."""
        story = self.lease.arrears
        if story == "last_term":
            self.bumpy[due - 1] = "skip"
        elif story in ("pays_a_part", "stopped"):
            since = self.draws.randrange(3, 7) if story == "pays_a_part" else self.draws.randrange(3, 10)
            self.bumpy.update(dict.fromkeys(range(due - since, due), "part" if story == "pays_a_part" else "skip"))
            if self.lease.role:
                self.bumpy[due - 2] = "bounce_for_good"
        elif story == "bounced":
            self.bumpy[due - 1] = "bounce_for_good"
        elif due > 12 and not self.lease.role and self.draws.random() < 0.12:
            start = self.draws.randrange(due - 9)
            self.bumpy.update(
                {start: "skip", start + 1: "skip", start + 2: "more", start + 3: "more", start + 4: "rest"}
            )

    def _for(self, index: int, term: Term) -> Iterator[Payment]:
        self.owed += term.total - term.benefit_pending
        if self.owed <= 0:
            return
        how = self.bumpy.get(index, "")
        usual = MEANS[self.lease.habit]
        if how == "skip":
            self.missed += 1
        elif how in ("part", "more"):
            share = self.draws.uniform(0.3, 0.7) if how == "part" else 1.3
            cents = min(self.owed, round(max(term.total, 2000) * share / 1000) * 1000)
            yield self._pay(self._by(term, self.draws.randrange(2, 20)), self.draws.choice(SETTLE_OTHERWISE), cents)
        elif how == "bounce_for_good":
            yield self._bounce(term, self.owed)
        elif how == "rest":
            yield self._pay(self._by(term, 6), "virement", self.owed)
        elif self.lease.habit == "direct_debit":
            yield from self._debit(term)
        elif self.lease.habit == "rounds_up":
            yield self._pay(self._by(term, -self.draws.randrange(6)), usual, -(-self.owed // 2000) * 2000)
        elif self.lease.habit == "two_halves":
            first = self.owed // 200 * 100
            yield self._pay(self._by(term, -self.draws.randrange(1, 5)), usual, first)
            yield self._pay(self._by(term, self.draws.randrange(4, 10)), usual, self.owed)
        elif self.lease.habit == "at_once":
            yield self._pay(min(self.today, _working_day(term.issued + timedelta(days=2))), usual, self.owed)
        else:
            yield self._pay(self._by(term, -self.draws.randrange(9)), usual, self.owed)

    def _debit(self, term: Term) -> Iterator[Payment]:
        settled = term.due + timedelta(days=self.draws.randrange(9, 24))
        if self.draws.random() < BOUNCES and settled <= self.today and not self.lease.role:
            yield self._bounce(term, self.owed)
            yield self._pay(settled, self.draws.choice(SETTLE_OTHERWISE), self.owed)
        else:
            yield self._pay(_working_day(term.due), "prelevement", self.owed, str(term.month))

    def _bounce(self, term: Term, cents: int) -> Payment:
        """Take a direct debit that the bank gives back: what was owed is owed again."""
        taken = min(_working_day(term.due), self.today)
        back = min(_working_day(taken + timedelta(days=self.draws.randrange(3, 7))), self.today)
        return Payment(taken, "prelevement", cents, str(term.month), back, pick(self.draws, REASONS))

    def _pay(self, day: date, means: str, cents: int, month: str = "") -> Payment:
        self.owed -= cents
        return Payment(day, means, cents, month)

    def _by(self, term: Term, days_after: int) -> date:
        """Return a day about the due one, never before the notice; what is due by now was paid by now."""
        day = _working_day(max(term.issued, term.due + timedelta(days=days_after)))
        return min(day, self.today) if term.due <= self.today else day

    def _late_benefits(self, terms: list[Term]) -> Iterator[Payment]:
        """The CAF pays in one go the months it was late for, each for its own term."""
        pending = [term for term in terms if term.benefit_pending]
        if pending:
            day = _working_day(pending[-1].due + timedelta(days=self.draws.randrange(12, 30)))
            for term in pending:
                yield Payment(day, "caf", term.benefit_pending, str(term.month))


def _working_day(day: date) -> date:
    """Return the day itself, or the Monday after a week-end."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
