"""« À qui de jouer »: every state and every lateness."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.domain.claims.deadlines import AFTER_DONE, Slot
from portal.domain.claims.models import STATES
from portal.domain.claims.turn import Facts, situation, whose_turn
from portal.domain.claims.turn_words import SITUATIONS
from portal.kernel.holidays import end_of

FILED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SINCE = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
STARTS, ENDS = datetime(2026, 11, 9, 7, 0, tzinfo=UTC), datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
EARLY, SLOT_OVER, LATER = SINCE + timedelta(hours=1), ENDS, DUE + timedelta(seconds=1)
LONG_AFTER = SINCE + AFTER_DONE + timedelta(seconds=1)


def facts(state, visit="", by="office", **more):
    slot = Slot(visit, by, SINCE, STARTS, ENDS) if visit else None
    due = None if state in ("attente_locataire", "intervention_realisee", "close", "refusee", "annulee") else DUE
    said = {"nature": "plomberie", "service": "loge", "due_at": ENDS if visit in ("proposed", "agreed") else due}
    return Facts(state=state, filed_at=FILED, since_at=SINCE, slot=slot, **said | more)


WHO = {
    "loge": "C’est au tour de votre loge",
    "office": "C’est au tour de l’Office",
    "company": "C’est au tour de l’entreprise",
    "you": "C’est à vous",
    "nobody": "Personne",
}
# state, last visit, proposed by, instant → situation, holder, before, late
EVERY = [
    ("deposee", "", "", EARLY, "deposee", "loge", DUE, False),
    ("deposee", "", "", LATER, "deposee", "loge", DUE, True),
    ("accusee", "", "", EARLY, "accusee", "loge", DUE, False),
    ("accusee", "", "", LATER, "accusee", "loge", DUE, True),
    ("en_cours", "", "", EARLY, "en_cours", "loge", DUE, False),
    ("en_cours", "", "", LATER, "en_cours", "loge", DUE, True),
    ("en_cours", "missed", "office", EARLY, "missed", "loge", DUE, False),
    ("en_cours", "missed", "office", LATER, "missed", "loge", DUE, True),
    ("en_cours", "kept", "office", EARLY, "kept", "loge", DUE, False),
    ("en_cours", "kept", "office", LATER, "kept", "loge", DUE, True),
    ("en_cours", "cancelled", "office", EARLY, "cancelled", "loge", DUE, False),
    ("en_cours", "cancelled", "office", LATER, "cancelled", "loge", DUE, True),
    ("rouverte", "", "", EARLY, "rouverte", "loge", DUE, False),
    ("rouverte", "", "", LATER, "rouverte", "loge", DUE, True),
    ("attente_locataire", "", "", EARLY, "attente_locataire", "you", None, False),
    ("attente_locataire", "", "", LATER, "attente_locataire", "you", None, False),
    ("intervention_planifiee", "", "", EARLY, "ordered", "company", DUE, False),
    ("intervention_planifiee", "", "", LATER, "ordered", "company", DUE, True),
    ("intervention_planifiee", "proposed", "office", EARLY, "proposed", "you", STARTS, False),
    ("intervention_planifiee", "proposed", "office", LATER, "proposed_over", "office", ENDS, True),
    ("intervention_planifiee", "proposed", "tenant", EARLY, "other_time", "office", ENDS, False),
    ("intervention_planifiee", "proposed", "tenant", LATER, "other_time", "office", ENDS, True),
    ("intervention_planifiee", "agreed", "office", EARLY, "agreed", "company", ENDS, False),
    ("intervention_planifiee", "agreed", "office", SLOT_OVER, "agreed_over", "office", ENDS, False),
    ("intervention_planifiee", "agreed", "tenant", LATER, "agreed_over", "office", ENDS, True),
    ("intervention_realisee", "", "", EARLY, "intervention_realisee", "you", SINCE + AFTER_DONE, False),
    ("intervention_realisee", "", "", LONG_AFTER, "intervention_realisee_final", "nobody", None, False),
    ("close", "", "", EARLY, "close", "nobody", None, False),
    ("close", "", "", LONG_AFTER, "close_final", "nobody", None, False),
    ("refusee", "", "", EARLY, "refusee", "nobody", None, False),
    ("refusee", "", "", LONG_AFTER, "refusee", "nobody", None, False),
    ("annulee", "", "", EARLY, "annulee", "nobody", None, False),
    ("annulee", "", "", LONG_AFTER, "annulee", "nobody", None, False),
]


@pytest.mark.parametrize(("state", "visit", "by", "at", "where", "holder", "before", "late"), EVERY)
def test_every_state_and_every_lateness(state, visit, by, at, where, holder, before, late):
    turn = whose_turn(facts(state, visit, by), at)
    assert (turn.situation, turn.holder, turn.before, turn.late) == (where, holder, before, late)


def test_the_table_has_every_state_and_every_situation():
    assert {row[0] for row in EVERY} == set(STATES)
    assert {row[4] for row in EVERY} == set(SITUATIONS)


@pytest.mark.parametrize("row", EVERY, ids=lambda row: f"{row[4]}-{row[7]}")
def test_each_says_who_and_what_may_be_done_and_a_date_says_its_basis(row):
    turn = whose_turn(facts(row[0], row[1], row[2]), row[3])
    assert WHO[turn.holder] in turn.sentence
    assert (turn.task == "") is (turn.holder == "nobody")  # the sentence says it all
    assert turn.task in ("", SITUATIONS[turn.situation][1])
    assert turn.remedy
    assert (turn.basis_words == "") is (turn.before is None)
    assert (turn.tone == "alert") == row[7]


def test_a_claim_given_to_a_service_is_the_offices_and_no_more_the_loges():
    assert whose_turn(facts("accusee", service="technique"), EARLY).holder == "office"


def test_the_loge_that_comes_itself_is_not_a_company():
    assert whose_turn(facts("intervention_planifiee", "agreed", by_company=False), EARLY).holder == "loge"


def test_a_missed_visit_of_before_a_reopening_is_no_longer_the_news():
    old = Slot("missed", "office", SINCE - timedelta(days=3), STARTS, ENDS)
    assert situation(Facts("en_cours", "plomberie", "loge", FILED, SINCE, DUE, slot=old), EARLY) == "en_cours"


@pytest.mark.parametrize(("days", "basis", "late"), [(40, "commitment", True), (62, "law", True)])
def test_after_two_months_the_law_speaks_louder_than_the_commitment(days, basis, late):
    turn = whose_turn(facts("en_cours", nature="decence"), FILED + timedelta(days=days))
    assert (turn.basis, turn.late) == (basis, late)
    assert "commission départementale de conciliation" in turn.law


def test_silence_on_adaptation_works_is_said_to_need_a_registered_letter():
    assert "lettre recommandée" in whose_turn(facts("accusee", nature="travaux_adaptation"), EARLY).law


TWO_MONTHS = end_of(date(2027, 1, 2))  # filed on 2 November
LEGAL = ("decence", "travaux_adaptation")
AWAITED = {
    "loge": facts("accusee"),
    "office": facts("accusee", service="technique"),
    "company": facts("intervention_planifiee"),
    "you": facts("attente_locataire"),
    "nobody": facts("refusee"),
}


@pytest.mark.parametrize("nature", LEGAL)
@pytest.mark.parametrize("holder", AWAITED)
def test_the_laws_two_months_pass_for_those_who_have_the_turn_and_never_for_the_tenant(nature, holder):
    told = replace(AWAITED[holder], nature=nature, due_at=TWO_MONTHS + timedelta(days=9))
    before, after = (whose_turn(told, TWO_MONTHS + timedelta(seconds=each)) for each in (0, 1))
    assert {before.holder, after.holder} == {holder}
    theirs = holder in ("loge", "office", "company")
    assert (before.basis == "law", after.basis == "law") == (False, theirs)
    assert (before.late, after.late) == (False, theirs)
    assert (before.before, after.before) == ((told.due_at, TWO_MONTHS) if theirs else (None, None))
    assert bool(before.law) == bool(after.law) == bool(after.law_at_the_office) == (holder != "nobody")
    assert ("passés depuis le" in after.law) is theirs
    assert ("passés depuis le" in after.law_at_the_office) is theirs
    assert "passés depuis le" not in before.law
    for law in (before.law, before.law_at_the_office, after.law, after.law_at_the_office):
        assert ("samedi 2 janvier 2027" in law.replace("\xa0", " ")) == (holder != "nobody")


def test_the_law_says_nothing_of_another_nature_however_old():
    turn = whose_turn(facts("accusee"), TWO_MONTHS + timedelta(days=1))
    assert (turn.law, turn.law_at_the_office, turn.basis) == ("", "", "commitment")


def test_one_is_late_the_second_after_the_limit():
    assert [whose_turn(facts("accusee"), DUE + timedelta(seconds=each)).late for each in (0, 1)] == [False, True]


def test_the_end_of_a_slot_is_over_and_the_thirty_days_last_to_the_second():
    agreed, done = facts("intervention_planifiee", "agreed"), facts("intervention_realisee")
    second = timedelta(seconds=1)
    assert [situation(agreed, at) for at in (ENDS - second, ENDS)] == ["agreed", "agreed_over"]
    assert [situation(done, SINCE + AFTER_DONE + late) for late in (timedelta(), second)] == [
        "intervention_realisee",
        "intervention_realisee_final",
    ]


def test_the_thirty_days_run_from_when_it_was_said_to_be_done_not_from_its_closing():
    closed = facts("close", ended_at=SINCE - timedelta(days=10))
    assert situation(closed, SINCE + AFTER_DONE - timedelta(days=10)) == "close"
    assert "jusqu’au lundi 23 novembre 2026" in whose_turn(closed, EARLY).remedy.replace("\xa0", " ")
    assert situation(closed, SINCE + AFTER_DONE - timedelta(days=10) + timedelta(seconds=1)) == "close_final"


def test_who_has_had_the_turn_since_the_slot_has_had_it_since_its_end():
    assert whose_turn(facts("intervention_planifiee", "agreed"), ENDS).since == ENDS
    assert whose_turn(facts("intervention_planifiee", "proposed"), ENDS).since == ENDS
    assert whose_turn(facts("intervention_planifiee", "agreed"), EARLY).since == SINCE


def test_a_slot_that_was_moved_or_cancelled_is_no_appointment():
    for state in ("moved", "cancelled", "missed", "kept"):
        assert situation(facts("intervention_planifiee", state, due_at=DUE), EARLY) == "ordered"


@pytest.mark.parametrize(("at", "tone"), [(EARLY, "wait"), (LATER, "alert")])
def test_a_late_turn_is_said_as_such_and_tells_where_to_go(at, tone):
    turn = whose_turn(facts("accusee"), at)
    assert turn.tone == tone
    assert ("commission départementale de conciliation" in turn.remedy) is (tone == "alert")


def test_the_tenants_turn_and_nobodys_have_their_own_tone():
    assert whose_turn(facts("attente_locataire"), EARLY).tone == "info"
    assert whose_turn(facts("close"), EARLY).tone == "done"
