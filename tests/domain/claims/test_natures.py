"""Every code of the tables has its words."""

import pytest

from portal.domain.claims import models, natures


def test_each_nature_place_and_state_is_said_in_french():
    assert tuple(natures.NATURES) == models.NATURES
    assert tuple(natures.PLACES) == models.PLACES
    assert set(natures.STATES) == set(models.STATES)


@pytest.mark.parametrize("read_by_others", [natures.STATES_AT_THE_OFFICE, natures.STATES_FOR_FOLLOWERS])
def test_only_the_tenant_reads_you_in_a_state(read_by_others):
    assert set(read_by_others) == set(natures.STATES)
    said = [f"{state.word} {state.sentence}" for state in read_by_others.values()]
    assert [words for words in said if "votre" in words.lower() or "vous" in words.lower()] == []
