"""Who is on which lease, from when to when."""

from datetime import date

from portal.domain.housing.holders import LeaseHolder
from tests.people import People
from tests.stories.household import OCTOBER, SEPTEMBER, Story, household


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
