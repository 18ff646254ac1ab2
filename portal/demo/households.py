"""Who lives where, since when, and on what terms: one lease after another in each dwelling."""

import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.demo.cast import CAST, Role
from portal.demo.chance import Chance, pick
from portal.demo.people import Person, someone, spouse_of
from portal.demo.stock import Dwelling
from portal.kernel.periods import Month

WITH_BENEFIT, WITH_REDUCTION, WITH_SUPPLEMENT = 0.28, 0.14, 0.03
IN_ARREARS, IN_ADVANCE, VACANT, LEAVE_IN_A_YEAR = 0.15, 0.10, 0.02, 0.07
TWO_HOLDERS, WITH_PARKING = 0.36, 0.12
HABITS = {
    "direct_debit": 46,
    "transfer": 15,
    "card": 11,
    "slip": 8,
    "cheque": 7,
    "cash": 5,
    "rounds_up": 4,
    "two_halves": 4,
}
ARREARS = {"last_term": 40, "pays_a_part": 35, "stopped": 15, "bounced": 10}
Progress = Callable[[int, int], None]  # how much is done, of how much


@dataclass
class Lease:
    """A lease and what decides its account: household, benefits, way of paying."""

    dwelling: Dwelling
    start: date
    end: date | None
    holders: list[Person]
    in_advance: bool = False
    dependants: int = 0
    benefit: bool = False
    reduction: bool = False
    supplement: bool = False
    parking: str = ""
    insured: bool = False
    habit: str = "direct_debit"
    arrears: str = ""
    role: str = ""
    number: str = ""
    place: int = field(default=0, repr=False)

    @property
    def due_day(self) -> int:
        """The day of the month rents are due."""
        return 5 if self.in_advance else 10


@dataclass(frozen=True)
class Times:
    """The days the office is seen from: today, and the first month its books hold."""

    today: date
    months: int

    @property
    def first_month(self) -> Month:
        """The oldest month whose terms are in the books."""
        return self.last_month(in_advance=False).plus(1 - self.months)

    def last_month(self, in_advance: bool) -> Month:
        """The newest month already called: on the 26th for the month lived, on the 25th for the month to come."""
        if in_advance:
            return Month.of(self.today).plus(1 if self.today.day >= 25 else 0)
        return Month.of(self.today).plus(0 if self.today.day >= 26 else -1)


def leases(chance: Chance, stock: list[Dwelling], times: Times, progress: Progress = lambda *_: None) -> list[Lease]:
    """Return every lease the books know, in the order of the dwellings, numbered by age, their tenants too."""
    shares = _shares(chance, len(stock))
    signed: list[Lease] = []
    for done, dwelling in enumerate(stock, start=1):
        share = {name: ranks[dwelling.place] for name, ranks in shares.items()}
        signed += _history(chance, dwelling, times, share)
        progress(done, len(stock))
    _let_some_move_within(signed)
    number(signed)
    return signed


def _shares(chance: Chance, count: int) -> dict[str, list[float]]:
    """One even deal a trait, the cast left out of the unlucky ones by `_history`."""
    return {name: chance.ranks(name, count) for name in ("benefit", "arrears", "advance", "vacant", "leaves")}


def _history(chance: Chance, dwelling: Dwelling, times: Times, share: dict[str, float]) -> Iterator[Lease]:
    draws = chance.stream("lease", dwelling.place)
    if role := CAST.get(dwelling.place):
        yield _played(draws, dwelling, times, role)
        return
    opening = times.first_month.first_day
    span = (times.today - opening).days
    long_ago = opening - timedelta(days=draws.randrange(120, 9000))
    if share["leaves"] > (1 - LEAVE_IN_A_YEAR) ** (times.months / 12):
        left = opening + timedelta(days=draws.randrange(max(1, span - 10)))
        yield _drawn(draws, dwelling, long_ago, left, share, former=True)
        entry = left + timedelta(days=draws.randrange(20, 90))
        if entry < times.today - timedelta(days=5):
            yield _drawn(draws, dwelling, entry, None, share)
    elif share["vacant"] >= VACANT:
        yield _drawn(draws, dwelling, long_ago, None, share)


def _drawn(
    draws: random.Random,
    dwelling: Dwelling,
    start: date,
    end: date | None,
    share: dict[str, float],
    former: bool = False,
) -> Lease:
    holders = [someone(draws)]
    if draws.random() < TWO_HOLDERS and dwelling.kind != "T1":
        holders.append(spouse_of(draws, holders[0]))
    in_arrears = draws.random() < IN_ARREARS if former else share["arrears"] < IN_ARREARS
    return Lease(
        dwelling=dwelling,
        start=start,
        end=end,
        holders=holders,
        in_advance=share["advance"] < IN_ADVANCE,
        dependants=_dependants(draws, dwelling),
        benefit=share["benefit"] < WITH_BENEFIT,
        reduction=share["benefit"] < WITH_REDUCTION,
        supplement=share["benefit"] >= 1 - WITH_SUPPLEMENT,
        parking=f"Parking n° {draws.randrange(1, 190)}" if draws.random() < WITH_PARKING else "",
        insured=draws.random() < 0.04,
        habit=pick(draws, HABITS),
        arrears=pick(draws, ARREARS) if in_arrears else "",
    )


def _played(draws: random.Random, dwelling: Dwelling, times: Times, role: Role) -> Lease:
    holders = [someone(draws, person.title, (person.family_name, "france")) for person in role.people]
    for holder, person in zip(holders, role.people, strict=True):
        holder.first_name, holder.used_name = person.first_name, person.used_name
        holder.email, holder.phone = person.email, person.phone
    start = date(times.first_month.year - role.years_before, role.entered[0], role.entered[1])
    traits = {name: getattr(role, name) for name in ("in_advance", "dependants", "benefit", "reduction", "parking")}
    return Lease(dwelling, start, None, holders, habit=role.habit, arrears=role.arrears, role=role.name, **traits)


def _dependants(draws: random.Random, dwelling: Dwelling) -> int:
    rooms = int(dwelling.kind[1])
    return 0 if rooms < 2 else draws.randrange(max(1, rooms - 2), rooms + 1) - (draws.random() < 0.4)


def _let_some_move_within(signed: list[Lease]) -> None:
    """Some who left a dwelling are those who entered another soon after: one tenant, two leases."""
    leavers = [(lease, lease.end) for lease in signed if lease.end and not lease.arrears][::4]
    entered = sorted((lease for lease in signed if not lease.end and not lease.role), key=lambda lease: lease.start)
    for leaver, left in leavers:
        nearest = bisect_left(entered, left, key=lambda lease: lease.start)
        if nearest < len(entered) and entered[nearest].start - left <= timedelta(days=45):
            lease = entered.pop(nearest)
            if lease.dwelling is not leaver.dwelling:
                lease.holders = leaver.holders


def number(signed: Iterable[Lease]) -> None:
    """Deal lease and tenant numbers, the oldest lease first; four digits at least, more when they do not fit."""
    by_age = sorted(signed, key=lambda lease: (lease.start, lease.dwelling.place))
    tenants = list({id(holder): holder for lease in by_age for holder in lease.holders}.values())
    digits = max(4, len(str(len(tenants) + 100)))
    for rank, holder in enumerate(tenants, start=101):
        holder.number = f"{rank:0{digits}d}"
    for rank, lease in enumerate(by_age, start=1):
        lease.number, lease.place = f"{lease.start.year}-{rank:05d}", rank
