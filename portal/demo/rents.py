"""What each month is made of: rents revised by the index, provisions by kind of charge, benefits, and the odd line."""

import random
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from portal.demo.chance import Chance, facts
from portal.demo.households import Lease, Times
from portal.kernel.periods import Month

# euros per square metre and month, about 2.5 in all: USH, Observatoire des charges locatives (charges_reference.csv)
CHARGES = {
    "chauffage": ("Chauffage collectif", 0.80),
    "eau_chaude": ("Eau chaude", 0.31),
    "eau_froide": ("Eau froide", 0.42),
    "ascenseur": ("Ascenseur", 0.16),
    "electricite": ("Électricité des parties communes", 0.09),
    "entretien": ("Entretien des parties communes", 0.30),
    "gardiennage": ("Gardiennage", 0.24),
    "espaces_verts": ("Espaces verts", 0.09),
    "teom": ("Ordures ménagères (TEOM)", 0.20),
}
RENT_A_METRE = {"T1": 7.6, "T2": 6.9, "T3": 6.3, "T4": 6.0, "T5": 5.7}
CHARGES_GROW = 1.02
LABELS = {
    "loyer": "Loyer principal",
    "sls": "Supplément de loyer de solidarité",
    "troisieme_ligne": "Contribution aux économies d’énergie",
    "rls": "Réduction de loyer de solidarité",
    "apl": "APL versée à l’Office (CAF)",
    "rappel_apl": "Rappel d’APL",
    "assurance": "Assurance habitation souscrite pour votre compte",
    "depot_garantie": "Dépôt de garantie",
}


@dataclass(frozen=True)
class Line:
    """One component of a term, in cents."""

    nature: str
    label: str
    cents: int


@dataclass(frozen=True)
class Term:
    """A posted month of a lease. `benefit_pending` is what the CAF will pay later for it."""

    month: Month
    issued: date
    due: date
    lines: tuple[Line, ...]
    benefit_pending: int = 0

    @property
    def total(self) -> int:
        """What is left to the tenant, in cents."""
        return sum(line.cents for line in self.lines)


class Rents:
    """The lines of one lease, month after month."""

    def __init__(self, chance: Chance, lease: Lease, times: Times) -> None:
        self.lease, self.times = lease, times
        self.draws = chance.stream("rent", lease.dwelling.place, lease.start)
        self.base = round(base_rent(lease) * 100)
        self.supplement = round(self.draws.uniform(0.8, 2.4) * lease.dwelling.area * 100)
        self.benefit = self._benefit()
        self.odd = _odd_months(self.draws, lease, times)

    def monthly(self, year: int) -> dict[str, Line]:
        """Return the full-month lines of a year but the benefits, which have their own dates."""
        lease, revision = (self.lease, index_factor(self.times.today.year) / index_factor(year))
        lines = [Line("loyer", LABELS["loyer"], round(self.base / revision))]
        if lease.parking:
            lines.append(Line("annexe", lease.parking, round(4500 / revision)))
        if lease.supplement:
            lines.append(Line("sls", LABELS["sls"], self.supplement))
        if lease.insured:
            lines.append(Line("assurance", LABELS["assurance"], 890))
        if lease.dwelling.building.renovated:
            lines.append(Line("troisieme_ligne", LABELS["troisieme_ligne"], 1200))
        building, growth = (lease.dwelling.building, CHARGES_GROW ** (self.times.today.year - year))
        for kind, (label, rate) in CHARGES.items():
            if (kind in ("chauffage", "eau_chaude") and not building.shared_heating) or (
                kind == "ascenseur" and not building.lift
            ):
                continue
            cents = round(rate * building.charges_factor * lease.dwelling.area * 100 / growth / 5) * 5
            lines.append(Line(f"charges:{kind}", label, cents))
        return {line.nature: line for line in lines}

    def reduction(self, day: date) -> int:
        """Return the RLS of a day, in cents (positive)."""
        return reduction_cents(day, len(self.lease.holders), self.lease.dependants) if self.lease.reduction else 0

    def terms(self) -> list[Term]:
        """Return the posted terms, oldest first."""
        first = max(self.times.first_month, Month.of(self.lease.start))
        last = self.times.last_month(self.lease.in_advance)
        if self.lease.end:
            last = min(last, Month.of(self.lease.end))
        years: dict[int, dict[str, Line]] = {}
        terms = []
        while first <= last:
            lines = years.get(first.year) or years.setdefault(first.year, self.monthly(first.year))
            terms.append(self._term(first, lines))
            first = first.plus(1)
        return terms

    def _term(self, month: Month, full: dict[str, Line]) -> Term:
        lease, entry = self.lease, Month.of(self.lease.start) == month
        lived = _days_lived(lease, month)
        lines = list(full.values())
        if lived < month.days:
            lines = [Line(each.nature, each.label, round(each.cents * lived / month.days)) for each in lines]
        if self.lease.reduction and not entry:  # never in the month of entry, never in part
            lines.append(Line("rls", LABELS["rls"], -self.reduction(month.first_day)))
        pending = self.benefit if month in self.odd.benefit_late else 0
        if self.benefit and not entry and not pending:
            lines.append(Line("apl", LABELS["apl"], -self.benefit))
        lines += [Line(*parts) for parts in self.odd.lines.get(month, ())]
        if entry:
            lines.append(Line("depot_garantie", LABELS["depot_garantie"], full["loyer"].cents))
        issued, due = _dates(lease, month)
        return Term(month, issued, due, tuple(line for line in lines if line.cents), pending)

    def _benefit(self) -> int:
        """A household's APL: so much that something is always left to pay."""
        if not self.lease.benefit:
            return 0
        kept = self.draws.uniform(0.35, 0.72) if self.lease.reduction else self.draws.uniform(0.12, 0.38)
        return round(kept * (self.base - self.reduction(self.times.today)) / 100) * 100


@dataclass(frozen=True)
class _Odd:
    lines: dict[Month, list[tuple[str, str, int]]]
    benefit_late: frozenset[Month]


def base_rent(lease: Lease) -> float:
    """Return today's monthly rent of a dwelling, in euros: 5.5 to 8 a square metre."""
    rate = RENT_A_METRE[lease.dwelling.kind] * lease.dwelling.building.rent_factor
    return round(min(8.0, max(5.5, rate)) * lease.dwelling.area, 2)


@cache
def index_factor(year: int) -> float:
    """Return how much a rent grew by yearly revisions on 1 January since 2020 (IRL of the second quarter before)."""
    growth = {
        int(row["trimestre"][:4]): float(row["variation_annuelle_pct"])
        for row in facts("irl")
        if "T2" in row["trimestre"]
    }
    factor = 1.0
    for each in range(2021, year + 1):
        factor *= 1 + growth.get(each - 1, 0.0) / 100
    return factor


def reduction_cents(day: date, adults: int, dependants: int) -> int:
    """Return the monthly RLS in zone 1 on a day (arrêtés quoted in rls_montants.csv)."""
    row = _reductions()[max(0, bisect_right(_reduction_days(), day) - 1)]
    if dependants:
        return round(100 * (float(row["une_pac"]) + (dependants - 1) * float(row["par_pac_supp"])))
    return round(100 * float(row["couple_sans_pac" if adults > 1 else "isole"]))


@cache
def _reductions() -> tuple[dict[str, str], ...]:
    return tuple(row for row in facts("rls_montants") if row["zone"] == "1")


@cache
def _reduction_days() -> tuple[date, ...]:
    return tuple(date.fromisoformat(row["date_effet"]) for row in _reductions())


def reduction_since(day: date) -> date:
    """Return since when the RLS of a day has had its amount."""
    return _reduction_days()[max(0, bisect_right(_reduction_days(), day) - 1)]


def _days_lived(lease: Lease, month: Month) -> int:
    first = max(month.first_day, lease.start)
    last = min(month.last_day, lease.end) if lease.end else month.last_day
    return (last - first).days + 1


def _dates(lease: Lease, month: Month) -> tuple[date, date]:
    """In arrears: called on the 26th, due on the 10th after. In advance: called on the 25th before, due on the 5th."""
    if lease.in_advance:
        issued, due = (month.plus(-1).first_day.replace(day=25), month.first_day.replace(day=lease.due_day))
        if issued < lease.start:
            return lease.start, max(due, lease.start + timedelta(days=10))
        return issued, due
    return month.first_day.replace(day=26), month.plus(1).first_day.replace(day=lease.due_day)


def _odd_months(draws: random.Random, lease: Lease, times: Times) -> _Odd:
    """The lines that come once: adjustments of charges (June) and of water (October), repairs, remissions, back pay."""
    lines: dict[Month, list[tuple[str, str, int]]] = {}
    late: frozenset[Month] = frozenset()
    month, last = times.first_month, times.last_month(lease.in_advance)
    while month <= last:
        lived_before = lease.start.year < month.year - 1 or (lease.start.year, lease.start.month) == (month.year - 1, 1)
        if month.number == 6 and lived_before:
            label = f"Régularisation des charges {month.year - 1}"
            lines[month] = [("regularisation_charges", label, round(draws.gauss(15, 70) * 100))]
        elif month.number == 10 and lived_before:
            lines[month] = [
                ("regularisation_eau", f"Régularisation d’eau {month.year - 1}", round(draws.gauss(6, 24) * 100))
            ]
        elif draws.random() < 0.004:
            lines[month] = [
                ("reparations", "Remplacement d’une clé de hall (badge perdu)", draws.choice((1500, 2800, 4200)))
            ]
        elif lease.benefit and draws.random() < 0.01:
            lines[month] = [("rappel_apl", LABELS["rappel_apl"], -draws.randrange(12, 60) * 100)]
        elif draws.random() < 0.002:
            lines[month] = [("remise", "Remise exceptionnelle", -draws.choice((1000, 1500, 2000)))]
        month = month.plus(1)
    if lease.benefit and not lease.role and draws.random() < 0.06:
        start = max(times.first_month, Month.of(lease.start)).plus(draws.randrange(1, 5))
        late = frozenset(start.plus(step) for step in range(draws.randrange(2, 4)) if start.plus(4 + step) <= last)
    return _Odd(lines, late)
