"""A household of its own in a building of the cast, and the verbs of the Office with which the stories are told."""

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
                lease=self.lease,
                reference=f"{self.lease.number}-{len(self.entries)}",
                amount_cents=cents,
                method=method,
                value_on=day,
                at=at(day),
                staff=self.accountant,
                months=months,
            )
        )

    def benefit(self, day: date, cents: int, month: Month) -> LedgerEntry:
        """The CAF pays for a month."""
        return self.pay(day, cents, "caf", month)

    def bounce(self, payment: LedgerEntry, day: date) -> LedgerEntry:
        """The bank takes a payment back."""
        return self._kept(
            actions.reject_payment(
                payment=payment,
                reference=f"{self.lease.number}-{payment.id}",
                reason="provision insuffisante",
                value_on=day,
                at=at(day),
                staff=self.accountant,
            )
        )

    def adjust(self, day: date, kind: str, cents: int, words: str, due_on: date | None = None) -> LedgerEntry:
        """A sum outside the terms."""
        return self._kept(
            corrections.adjust(
                lease=self.lease,
                kind=kind,
                reference=f"{self.lease.number}-{len(self.entries)}",
                amount_cents=cents,
                words=words,
                due_on=due_on,
                value_on=day,
                at=at(day),
                staff=self.accountant,
            )
        )

    def remit(self, day: date, month: Month, cents: int, words: str) -> LedgerEntry:
        """The Office asks less of a month."""
        return self._kept(
            corrections.grant_remission(
                lease=self.lease,
                month=month,
                reference=f"{self.lease.number}-{len(self.entries)}",
                amount_cents=cents,
                words=words,
                at=at(day),
                staff=self.accountant,
            )
        )

    def refund(self, day: date, cents: int) -> LedgerEntry:
        """Money goes back to the tenant."""
        return self._kept(
            corrections.refund(
                lease=self.lease,
                reference=f"{self.lease.number}-{len(self.entries)}",
                amount_cents=cents,
                method="virement",
                value_on=day,
                at=at(day),
                staff=self.accountant,
            )
        )

    def return_deposit(self, day: date, cents: int) -> LedgerEntry:
        """The deposit comes back to the account."""
        return self._kept(
            corrections.return_deposit(
                lease=self.lease,
                reference=f"{self.lease.number}-{len(self.entries)}",
                amount_cents=cents,
                value_on=day,
                at=at(day),
                staff=self.accountant,
            )
        )

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
        reference=f"{rank:012d}",
        building=Building.get(Building.code == "PEU-A"),
        stair="2",
        floor="4",
        kind="T3",
        door=f"{rank:04d}",
        area_centi_m2=6500,
        maximum_rent_cents=41280,
    )
    lease = Lease.create(
        number=f"2020-{rank:05d}",
        dwelling=dwelling,
        starts_on=starts_on,
        ends_on=ends_on,
        term_mode=term_mode,
        due_day=due_day,
    )
    story = Story(people.accountant, lease, [])
    for place, (title, first, family) in enumerate(names or (("Mme", "Fatou", "Diallo"),)):
        holder = Tenant.create(number=f"{rank}{place:02d}", title=title, first_name=first, family_name=family)
        LeaseHolder.create(lease=lease, tenant=holder, rank=place)
        Access.create(
            login=f"story{rank}{place}",
            password_hash=NO_PASSWORD,
            opened_at=OPENED,
            password_set_at=OPENED,
            tenant=holder,
        )
        story.holders.append(holder)
    for line in lines:
        story.line(*line)
    return story
