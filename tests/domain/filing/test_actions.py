"""Writing a réclamation: kept at each step, sent once."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims.actions import UsedKeyError
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.domain.files.actions import CheckedFile, path_of
from portal.domain.files.models import StoredFile
from portal.domain.filing import actions, queries
from portal.domain.filing.models import ClaimDraft
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from tests.people import NOW, lease_of


def photo(content: bytes = b"x") -> CheckedFile:
    return CheckedFile("évier.jpg", "image/jpeg", content)


def send(draft: ClaimDraft, **changes) -> Claim:
    known = {"tenant": draft.tenant, "once_key": draft.once_key, "version": draft.version, "at": NOW}
    known["delays"] = ClaimDelays()
    return actions.send(**known | changes)


def test_a_tenant_has_one_reclamation_being_written(begin):
    assert begin(place="dwelling").id == begin(nature="plomberie").id
    assert ClaimDraft.get().place == "dwelling"


def test_another_place_forgets_a_nature_that_is_not_met_there(begin):
    assert begin(place="dwelling", nature="facturation_loyer_charges").nature
    assert begin(place="outside").nature == ""


def test_what_is_not_an_answer_is_refused(begin):
    with pytest.raises(KeyError):
        begin(tenant_id=1)


def test_sent_it_becomes_a_claim_with_its_photos_and_wishes(written, tmp_path):
    actions.add_photos(draft=written, photos=[photo(b"1"), photo(b"2")], at=NOW, folder=tmp_path)
    claim = send(written, version=written.version + 1)
    assert (claim.description, claim.state) == ("L’eau coule sous l’évier.", "deposee")
    assert [each.rank for each in ClaimPhoto.select().order_by(ClaimPhoto.rank)] == [0, 1]
    assert queries.wishes_of(claim=claim).home_when == "Le matin."
    assert queries.draft_of(tenant=written.tenant) is None


def test_sent_twice_it_is_filed_once(written):
    assert send(written) == send(written)
    assert Claim.select().count() == 1


def test_nobody_sends_with_the_key_of_another(written, people):
    with pytest.raises(UsedKeyError):
        send(written, tenant=people.charlie)
    send(written)
    with pytest.raises(UsedKeyError):
        send(written, tenant=people.charlie)


@pytest.mark.parametrize(
    "missing", [{"description": ""}, {"advice_for": ""}, {"entry": ""}, {"place": "", "nature": ""}]
)
def test_a_step_cannot_be_skipped(begin, written, missing):
    with pytest.raises(actions.UnfinishedError):
        send(begin(**missing))


def test_what_changed_in_another_window_is_checked_again(written, begin):
    begin(description="Autre chose.")
    with pytest.raises(actions.ChangedError):
        send(written)


def test_who_has_no_lease_any_more_files_nothing(written):
    Lease.update(ends_on=NOW.date() - timedelta(days=1)).execute()
    with pytest.raises(UsedKeyError):
        send(written)


def test_who_moved_meanwhile_files_for_the_new_dwelling(written, people):
    Lease.update(ends_on=NOW.date() - timedelta(days=1)).where(Lease.id == written.lease_id).execute()
    new = lease_of(people.nadia)
    LeaseHolder.create(lease=new, tenant=people.aminata, rank=1)
    assert send(written).lease == new


def test_what_concerns_a_visit_is_not_kept_where_nobody_comes(begin):
    draft = begin(place="dwelling", nature="plomberie", home_when="Le soir.", entry="present", pets="Un chien")
    draft = begin(
        nature="administratif", advice_for="dwelling:administratif", description="x", photos_done=1, details_done=1
    )
    wishes = queries.wishes_of(claim=send(draft))
    assert (wishes.entry, wishes.home_when, wishes.pets) == ("", "", "")


def test_the_same_photo_twice_is_kept_once(written, tmp_path):
    assert actions.add_photos(draft=written, photos=[photo(), photo()], at=NOW, folder=tmp_path) == 1
    assert actions.add_photos(draft=written, photos=[photo()], at=NOW, folder=tmp_path) == 0
    assert len(list(tmp_path.rglob("*.jpg"))) == 1


def test_the_seventh_photo_is_refused_and_leaves_nothing(written, tmp_path):
    seven = [photo(bytes([rank])) for rank in range(7)]
    with pytest.raises(actions.TooManyPhotosError):
        actions.add_photos(draft=written, photos=seven, at=NOW, folder=tmp_path)
    assert not queries.photos_of(draft=written)
    assert not list(tmp_path.rglob("*.jpg"))


def test_a_photo_taken_out_leaves_the_disk(written, tmp_path):
    actions.add_photos(draft=written, photos=[photo()], at=NOW, folder=tmp_path)
    one = queries.photos_of(draft=written)[0]
    for _ in range(2):
        actions.remove_photo(photo=one, at=NOW, folder=tmp_path)
    assert not path_of(one.file, folder=tmp_path).exists()
    assert StoredFile.select().count() == 0


def test_nothing_is_added_to_what_was_sent(written, tmp_path):
    send(written)
    with pytest.raises(actions.GoneError):
        actions.add_photos(draft=written, photos=[photo()], at=NOW, folder=tmp_path)
    with pytest.raises(actions.GoneError):
        actions.answer(draft=written, at=NOW, description="x")
    assert StoredFile.select().count() == 0


def test_an_abandoned_one_is_forgotten_after_thirty_days(written, tmp_path):
    actions.add_photos(draft=written, photos=[photo()], at=NOW, folder=tmp_path)
    assert actions.clean_abandoned(at=NOW + timedelta(days=30), folder=tmp_path) == 0
    assert actions.clean_abandoned(at=NOW + timedelta(days=30, seconds=1), folder=tmp_path) == 1
    assert (ClaimDraft.select().count(), StoredFile.select().count()) == (0, 0)
    assert not list(tmp_path.rglob("*.jpg"))
