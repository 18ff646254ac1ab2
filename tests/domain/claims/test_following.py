"""The same problem in the shared parts is followed, not filed again; nobody sees who filed it nor who follows."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions, following, handling
from portal.domain.claims.models import ClaimFollower
from portal.domain.claims.recording import Act
from portal.domain.housing.queries import leases_of
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
DELAYS = ClaimDelays()


def file(tenant, key, place="shared", nature="ascenseur"):
    return actions.file_claim(
        tenant=tenant,
        lease=leases_of(tenant=tenant)[0],
        place=place,
        nature=nature,
        description="Bloqué entre deux étages.",
        once_key=key * 32,
        at=NOW,
        delays=DELAYS,
    )


def same(tenant, place="shared", nature="ascenseur"):
    return following.same_shared_claims(lease=leases_of(tenant=tenant)[0], place=place, nature=nature)


@pytest.fixture
def claim(people):
    """A claim Bruno filed about the hall."""
    return file(people.bruno, "b")


def test_a_neighbour_of_the_building_is_offered_the_open_claim_of_the_same_nature(claim, people):
    assert same(people.aminata) == [claim]
    assert same(people.aminata, nature="espaces_verts") == []
    assert same(people.aminata, place="dwelling") == []
    assert same(people.charlie) == []


def test_what_is_over_is_not_offered(claim, people):
    handling.close(claim=claim, staff=people.loge, act=Act(at=NOW, delays=DELAYS, words="Réparé."))
    assert same(people.aminata) == []
    with pytest.raises(following.NothingToFollowError):
        following.follow(claim=claim, tenant=people.aminata, at=NOW)


def test_only_the_shared_parts_of_ones_own_residence_can_be_followed(claim, people):
    home = file(people.bruno, "c", "dwelling", "plomberie")

    def who(number):
        everybody = (people.aminata, people.charlie, people.bruno)
        return [one for one in everybody if following.claim_to_follow(tenant=one, number=number, on=NOW.date())]

    assert who(claim.number) == [people.aminata]
    assert who(home.number) == []


def test_followed_twice_it_is_followed_once_and_one_may_stop(claim, people):
    for _again in range(2):
        following.follow(claim=claim, tenant=people.aminata, at=NOW)
    assert following.followed_by(tenant=people.aminata) == [claim]
    following.unfollow(claim=claim, tenant=people.aminata, at=NOW)
    assert following.followed_by(tenant=people.aminata) == []
    following.follow(claim=claim, tenant=people.aminata, at=NOW)
    assert ClaimFollower.select().count() == 1


def test_a_follower_reads_the_offices_news_and_nothing_of_the_neighbour(claim, people):
    later = NOW + timedelta(hours=1)
    said = {"claim": claim, "staff": people.loge}
    handling.answer(act=Act(at=NOW, delays=DELAYS, words="Bonjour Monsieur Le Goff."), **said)
    following.follow(claim=claim, tenant=people.aminata, at=later)
    handling.answer(act=Act(at=later, delays=DELAYS, words="Le réparateur arrive."), **said)
    handling.note(words="Interne.", act=Act(at=later, delays=DELAYS), **said)
    words = {"words": "Je suis au 3e.", "once_key": "w" * 32, "at": later, "delays": DELAYS}
    actions.add_words(claim=claim, tenant=people.bruno, **words)
    news = following.news_of(claim=claim, since=later)
    assert [fact.public_words for fact in news] == ["", "", "Le réparateur arrive."]
    assert not any("Le Goff" in fact.told for fact in news)
