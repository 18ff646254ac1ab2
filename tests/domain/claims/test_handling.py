"""The Office's moves: what the table refuses, and two people acting at once."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.claims import actions, closing, handling, moves, queries, queue
from portal.domain.claims.models import STATES, Claim, ClaimEvent
from portal.domain.claims.recording import Act, UsedKeyError
from portal.domain.housing.queries import leases_of
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
DELAYS = ClaimDelays()
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def act(words="", at=NOW + HOUR, **more):
    return Act(at=at, delays=DELAYS, words=words, **more)


@pytest.fixture
def file_one(people):
    """File a claim of somebody's."""

    def file(tenant=people.aminata, key="a", place="dwelling", nature="plomberie", **more):
        lease = leases_of(tenant=tenant)[0]
        said = {"tenant": tenant, "lease": lease, "place": place, "nature": nature, "description": "Fuite.", **more}
        return actions.file_claim(once_key=key * 32, at=NOW, delays=DELAYS, **said)

    return file


@pytest.fixture
def claim(file_one):
    """A claim Aminata filed."""
    return file_one()


IN_THE_TABLE = {(verb, state) for verb, who, state in moves.TABLE if who == moves.OFFICE}
WITH_WORDS = ("acknowledge", "answer", "ask_tenant", "mark_done", "close", "refuse", "reopen", "unplan")


@pytest.mark.parametrize("verb", WITH_WORDS)
def test_what_is_not_in_the_table_is_refused_with_a_sentence(claim, people, verb):
    make = getattr(handling, verb)
    for state in STATES:
        with db.atomic() as everything:
            Claim.update(state=state).execute()
            if (verb, state) in IN_THE_TABLE:
                assert make(claim=Claim.get(), staff=people.technical, act=act("Des mots.")), state
            else:
                with pytest.raises(moves.IllegalMoveError, match=r"[a-zé]\.$"):
                    make(claim=Claim.get(), staff=people.technical, act=act("Des mots."))
                assert ClaimEvent.select().count() == 1, state
            everything.rollback()


@pytest.mark.parametrize("verb", ["answer", "ask_tenant", "mark_done", "close", "refuse"])
def test_what_the_tenant_must_understand_needs_words(claim, people, verb):
    with pytest.raises(moves.WordsNeededError):
        getattr(handling, verb)(claim=claim, staff=people.technical, act=act(" "))


def test_acknowledging_says_by_when_it_will_be_dealt_with(claim, people):
    handling.acknowledge(claim=claim, staff=people.loge, act=act())
    told = queries.timeline(claim=claim)[-1].fact.told
    assert "au plus tard le lundi 30\xa0novembre 2026".replace("\xa0", " ") in told.replace("\xa0", " ")


def test_two_staff_acting_at_once_the_second_is_told_and_nothing_is_done(claim, people):
    seen = claim.moves
    handling.acknowledge(claim=claim, staff=people.loge, act=act(seen=seen))
    with pytest.raises(moves.ChangedMeanwhileError, match="vos mots sont encore"):
        handling.refuse(claim=claim, staff=people.technical, act=act("Non.", seen=seen))
    assert Claim.get().state == "accusee"


def test_two_staff_answering_at_once_both_are_kept(claim, people):
    seen = claim.moves
    handling.answer(claim=claim, staff=people.loge, act=act("Je passe voir.", seen=seen))
    handling.answer(claim=claim, staff=people.technical, act=act("Le plombier est prévenu.", seen=seen))
    handling.note(claim=claim, staff=people.technical, words="Déjà vu en mars.", act=act(seen=seen))
    words = [fact.event.public_words or fact.event.internal_words for fact in queue.facts_of(claim=claim)]
    assert words[1:] == ["Je passe voir.", "Le plombier est prévenu.", "Déjà vu en mars."]


def test_the_same_form_twice_moves_once_and_the_key_of_another_claim_is_refused(claim, file_one, people):
    for _again in range(2):
        handling.answer(claim=claim, staff=people.loge, act=act("Reçu.", once_key="k" * 32))
    assert ClaimEvent.select().where(ClaimEvent.verb == "answer").count() == 1
    with pytest.raises(UsedKeyError):
        handling.answer(claim=file_one(key="b"), staff=people.loge, act=act("Reçu.", once_key="k" * 32))


def test_a_note_is_never_in_what_the_tenant_reads_and_does_not_move_the_list(claim, people):
    handling.note(claim=claim, staff=people.loge, words="Locataire pressé.", act=act())
    assert len(queries.timeline(claim=claim)) == 1
    assert Claim.get().changed_at == NOW


def test_each_move_of_the_office_leaves_a_trace(claim, people):
    handling.acknowledge(claim=claim, staff=people.loge, act=act())
    trace = Trace.get(Trace.act == "acted_on_claim")
    assert (trace.staff, trace.tenant, trace.detail) == (people.loge, people.aminata, claim.number)


def test_a_claim_taken_at_the_counter_is_the_tenants_and_says_so(file_one, people):
    filed = file_one(staff=people.manager, channel="counter")
    fact = queries.timeline(claim=filed)[0].fact
    assert filed.filed_by == people.aminata
    assert "dite au guichet" in fact.told
    assert queries.claim_of(tenant=people.aminata, number=filed.number)


def test_a_nature_goes_to_its_service_and_can_be_given_to_somebody(file_one, people):
    bill = file_one(nature="facturation_loyer_charges")
    assert bill.service == "comptabilite"
    handling.assign(claim=bill, staff=people.manager, service="gestion_locative", to=people.manager, act=act())
    kept = Claim.get_by_id(bill.id)
    assert (kept.state, kept.service, kept.assigned_to) == ("en_cours", "gestion_locative", people.manager)


def test_not_repaired_within_thirty_days_and_no_later(claim, people):
    handling.mark_done(claim=claim, staff=people.technical, act=act("Joint changé."))
    until = NOW + HOUR + 30 * DAY
    with pytest.raises(moves.TooLateError):
        closing.say_not_repaired(claim=claim, tenant=people.aminata, act=act(at=until + SECOND))
    closing.say_not_repaired(claim=claim, tenant=people.aminata, act=act("Ça coule.", at=until))
    assert Claim.get().state == "rouverte"


def test_closing_what_was_done_does_not_lengthen_the_thirty_days(claim, people):
    handling.mark_done(claim=claim, staff=people.technical, act=act("Joint changé."))
    closing.say_repaired(claim=claim, tenant=people.aminata, act=act(at=NOW + 29 * DAY))
    until = NOW + HOUR + 30 * DAY
    with pytest.raises(moves.TooLateError):
        closing.say_not_repaired(claim=claim, tenant=people.aminata, act=act(at=until + SECOND))
    closing.say_not_repaired(claim=claim, tenant=people.aminata, act=act(at=until))


def test_done_again_after_a_reopening_the_thirty_days_begin_again(claim, people):
    handling.mark_done(claim=claim, staff=people.technical, act=act("Joint changé."))
    handling.reopen(claim=claim, staff=people.technical, act=act(at=NOW + 10 * DAY))
    handling.mark_done(claim=claim, staff=people.technical, act=act("Siphon changé.", at=NOW + 20 * DAY))
    with pytest.raises(moves.TooLateError):
        closing.say_not_repaired(claim=claim, tenant=people.aminata, act=act(at=NOW + 50 * DAY + SECOND))
    closing.say_not_repaired(claim=claim, tenant=people.aminata, act=act(at=NOW + 50 * DAY))


def test_thirty_days_of_silence_close_it_once(claim, people):
    handling.mark_done(claim=claim, staff=people.technical, act=act("Joint changé."))
    until = NOW + HOUR + 30 * DAY
    assert closing.close_after_silence(at=until, delays=DELAYS) == []
    assert closing.close_after_silence(at=until + SECOND, delays=DELAYS) == [claim]
    assert closing.close_after_silence(at=NOW + 32 * DAY, delays=DELAYS) == []


def test_satisfaction_is_asked_once_it_is_over_and_the_last_word_stands(claim, people):
    with pytest.raises(closing.NotOverError):
        closing.rate(claim=claim, tenant=people.aminata, stars=5, at=NOW)
    handling.close(claim=claim, staff=people.loge, act=act("Réglé sur place."))
    closing.rate(claim=claim, tenant=people.aminata, stars=2, at=NOW)
    closing.rate(claim=claim, tenant=people.aminata, stars=4, comment="Bien.", at=NOW)
    assert (queries.claim_of(tenant=people.aminata, number=claim.number).stars) == 4
