"""Every code of the tables has its words."""

from portal.domain.claims import models, natures


def test_each_nature_place_and_state_is_said_in_french():
    assert tuple(natures.NATURES) == models.NATURES
    assert tuple(natures.PLACES) == models.PLACES
    assert set(natures.STATES) == set(models.STATES)
