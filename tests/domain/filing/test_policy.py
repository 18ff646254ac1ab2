"""The steps of the guide, and what is said before filing."""

import pytest

from portal.domain.claims.models import NATURES, PLACES
from portal.domain.filing import guidance, policy
from portal.domain.filing.models import ClaimDraft
from tests.domain.filing.conftest import ANSWERS


def steps(draft: ClaimDraft, **known: bool) -> tuple[str, ...]:
    return policy.steps_of(draft, **{"many_leases": False, "same": False} | known)


def test_every_nature_has_its_advice_at_every_place_where_it_is_met():
    assert set(guidance.GUIDANCE) == set(NATURES)
    for place in PLACES:
        assert "autre" in guidance.natures_at(place)
        for nature in guidance.natures_at(place):
            assert len(guidance.advice(place, nature)) in (2, 3)


def test_the_shared_parts_are_the_offices_to_repair():
    assert "À vous" in guidance.advice("dwelling", "plomberie")[0]
    assert "Vous n’avez rien à réparer" in guidance.advice("shared", "plomberie")[0]


@pytest.mark.parametrize(
    ("place", "nature", "asked"),
    [("dwelling", "plomberie", True), ("dwelling", "administratif", False), ("shared", "plomberie", False)],
)
def test_a_visit_is_asked_about_only_where_somebody_may_come_in(place, nature, asked):
    assert ("visit" in steps(ClaimDraft(place=place, nature=nature))) == asked


def test_the_dwelling_is_asked_only_of_who_has_several():
    assert "lease" not in steps(ClaimDraft())
    assert steps(ClaimDraft(), many_leases=True)[0] == "lease"


def test_the_next_step_is_the_first_without_an_answer():
    draft = ClaimDraft(lease_id=1)
    for field, value in ANSWERS.items():
        before = policy.next_step(draft, steps(draft))
        assert policy.may_open(draft, steps(draft), before)
        assert not policy.may_open(draft, steps(draft), "check")
        setattr(draft, field, value)
    assert policy.next_step(draft, steps(draft)) == "check"


def test_another_nature_brings_its_own_advice_again():
    draft = ClaimDraft(lease_id=1, **ANSWERS)
    draft.nature = "electricite"
    assert policy.next_step(draft, steps(draft)) == "advice"
