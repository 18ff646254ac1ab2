"""Filing a réclamation and adding to it."""

from datetime import UTC, datetime

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions, queries
from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.claims.moves import IllegalMoveError
from portal.domain.files.actions import CheckedFile
from portal.domain.housing.queries import leases_of
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
PICTURE = CheckedFile("évier.jpg", "image/jpeg", b"looked at elsewhere")


@pytest.fixture
def file_one(people, tmp_path):
    """File a claim of Aminata's, with a key."""

    def file(key="a" * 32, at=NOW, tenant=people.aminata, **changes):
        said = {"place": "dwelling", "nature": "plomberie", "description": "Fuite sous l’évier.", **changes}
        lease = leases_of(tenant=tenant)[0]
        common = {"at": at, "delays": ClaimDelays(), "folder": tmp_path}
        return actions.file_claim(tenant=tenant, lease=lease, once_key=key, **common, **said)

    return file


def test_a_claim_goes_to_the_loge_of_the_building(file_one, people):
    claim = file_one()
    assert claim.lodge_id == people.loge.lodge_id
    assert claim.state == "deposee"


def test_numbers_follow_each_other_and_begin_again_each_year(file_one):
    new_year_in_paris = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    numbers = [file_one("a" * 32).number, file_one("b" * 32).number, file_one("c" * 32, new_year_in_paris).number]
    assert numbers == ["2026-000001", "2026-000002", "2027-000001"]


def test_sent_twice_a_claim_is_filed_once(file_one, tmp_path):
    assert file_one(photos=[PICTURE]) == file_one(photos=[PICTURE])
    assert Claim.select().count() == 1
    assert len(list(tmp_path.rglob("*.jpg"))) == 1


def test_the_key_of_somebody_else_gives_nothing_away(file_one, people):
    file_one()
    with pytest.raises(actions.UsedKeyError):
        file_one(tenant=people.charlie)


def test_a_claim_that_fails_leaves_no_number_and_no_file(file_one, tmp_path):
    with pytest.raises(Exception, match="constraint"):
        file_one(nature="licorne", photos=[PICTURE])
    assert file_one("b" * 32).number == "2026-000001"
    assert not list(tmp_path.rglob("*.jpg"))


def test_words_and_photos_join_the_timeline_once(file_one, people, tmp_path):
    claim = file_one()
    for _again in range(2):
        actions.add_words(
            claim=claim,
            tenant=people.aminata,
            words="Cela coule plus fort.",
            once_key="d" * 32,
            at=NOW,
            delays=ClaimDelays(),
            folder=tmp_path,
            photos=[PICTURE],
        )
    filed, added = queries.timeline(claim=claim)
    assert (filed.fact.state, added.fact.state) == ("deposee", "")
    assert [photo.file.name for photo in added.photos] == ["évier.jpg"]


def test_an_answer_to_the_office_makes_it_its_turn_again(file_one, people, tmp_path):
    claim = file_one()
    Claim.update(state="attente_locataire").execute()
    words = {"words": "Jeudi.", "once_key": "d" * 32, "at": NOW, "delays": ClaimDelays()}
    actions.add_words(claim=claim, tenant=people.aminata, **words)
    assert Claim.get_by_id(claim.id).state == "en_cours"


@pytest.mark.parametrize("state", ["close", "refusee", "annulee"])
def test_a_claim_that_is_over_takes_no_more_words(file_one, people, tmp_path, state):
    claim = file_one()
    Claim.update(state=state).execute()
    words = {"words": "Non.", "once_key": "d" * 32, "at": NOW, "delays": ClaimDelays()}
    with pytest.raises(IllegalMoveError):
        actions.add_words(claim=claim, tenant=people.aminata, **words)
    assert ClaimEvent.select().count() == 1
