"""Histories of accounts, told with the verbs of the Office, so that the ledger, the pages and the papers read the same.

Each story is a household of its own, in a building of the cast. They are lived before NOW (23 November 2026).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.people.models import Access, Staff, Tenant
from portal.domain.rents import actions, corrections, plans
from portal.domain.rents.account import Account
from portal.domain.rents.allocation import Instalment
from portal.domain.rents.models import LedgerEntry, RentLine
from portal.domain.rents.posting import post_month
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from tests.people import NO_PASSWORD, OPENED, People

MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (Month(2026, number) for number in range(5, 11))
WORKED_EXAMPLE = (
    ("loyer", "Loyer principal", 40755),
    ("annexe", "Parking P-118", 4500),
    ("charges:chauffage", "Chauffage collectif", 4520),
    ("charges:eau_chaude", "Eau chaude", 1810),
    ("charges:eau_froide", "Eau froide", 2840),
    ("charges:entretien", "Entretien, gardiennage", 3390),
    ("charges:ascenseur", "Ascenseur", 980),
    ("charges:espaces_verts", "Espaces verts", 620),
    ("charges:teom", "Ordures ménagères (TEOM)", 1300),
    ("charges:electricite", "Électricité des parties communes", 595),
    ("rls", "Réduction de loyer de solidarité", -4909),
    ("apl", "APL versée à l’Office (CAF)", -19800),
)
PLAIN = (("loyer", "Loyer principal", 40000), ("charges:chauffage", "Chauffage collectif", 10000))


def at(day: date) -> datetime:
    """Nine o'clock (UTC) on a day."""
    return datetime.combine(day, time(9), UTC)


@dataclass
class Story:
    """One household, its lease, and what happens to its account."""

    accountant: Staff
    lease: Lease
    holders: list[Tenant]
    entries: list[LedgerEntry] = field(default_factory=list)

    @property
    def tenant(self) -> Tenant:
        """The first named on the lease."""
        return self.holders[0]

    def line(self, nature: str, label: str, cents: int, *, since: date | None = None, until: date | None = None):
        """Add a rent line to the lease, in force from its first day unless said otherwise."""
        starts_on = since or self.lease.starts_on
        RentLine.create(
            lease=self.lease, nature=nature, label=label, starts_on=starts_on, ends_on=until, amount_cents=cents
        )

    def post(self, *months: Month) -> None:
        """Post months, each on its 26th."""
        for month in months:
            post_month(month=month, at=at(month.first_day.replace(day=26)))

    def pay(self, day: date, cents: int, method: str = "virement", *months: Month) -> LedgerEntry:
        """A payment comes in."""
        return self._kept(
            actions.record_payment(
                lease=self.lease, reference=f"{self.lease.number}-{len(self.entries)}", amount_cents=cents,
                method=method, value_on=day, at=at(day), staff=self.accountant, months=months,
            )
        )  # fmt: skip

    def benefit(self, day: date, cents: int, month: Month) -> LedgerEntry:
        """The CAF pays for a month."""
        return self.pay(day, cents, "caf", month)

    def bounce(self, payment: LedgerEntry, day: date) -> LedgerEntry:
        """The bank takes a payment back."""
        return self._kept(
            actions.reject_payment(
                payment=payment, reference=f"{self.lease.number}-{payment.id}", reason="provision insuffisante",
                value_on=day, at=at(day), staff=self.accountant,
            )
        )  # fmt: skip

    def adjust(self, day: date, kind: str, cents: int, words: str, due_on: date | None = None) -> LedgerEntry:
        """A sum outside the terms."""
        return self._kept(
            corrections.adjust(
                lease=self.lease, kind=kind, reference=f"{self.lease.number}-{len(self.entries)}", amount_cents=cents,
                words=words, due_on=due_on, value_on=day, at=at(day), staff=self.accountant,
            )
        )  # fmt: skip

    def remit(self, day: date, month: Month, cents: int, words: str) -> LedgerEntry:
        """The Office asks less of a month."""
        return self._kept(
            corrections.grant_remission(
                lease=self.lease, month=month, reference=f"{self.lease.number}-{len(self.entries)}",
                amount_cents=cents, words=words, at=at(day), staff=self.accountant,
            )
        )  # fmt: skip

    def refund(self, day: date, cents: int) -> LedgerEntry:
        """Money goes back to the tenant."""
        return self._kept(
            corrections.refund(
                lease=self.lease, reference=f"{self.lease.number}-{len(self.entries)}", amount_cents=cents,
                method="virement", value_on=day, at=at(day), staff=self.accountant,
            )
        )  # fmt: skip

    def return_deposit(self, day: date, cents: int) -> LedgerEntry:
        """The deposit comes back to the account."""
        return self._kept(
            corrections.return_deposit(
                lease=self.lease, reference=f"{self.lease.number}-{len(self.entries)}", amount_cents=cents,
                value_on=day, at=at(day), staff=self.accountant,
            )
        )  # fmt: skip

    def agree(self, day: date, *instalments: tuple[date, int]) -> None:
        """A repayment plan is agreed."""
        parts = [Instalment(*each) for each in instalments]
        key = f"plan-{self.lease.number}-{day}"
        plans.agree_plan(lease=self.lease, instalments=parts, once_key=key, at=at(day), staff=self.accountant)

    def account(self, on: date) -> Account:
        """The account as it stands on a day."""
        return account_of(self.lease, on=on)

    def rests(self, on: date) -> dict[str, int]:
        """What is left to pay of each month on a day, in cents."""
        return {str(term.month): term.rest_cents for term in self.account(on).replayed.terms}

    def _kept(self, entry: LedgerEntry) -> LedgerEntry:
        self.entries.append(entry)
        return entry


def household(
    people: People,
    *names: tuple[str, str, str],
    lines: tuple = PLAIN,
    starts_on: date = date(2020, 3, 1),
    ends_on: date | None = None,
    term_mode: str = "in_arrears",
    due_day: int = 10,
) -> Story:
    """Let a household in, with an access for the first named: names are (title, first name, family name)."""
    rank = Lease.select().count() + 1
    dwelling = Dwelling.create(
        reference=f"{rank:012d}", building=Building.get(Building.code == "PEU-A"), stair="2", floor="4", kind="T3",
        door=f"{rank:04d}", area_centi_m2=6500, maximum_rent_cents=41280,
    )  # fmt: skip
    lease = Lease.create(
        number=f"2020-{rank:05d}", dwelling=dwelling, starts_on=starts_on, ends_on=ends_on, term_mode=term_mode,
        due_day=due_day,
    )  # fmt: skip
    story = Story(people.accountant, lease, [])
    for place, (title, first, family) in enumerate(names or (("Mme", "Fatou", "Diallo"),)):
        holder = Tenant.create(number=f"{rank}{place:02d}", title=title, first_name=first, family_name=family)
        LeaseHolder.create(lease=lease, tenant=holder, rank=place)
        Access.create(
            login=f"story{rank}{place}", password_hash=NO_PASSWORD, opened_at=OPENED, password_set_at=OPENED,
            tenant=holder,
        )  # fmt: skip
        story.holders.append(holder)
    for line in lines:
        story.line(*line)
    return story


def worked_example(people: People) -> Story:
    """20,00 € are left of May; June asks 366,01 €; 386,01 € are to be paid in all."""
    story = household(people, ("Mme", "Aminata", "Keïta-Sow"), lines=WORKED_EXAMPLE)
    story.post(MAY, JUNE)
    story.pay(date(2026, 6, 10), 36601 - 2000, "cheque")
    return story


def paid_in_part(people: People) -> Story:
    """Half of October comes in: a reçu, no quittance."""
    story = household(people)
    story.post(OCTOBER)
    story.pay(date(2026, 11, 9), 25000, "especes")
    return story


def bounced_after_the_receipt(people: People) -> Story:
    """October was paid by direct debit, its quittance was out, then the bank took it back."""
    story = household(people)
    story.post(SEPTEMBER, OCTOBER)
    story.pay(date(2026, 10, 10), 50000, "prelevement")
    paid = story.pay(date(2026, 11, 10), 50000, "prelevement")
    story.bounce(paid, date(2026, 11, 16))
    return story


def late_benefit(people: People) -> Story:
    """The CAF has not paid September yet: the tenant pays the rest; the benefit comes in November for September."""
    story = household(people)
    story.post(AUGUST, SEPTEMBER, OCTOBER)
    story.pay(date(2026, 10, 8), 30000, "virement", SEPTEMBER)
    story.benefit(date(2026, 11, 5), 20000, SEPTEMBER)
    return story


def paid_too_much(people: People) -> Story:
    """600 € for a September of 500 €: 100 € wait, and pay part of October."""
    story = household(people)
    story.post(SEPTEMBER)
    story.pay(date(2026, 10, 5), 60000)
    story.post(OCTOBER)
    return story


def two_leases(people: People) -> tuple[Story, Story]:
    """A dwelling in arrears and a parking space paid in advance, for one tenant: two accounts, never mixed."""
    home = household(people, ("M.", "Ivan", "Petrović"))
    parking = household(people, lines=(("annexe", "Parking P-7", 4500),), term_mode="in_advance", due_day=5)
    LeaseHolder.update(tenant=home.tenant).where(LeaseHolder.lease == parking.lease).execute()
    parking.holders = home.holders
    home.post(SEPTEMBER, OCTOBER)
    parking.pay(date(2026, 10, 30), 9000)
    return home, parking


def entered_during_the_month(people: People) -> Story:
    """In on 11 September: 20 days of 30, the deposit, and no RLS before October."""
    story = household(people, starts_on=date(2026, 9, 11))
    story.line("rls", "Réduction de loyer de solidarité", -4909)
    story.line("depot_garantie", "Dépôt de garantie", 40000)
    story.post(SEPTEMBER, OCTOBER)
    return story


def left_during_the_month(people: People) -> Story:
    """Out on 10 October: 10 days of 31."""
    story = household(people, ends_on=date(2026, 10, 10))
    story.post(SEPTEMBER, OCTOBER)
    return story


def adjusted_in_favour(people: People) -> Story:
    """The charges of 2025 were 80 € less: they pay part of October."""
    story = household(people)
    story.post(OCTOBER)
    story.adjust(date(2026, 11, 2), "charge_adjustment", -8000, "année 2025")
    return story


def with_a_plan(people: People) -> Story:
    """June to August were never paid: 1 500 € in six instalments on the 15th; one is paid, with September's rent."""
    story = household(people)
    story.post(JUNE, JULY, AUGUST, SEPTEMBER)
    days = [Month(2026, 10).plus(step).first_day.replace(day=15) for step in range(6)]
    story.agree(date(2026, 10, 1), *((day, 25000) for day in days))
    story.pay(date(2026, 10, 9), 50000)
    story.pay(date(2026, 10, 15), 25000, "especes")
    story.post(OCTOBER)
    return story


def co_tenants(people: People) -> Story:
    """Two on the lease, one account: each pays a half of October."""
    story = household(people, ("M.", "Ousmane", "N’Diaye"), ("Mme", "Anne-Sophie", "Le Goff"))
    story.post(OCTOBER)
    story.pay(date(2026, 11, 4), 25000, "virement")
    story.pay(date(2026, 11, 6), 25000, "cheque")
    return story


def moved_out(people: People) -> Story:
    """Gone on 30 September, all paid but 120 € of repairs; the deposit pays them and the rest is given back."""
    story = household(people, ends_on=date(2026, 9, 30))
    story.post(SEPTEMBER)
    story.pay(date(2026, 10, 9), 50000)
    story.adjust(date(2026, 10, 12), "tenant_repairs", 12000, "porte du séjour", date(2026, 10, 31))
    story.return_deposit(date(2026, 10, 20), 40000)
    story.refund(date(2026, 10, 21), 28000)
    return story
