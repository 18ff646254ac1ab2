"""Two réclamations that say the same become one: never with itself, never of two homes."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions, following, handling, moves
from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.claims.recording import Act
from portal.domain.housing.models import Building
from portal.domain.housing.queries import leases_of
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
DELAYS = ClaimDelays()


@pytest.fixture
def file_one(people):
    """File a claim of somebody's, about the lift unless said otherwise."""

    def file(tenant, key: str, place: str = "shared") -> Claim:
        said = {"place": place, "nature": "ascenseur", "description": "En panne."}
        lease = leases_of(tenant=tenant)[0]
        return actions.file_claim(tenant=tenant, lease=lease, once_key=key * 32, at=NOW, delays=DELAYS, **said)

    return file


def merge(claim: Claim, into: Claim, staff) -> ClaimEvent:
    act = Act(at=NOW + timedelta(hours=1), delays=DELAYS)
    return handling.merge(claim=claim, staff=staff, into=into, act=act)


def state(claim: Claim) -> str:
    return Claim.get_by_id(claim.id).state


@pytest.mark.parametrize("place", ["shared", "outside", "dwelling"])
def test_a_claim_is_not_merged_into_itself(file_one, people, place):
    claim = file_one(people.aminata, "a", place)
    with pytest.raises(handling.NotTheSameError):
        merge(claim, Claim.get_by_id(claim.id), people.technical)
    kept = Claim.get()
    assert (kept.state, kept.merged_into, ClaimEvent.select().count()) == ("deposee", None, 1)


@pytest.mark.parametrize("over", moves.OVER)
def test_a_claim_is_not_merged_into_one_that_is_over(file_one, people, over):
    first, second = file_one(people.aminata, "a"), file_one(people.aminata, "b")
    Claim.update(state=over).where(Claim.id == first.id).execute()
    with pytest.raises(handling.NotTheSameError):
        merge(second, Claim.get_by_id(first.id), people.technical)


def test_claims_of_one_lease_are_merged_wherever_the_problem_is_and_nobody_has_to_follow(file_one, people):
    first, second = file_one(people.aminata, "a", "shared"), file_one(people.aminata, "b", "dwelling")
    merge(second, first, people.technical)
    assert (state(first), state(second)) == ("deposee", "close")
    assert Claim.get_by_id(second.id).merged_into == first
    assert following.followed_by(tenant=people.aminata) == []


@pytest.mark.parametrize(("one", "other"), [("shared", "shared"), ("outside", "shared"), ("outside", "outside")])
def test_claims_of_the_shared_parts_of_one_residence_are_merged_and_the_other_is_followed(file_one, people, one, other):
    first, second = file_one(people.bruno, "b", one), file_one(people.aminata, "a", other)
    merge(second, first, people.technical)
    assert state(second) == "close"
    assert following.followed_by(tenant=people.aminata) == [first]


def test_claims_of_two_buildings_of_one_residence_are_merged(file_one, people):
    first, second = file_one(people.bruno, "b"), file_one(people.charlie, "c")
    with pytest.raises(handling.NotTheSameError):
        merge(second, first, people.technical)
    Building.update(residence=Building.get(Building.code == "PEU-A").residence).execute()
    merge(*(Claim.get_by_id(claim.id) for claim in (second, first)), people.technical)
    assert state(second) == "close"


@pytest.mark.parametrize(("one", "other"), [("dwelling", "dwelling"), ("shared", "dwelling"), ("dwelling", "shared")])
def test_what_happens_in_the_home_of_one_is_not_merged_with_another_household(file_one, people, one, other):
    first, second = file_one(people.bruno, "b", one), file_one(people.aminata, "a", other)
    with pytest.raises(handling.NotTheSameError):
        merge(second, first, people.technical)
    assert state(second) == "deposee"
