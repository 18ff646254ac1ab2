"""A lodge that is closed, and which one answers for it meanwhile."""

from datetime import date, timedelta

import pytest

from portal.domain.housing import actions, queries
from portal.domain.housing.models import Lodge

pytestmark = pytest.mark.usefixtures("database")
FIRST, LAST, DAY = date(2026, 12, 1), date(2026, 12, 10), timedelta(days=1)


@pytest.fixture
def lodges(people) -> tuple[Lodge, Lodge]:
    """The lodge of Les Peupliers and that of Les Tilleuls."""
    return people.loge.lodge, people.other_loge.lodge


def close(lodge: Lodge, stand_in: Lodge | None, until: date | None = LAST) -> Lodge:
    actions.close_lodge(lodge=lodge, closed_from=FIRST, closed_until=until, stand_in=stand_in)
    return Lodge.get_by_id(lodge.id)


def answered(lodge: Lodge, on: date) -> set[Lodge]:
    return set(Lodge.select().where(queries.answered_by(lodge.id, on=on)))


@pytest.mark.parametrize(("on", "closed"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_a_lodge_is_closed_from_its_first_day_to_its_last_and_its_stand_in_answers(lodges, on, closed):
    lodge, other = lodges
    kept = close(lodge, other)
    assert queries.is_closed(kept, on=on) is closed
    assert queries.answering(kept, on=on) == (other if closed else lodge)
    assert answered(other, on) == ({lodge, other} if closed else {other})
    assert answered(lodge, on) == {lodge}, "its own tenants are always its own"


def test_closed_until_further_notice_it_is_closed_for_ever(lodges):
    lodge, other = lodges
    kept = close(lodge, other, until=None)
    assert [queries.is_closed(kept, on=on) for on in (FIRST - DAY, FIRST, LAST + 999 * DAY)] == [False, True, True]
    assert answered(other, LAST + 999 * DAY) == {lodge, other}


def test_closed_without_a_stand_in_it_answers_for_itself(lodges):
    kept = close(lodges[0], None)
    assert queries.answering(kept, on=FIRST) == lodges[0]


def test_open_again_nobody_stands_in(lodges):
    lodge, other = lodges
    close(lodge, other)
    actions.open_lodge(lodge=lodge)
    kept = Lodge.get_by_id(lodge.id)
    assert (kept.closed_from, kept.closed_until, kept.stand_in) == (None, None, None)
    assert not queries.is_closed(kept, on=FIRST)
    assert answered(other, FIRST) == {other}


def test_a_lodge_closes_for_a_day_at_least_and_never_stands_in_for_itself(lodges):
    lodge, other = lodges
    with pytest.raises(actions.StandInError, match="avant le premier"):
        close(lodge, other, until=FIRST - DAY)
    with pytest.raises(actions.StandInError, match="elle-même"):
        close(lodge, lodge)
    assert Lodge.get_by_id(lodge.id).closed_from is None
    assert close(lodge, other, until=FIRST).closed_until == FIRST


def test_what_happens_to_one_lodge_happens_to_no_other(lodges):
    lodge, other = lodges
    close(lodge, other), close(other, lodge)
    actions.open_lodge(lodge=lodge)
    assert Lodge.get_by_id(other.id).stand_in == lodge
