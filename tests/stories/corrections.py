"""Sums outside the terms."""

from datetime import date

from tests.people import People
from tests.stories.household import OCTOBER, Story, household


def adjusted_in_favour(people: People) -> Story:
    """The charges of 2025 were 80 € less: they pay part of October."""
    story = household(people)
    story.post(OCTOBER)
    story.adjust(date(2026, 11, 2), "charge_adjustment", -8000, "année 2025")
    return story
