"""The numbers of the Office's menu: each thing that waits is counted for who may see it, and nothing else."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions as claims
from portal.domain.claims.models import Claim
from portal.domain.dossiers.waiting import Waiting, waiting_for
from portal.domain.housing.queries import leases_of
from portal.domain.messages import actions as messages
from portal.domain.messages.actions import Words
from portal.domain.messages.models import Thread
from portal.domain.people.models import Letter
from portal.domain.works.models import Visit
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
TODAY = NOW.date()


def waiting(staff, at=NOW) -> Waiting:
    return waiting_for(staff=staff, at=at, on=TODAY)


def file(tenant, key: str = "a") -> Claim:
    return claims.file_claim(
        tenant=tenant,
        lease=leases_of(tenant=tenant)[0],
        place="dwelling",
        nature="plomberie",
        description="Fuite.",
        once_key=key * 32,
        at=NOW,
        delays=ClaimDelays(),
    )


def write(tenant, key: str = "m") -> Thread:
    return messages.open_thread(tenant=tenant, subject="loyer", words=Words("Bonjour", key * 32), at=NOW)


def put(claim: Claim, **facts) -> None:
    Claim.update(facts).where(Claim.id == claim.id).execute()


def test_where_nothing_waits_nothing_is_counted(people):
    for staff in (people.admin, people.manager, people.accountant, people.technical, people.loge):
        assert waiting(staff) == Waiting(0, 0, 0)


def test_a_message_waits_for_everybody_who_may_read_it_until_one_opens_it(people):
    thread = write(people.aminata)
    assert [waiting(staff).unread for staff in (people.manager, people.loge, people.other_loge)] == [1, 1, 0]
    messages.read_as_office(thread=Thread.get_by_id(thread.id))
    assert waiting(people.manager).unread == 0


def test_a_caretaker_counts_nothing_of_a_former_tenant(people):
    write(people.aminata)
    lease = leases_of(tenant=people.aminata)[0]
    lease.ends_on = TODAY - timedelta(days=1)
    lease.save()
    assert [waiting(staff).unread for staff in (people.manager, people.loge)] == [1, 0]


def test_letters_wait_for_those_who_print_them(people):
    Letter.create(tenant=people.aminata, kind="access_code", asked_at=NOW)
    Letter.create(tenant=people.bruno, kind="access_code", asked_at=NOW, printed_at=NOW)
    everybody = (people.admin, people.manager, people.accountant, people.technical, people.loge)
    assert [waiting(staff).letters for staff in everybody] == [1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        ("deposee", 1),
        ("rouverte", 1),
        ("accusee", 0),
        ("en_cours", 0),
        ("attente_locataire", 0),
        ("intervention_planifiee", 0),
        ("intervention_realisee", 0),
        ("close", 0),
        ("refusee", 0),
        ("annulee", 0),
    ],
)
def test_a_claim_waits_when_it_is_new_or_open_again(people, state, counted):
    put(file(people.aminata), state=state, due_at=None)
    assert waiting(people.technical).claims == counted


@pytest.mark.parametrize(("late", "counted"), [(timedelta(), 0), (timedelta(seconds=1), 1)])
def test_a_claim_waits_when_it_is_late_to_the_second_and_no_more_once_it_is_over(people, late, counted):
    claim = file(people.aminata)
    put(claim, state="accusee", due_at=NOW)
    assert waiting(people.technical, NOW + late).claims == counted
    put(claim, state="close")
    assert waiting(people.technical, NOW + late).claims == 0


def test_a_claim_waits_when_nobody_came(people):
    claim = file(people.aminata)
    put(claim, state="en_cours", due_at=None, since_at=NOW)
    visit = {"claim": claim, "day": TODAY, "starts": "08:00", "ends": "10:00", "made_at": NOW}
    Visit.create(state="missed", changed_at=NOW, **visit)
    assert waiting(people.technical).claims == 1
    put(claim, since_at=NOW + timedelta(hours=1))  # something happened since
    assert waiting(people.technical).claims == 0


def test_a_caretaker_counts_the_claims_of_its_lodge(people):
    file(people.aminata)
    file(people.charlie, "c")
    assert [waiting(staff).claims for staff in (people.manager, people.loge, people.other_loge)] == [2, 1, 1]
