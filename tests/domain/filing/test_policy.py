"""The steps of the guide, and what is said before filing."""

import pytest

from portal.domain.claims.models import NATURES, PLACES
from portal.domain.filing import guidance, policy
from portal.domain.filing.models import ClaimDraft
from tests.filing import ANSWERS


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


WHOLE = ("lease", "place", "nature", "advice", "same", "description", "photos", "visit", "details", "check")


def test_the_questions_come_in_this_order():
    asked = ClaimDraft(place="dwelling", nature="plomberie")
    assert steps(asked, many_leases=True, same=True) == WHOLE
    assert steps(asked) == tuple(step for step in WHOLE if step not in ("lease", "same"))


def test_before_a_nature_is_known_a_visit_is_still_to_be_asked_about():
    assert "visit" in steps(ClaimDraft(place="shared"))


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("lease", {"lease_id": 1}),
        ("place", {"place": "dwelling"}),
        ("nature", {"nature": "plomberie"}),
        ("advice", {"place": "dwelling", "nature": "plomberie", "advice_for": "dwelling:plomberie"}),
        ("same", {"place": "shared", "nature": "ascenseur", "same_for": "shared:ascenseur"}),
        ("description", {"description": "L’eau coule."}),
        ("photos", {"photos_done": 1}),
        ("visit", {"entry": "present"}),
        ("details", {"details_done": 1}),
    ],
)
def test_each_question_has_its_own_answer_and_the_page_to_check_has_none(step, answer):
    assert not policy.is_answered(ClaimDraft(), step)
    assert policy.is_answered(ClaimDraft(**answer), step)
    assert not policy.is_answered(ClaimDraft(**answer), "check")


@pytest.mark.parametrize("read_for", ["advice", "same"])
def test_what_was_read_for_another_place_or_nature_or_before_there_was_one_does_not_count(read_for):
    said = {f"{read_for}_for": "shared:ascenseur"}
    assert not policy.is_answered(ClaimDraft(place="outside", nature="ascenseur", **said), read_for)
    assert not policy.is_answered(ClaimDraft(place="shared", nature="autre", **said), read_for)
    assert not policy.is_answered(ClaimDraft(place="shared", **{f"{read_for}_for": "shared:"}), read_for)


def test_one_goes_back_to_what_was_answered_and_no_further_than_the_next_question():
    draft = ClaimDraft(place="dwelling", nature="plomberie")
    open_now = [step for step in WHOLE if policy.may_open(draft, steps(draft), step)]
    assert open_now == ["place", "nature", "advice"]
    assert not policy.may_open(draft, steps(draft), "same")


def test_six_photos_and_thirty_days_are_what_was_promised():
    assert (policy.MOST_PHOTOS, policy.KEPT.days) == (6, 30)
