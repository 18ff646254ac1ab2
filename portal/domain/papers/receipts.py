"""The quittance: what it says, for a term wholly paid and for no other (law of 6 July 1989, art. 21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from portal.domain.housing.models import Lease
from portal.domain.papers.content import Group, Settlement
from portal.domain.papers.policy import slips_of
from portal.domain.papers.why import CORRECTION, Told, Why, explain
from portal.domain.papers.words import euros_in_words
from portal.domain.rents.allocation import BENEFIT, Term
from portal.domain.rents.models import LedgerEntry, TermLine
from portal.domain.rents.policy import is_conditional, may_have_receipt
from portal.domain.rents.queries import account_of, lines_of_months
from portal.kernel.periods import Month

RENT = ("loyer", "annexe", "sls", "troisieme_ligne")
BENEFIT_NATURE = "apl"
DEDUCTIONS = ("rls", "remise", "rappel_apl", BENEFIT_NATURE)
METHODS = {
    "virement": "virement",
    "prelevement": "prélèvement",
    "cheque": "chèque",
    "especes": "espèces",
    "carte": "carte bancaire",
    "tip": "TIP",
    "caf": "versement de la CAF",
}


@dataclass(frozen=True)
class Receipt:
    """Everything a quittance says, and the page of its term with it."""

    lease: Lease
    term: Term
    state: str
    groups: list[Group]
    settlements: list[Settlement]
    older: list[Term]
    announced: list[tuple[str, int]]
    slips: set[int]
    why: Why

    @property
    def total_cents(self) -> int:
        """What was asked for the term, before the housing benefit."""
        return self.term.asked_cents

    @property
    def month_cents(self) -> int:
        """What the month asks of the tenant, the benefit the CAF announced being deducted: the total of the notice."""
        return self.total_cents + sum(cents for _, cents in self.announced)

    @property
    def is_issued(self) -> bool:
        """Whether the term gives a quittance."""
        return may_have_receipt(self.term)

    @property
    def is_conditional(self) -> bool:
        """Whether it is given « sous réserve d’encaissement »."""
        return is_conditional(self.term)

    @property
    def in_words(self) -> str:
        """The total in words."""
        return euros_in_words(self.total_cents)

    @property
    def older_cents(self) -> int:
        """What is still due on older terms; the quittance recalls it and keeps its force."""
        return sum(term.rest_cents for term in self.older)


def receipt_of(lease: Lease, *, month: Month, on: date) -> Receipt | None:
    """Return what can be said of a lease's term on a day, or None when no such term was asked."""
    account = account_of(lease, on=on)
    term = account.term(month)
    if term is None:
        return None
    before = next((each for each in account.terms if each.month < month), None)
    lines = lines_of_months(lease, months=[month, before.month] if before else [month])
    compared = told(lease, before, lines[before.month]) if before else None
    return Receipt(
        lease=lease,
        term=term,
        state=account.state(term),
        groups=groups_of(lines[month], asked_cents=term.asked_cents, remissions=remissions_of(lease, month, on)),
        settlements=settlements_of(term),
        older=account.older_debt(term),
        announced=[(line.label, line.amount_cents) for line in lines[month] if line.nature == BENEFIT_NATURE],
        slips={payment.id for payment in slips_of(account.replayed)},
        why=explain(told(lease, term, lines[month]), compared),
    )


def told(lease: Lease, term: Term, lines: list[TermLine]) -> Told:
    """Return what a month asked, as « Pourquoi ce montant ? » compares it: its lines, then what was put right later."""
    found = [(line.nature, line.label, line.amount_cents) for line in lines]
    asked = sum(cents for nature, _, cents in found if nature != BENEFIT_NATURE)
    if corrected := term.asked_cents - asked:
        found.append((CORRECTION, "", corrected))
    starts_on, ends_on = lived(lease, term.month)
    return Told(term.month, tuple(found), (ends_on - starts_on).days + 1)


def lived(lease: Lease, month: Month) -> tuple[date, date]:
    """Return the first and last day of a month that the lease covers."""
    return max(month.first_day, lease.starts_on), min(month.last_day, lease.ends_on or month.last_day)


def remissions_of(lease: Lease, month: Month, on: date) -> list[tuple[str, int]]:
    """Return the remissions of a month, to be named on its quittance (CCH, art. L441-3-2); undone ones left out."""
    undone = LedgerEntry.alias()
    rows = (
        LedgerEntry.select(LedgerEntry.label, LedgerEntry.amount_cents)
        .join(undone, JOIN.LEFT_OUTER, on=(undone.reverses_id == LedgerEntry.id) & (undone.value_on <= on))
        .where(LedgerEntry.lease == lease, LedgerEntry.month == month, LedgerEntry.kind == "remission")
        .where(LedgerEntry.value_on <= on, undone.id.is_null())
        .order_by(LedgerEntry.id)
    )
    return list(rows.tuples().iterator())


def groups_of(
    lines: list[TermLine], *, asked_cents: int | None, remissions: Iterable[tuple[str, int]] = ()
) -> list[Group]:
    """Group the lines of a term, rent and charges apart as art. 21 wants; the groups add up to what was asked.

    What was put right on the account after the notice has its own line, so that the sum is always true. With nothing
    asked yet (`None`, on the notice itself), the benefit the CAF announced is one of the deductions.
    """
    chosen: dict[str, list[tuple[str, int]]] = {"rent": [], "charges": [], "other": [], "deductions": []}
    for line in lines:
        if line.nature != BENEFIT_NATURE or asked_cents is None:
            chosen[_group_of(line.nature)].append((line.label, line.amount_cents))
    chosen["deductions"].extend(remissions)
    total = sum(cents for group in chosen.values() for _, cents in group)
    if asked_cents is not None and total != asked_cents:
        chosen["other"].append(("Rectifications portées au compte", asked_cents - total))
    titles = {
        "rent": ("Loyers", "Sous-total loyers"),
        "charges": ("Provisions pour charges", "Sous-total charges"),
        "other": ("Autres sommes", "Sous-total autres sommes"),
        "deductions": ("Déductions", "Sous-total déductions"),
    }
    return [Group(*titles[key], tuple(group)) for key, group in chosen.items() if group]


def _group_of(nature: str) -> str:
    if nature in RENT:
        return "rent"
    if nature in DEDUCTIONS:
        return "deductions"
    return "charges" if nature.startswith("charges:") else "other"


def settlements_of(term: Term) -> list[Settlement]:
    """Return what paid a term, in the order of the days."""
    shares = [(share.posting, share.cents) for share in term.shares]
    found = [Settlement(paid.value_on, means_of(paid.kind, paid.method), cents, paid.id) for paid, cents in shares]
    return sorted(found, key=lambda each: (each.on, each.means, each.cents))


def means_of(kind: str, method: str) -> str:
    """Say how the sum of an entry came in: its means, the CAF, or a credit that waited."""
    if kind == BENEFIT:
        return "APL versée par la CAF"
    return METHODS.get(method, "somme déjà à votre crédit")
