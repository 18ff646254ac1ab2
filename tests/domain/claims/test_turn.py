"""« À qui de jouer »: every state and every lateness."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.claims.deadlines import AFTER_DONE, Slot
from portal.domain.claims.models import STATES
from portal.domain.claims.turn import Facts, situation, whose_turn
from portal.domain.claims.turn_words import SITUATIONS

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
    assert turn.sentence
    assert turn.remedy
    assert bool(turn.before) == bool(turn.basis_words)
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
