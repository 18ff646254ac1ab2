"""What a tenant reads of their claims."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions, queries
from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.queries import leases_of
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def claim(people, tmp_path):
    """A claim Aminata filed."""
    return actions.file_claim(
        tenant=people.aminata,
        lease=leases_of(tenant=people.aminata)[0],
        place="dwelling",
        nature="plomberie",
        description="Fuite sous l’évier.",
        once_key="a" * 32,
        at=NOW,
        delays=ClaimDelays(),
        folder=tmp_path,
    )


def test_the_neighbour_reads_nothing_of_it(claim, people):
    assert queries.claims_of(tenant=people.charlie) == []
    assert queries.claim_of(tenant=people.charlie, number=claim.number) is None


def test_all_the_holders_of_a_lease_share_its_claims(claim, people):
    LeaseHolder.create(lease=claim.lease, tenant=people.nadia, rank=1)
    assert claim in queries.claims_of(tenant=people.nadia)


def test_internal_words_never_reach_the_tenant(claim, people):
    later = NOW + timedelta(hours=1)
    ClaimEvent.create(claim=claim, happened_at=later, author="Votre loge", internal_words="Locataire pénible.")
    ClaimEvent.create(
        claim=claim, happened_at=later, state="accusee", author="Votre loge", public_words="Reçu.", internal_words="Bof"
    )
    told = queries.timeline(claim=claim)
    assert [each.fact.public_words for each in told] == ["Fuite sous l’évier.", "Reçu."]
    assert not any(each.fact.internal_words for each in told)
    assert queries.claims_of(tenant=people.aminata)[0].news.public_words == "Reçu."


@pytest.mark.parametrize("state", ["close", "refusee", "annulee"])
def test_what_is_over_is_not_open(claim, people, state):
    assert queries.open_claims(tenant=people.aminata) == [claim]
    Claim.update(state=state).execute()
    assert queries.open_claims(tenant=people.aminata) == []
