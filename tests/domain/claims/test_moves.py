"""The table of moves, told again from the other side: in each state, what each may do, and where it leads."""

import pytest

from portal.domain.claims import moves, policy
from portal.domain.claims.models import STATES
from portal.domain.claims.sentences import TOLD

OFFICE, TENANT, PORTAL = moves.OFFICE, moves.TENANT, moves.PORTAL
STAYS = "stays"
# Everything that may be done in each state, and the state it leads to.
WHILE_NOTHING_IS_PLANNED = {
    "answer": STAYS,
    "note": STAYS,
    "plan": "intervention_planifiee",
    "mark_done": "intervention_realisee",
    "close": "close",
    "refuse": "refusee",
    "merge": "close",
    "no_access": STAYS,
    "follow_on": STAYS,
    "visit_proposed": "intervention_planifiee",
    "visit_agreed": "intervention_planifiee",
}
NEW = WHILE_NOTHING_IS_PLANNED | {"assign": "en_cours", "ask_tenant": "attente_locataire"}
WHEN_OVER = {"answer": STAYS, "note": STAYS}
THE_OFFICE_MAY = {
    "deposee": NEW | {"acknowledge": "accusee", "answer": "accusee"},
    "accusee": NEW,
    "en_cours": NEW | {"assign": STAYS},
    "rouverte": NEW,
    "attente_locataire": WHILE_NOTHING_IS_PLANNED | {"assign": STAYS},
    "intervention_planifiee": {
        "answer": STAYS,
        "note": STAYS,
        "assign": STAYS,
        "plan": STAYS,
        "unplan": "en_cours",
        "mark_done": "intervention_realisee",
        "no_access": "en_cours",
        "follow_on": "en_cours",
        "visit_proposed": STAYS,
        "visit_agreed": STAYS,
        "visit_moved": STAYS,
        "visit_kept": "en_cours",
        "visit_missed": "en_cours",
    },
    "intervention_realisee": WHEN_OVER | {"assign": STAYS, "close": "close", "reopen": "rouverte"},
    "close": WHEN_OVER | {"reopen": "rouverte"},
    "refusee": WHEN_OVER | {"reopen": "rouverte"},
    "annulee": WHEN_OVER,
}
THE_TENANT_MAY = {
    "deposee": {"add_words": STAYS, "withdraw": "annulee"},
    "accusee": {"add_words": STAYS, "withdraw": "annulee"},
    "en_cours": {"add_words": STAYS, "withdraw": "annulee"},
    "rouverte": {"add_words": STAYS},
    "attente_locataire": {"add_words": "en_cours", "withdraw": "annulee"},
    "intervention_planifiee": {
        "add_words": STAYS,
        "visit_agreed": STAYS,
        "visit_other_time": STAYS,
        "visit_kept": "en_cours",
        "visit_missed": "en_cours",
    },
    "intervention_realisee": {"add_words": STAYS, "say_repaired": "close", "say_not_repaired": "rouverte"},
    "close": {"say_not_repaired": "rouverte"},
    "refusee": {},
    "annulee": {},
}
THE_PORTAL_MAY = {state: {} for state in STATES} | {"intervention_realisee": {"close_after_silence": "close"}}
SIDES = {OFFICE: THE_OFFICE_MAY, TENANT: THE_TENANT_MAY, PORTAL: THE_PORTAL_MAY}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", SIDES)
def test_each_side_may_do_this_in_a_state_and_nothing_else(who, state):
    found = {verb: to for (verb, side, of), to in moves.TABLE.items() if (side, of) == (who, state)}
    expected = {verb: state if to == STAYS else to for verb, to in SIDES[who][state].items()}
    assert found == expected
    for verb in {move.verb for move in moves.MOVES}:
        assert moves.may(verb, who, state) == (verb in expected)


@pytest.mark.parametrize("verb", sorted({move.verb for move in moves.MOVES}))
def test_a_move_that_cannot_be_made_is_refused_with_its_own_sentence(verb):
    refused = [(who, state) for who in SIDES for state in STATES if verb not in SIDES[who][state]]
    for who, state in refused:
        with pytest.raises(moves.IllegalMoveError) as refusal:
            moves.after(verb, who, state)
        assert str(refusal.value) == moves.REFUSALS.get(verb, moves.VISIT_OVER)
    assert verb in TOLD


def test_two_lines_of_the_table_never_say_two_things():
    assert len(moves.TABLE) == sum(len(move.states) for move in moves.MOVES)


def test_a_claim_is_over_when_it_is_closed_refused_or_withdrawn():
    assert {state for state in STATES if moves.is_over(state)} == {"close", "refusee", "annulee"}
    assert {state for state in STATES if policy.may_add(state)} == set(STATES) - {"close", "refusee", "annulee"}


def test_the_tenant_may_what_the_table_has_of_the_tenants():
    assert {state for state in STATES if policy.tenant_may("withdraw", state)} == {
        "deposee",
        "accusee",
        "en_cours",
        "attente_locataire",
    }
    assert not policy.tenant_may("refuse", "deposee")


def test_a_number_is_the_year_and_six_digits():
    assert policy.number_of(2026, 123) == "2026-000123"
    assert policy.number_of(2026, 1234567) == "2026-1234567"
