"""Open sessions: they end where the Office says, at once, whatever the browser holds."""

from datetime import timedelta

import pytest

from portal.domain.people import sessions
from portal.domain.people.models import Access, SignIn
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
TWELVE, SECOND = timedelta(hours=12), timedelta(seconds=1)


@pytest.fixture
def access(people) -> Access:
    return Access.get(Access.tenant == people.aminata)


def test_a_session_lasts_its_hours_to_the_second(access):
    token = sessions.begin(access=access, at=NOW, hours=12)
    assert sessions.access_of(token=token, at=NOW + TWELVE - SECOND) == access
    assert sessions.access_of(token=token, at=NOW + TWELVE) is None


def test_the_token_is_long_never_the_same_and_not_kept(access):
    tokens = {sessions.begin(access=access, at=NOW, hours=12) for _ in range(2)}
    assert (len(tokens), min(map(len, tokens))) == (2, 43)
    assert not tokens & {sign_in.token_hash for sign_in in SignIn.select()}


def test_a_token_nobody_was_given_opens_nothing(access):
    token = sessions.begin(access=access, at=NOW, hours=12)
    assert sessions.access_of(token=sessions.token_hash(token), at=NOW) is None
    assert sessions.access_of(token="", at=NOW) is None


def test_a_closed_access_has_no_session(access):
    token = sessions.begin(access=access, at=NOW, hours=12)
    Access.update(closed_at=NOW).where(Access.id == access.id).execute()
    assert sessions.access_of(token=token, at=NOW) is None


def test_signing_out_ends_one_session_and_no_other(access):
    here, there = (sessions.begin(access=access, at=NOW, hours=12) for _ in range(2))
    sessions.end(token=here)
    assert [bool(sessions.access_of(token=token, at=NOW)) for token in (here, there)] == [False, True]


def test_ending_all_keeps_the_one_that_is_named_and_those_of_others(access, people):
    here, there = (sessions.begin(access=access, at=NOW, hours=12) for _ in range(2))
    others = sessions.begin(access=Access.get(Access.tenant == people.bruno), at=NOW, hours=12)
    sessions.end_all(access=access, but=here)
    assert [bool(sessions.access_of(token=token, at=NOW)) for token in (here, there, others)] == [True, False, True]
    sessions.end_all(access=access)
    assert [sign_in.access.tenant for sign_in in SignIn.select()] == [people.bruno]


def test_sessions_that_are_over_are_forgotten_when_another_begins(access):
    sessions.begin(access=access, at=NOW - TWELVE, hours=12)
    sessions.begin(access=access, at=NOW - TWELVE - SECOND, hours=12)
    sessions.begin(access=access, at=NOW, hours=12)
    assert SignIn.select().where(SignIn.expires_at < NOW).count() == 0
    assert SignIn.select().count() == 2
