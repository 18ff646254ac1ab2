"""What comes in and what the bank takes back."""

from datetime import date

from tests.people import People
from tests.stories.household import AUGUST, JUNE, MAY, OCTOBER, SEPTEMBER, WORKED_EXAMPLE, Story, household


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
