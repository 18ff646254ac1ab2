"""Old debts that are spread."""

from datetime import date

from portal.kernel.periods import Month
from tests.people import People
from tests.stories.household import AUGUST, JULY, JUNE, OCTOBER, SEPTEMBER, Story, household


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
