"""What one may write about, who answers, and to which buildings one writes."""

import pytest

from portal.domain.messages import policy
from portal.domain.people.models import Role, Staff

ANSWERS = {
    "loyer": "comptabilite",
    "paiement": "comptabilite",
    "difficulte": "gestion_locative",
    "bail": "gestion_locative",
    "attestation": "gestion_locative",
    "demenagement": "gestion_locative",
    "travaux": "technique",
    "voisinage": "loge",
    "autre": "gestion_locative",
}


def test_each_subject_has_its_words_and_goes_to_the_service_that_answers():
    assert {key: policy.subject_of(key)[1] for key, _ in policy.subjects()} == ANSWERS
    assert all(policy.subject_of(key)[0] == words for key, words in policy.subjects())
    assert set(ANSWERS.values()) == set(policy.SERVICES)
    with pytest.raises(KeyError):
        policy.subject_of("licorne")


@pytest.mark.parametrize("role", Role.ALL)
def test_a_caretaker_writes_to_the_buildings_of_its_lodge_and_the_others_to_any(role):
    staff = Staff(role=role, lodge_id=7 if role == Role.CARETAKER else None)
    assert policy.may_write_to_building(staff, lodge_id=7)
    assert policy.may_write_to_building(staff, lodge_id=8) is (role != Role.CARETAKER)
