"""The states of the orders: who may move them by hand, and what only a report or a visit says."""

import pytest

from portal.domain.works import policy
from portal.domain.works.models import SERVICE_ORDER_STATES, WORK_ORDER_STATES

STATES = {"OS": SERVICE_ORDER_STATES, "BT": WORK_ORDER_STATES}
LEADS_TO = {
    ("OS", "emis"): {"notifie", "annule"},
    ("OS", "notifie"): {"en_cours", "receptionne", "receptionne_reserves", "annule"},
    ("OS", "en_cours"): {"receptionne", "receptionne_reserves", "annule"},
    ("OS", "receptionne_reserves"): {"receptionne", "clos"},
    ("OS", "receptionne"): {"clos"},
    ("BT", "emis"): {"rendez_vous", "fait", "absent", "annule"},
    ("BT", "rendez_vous"): {"emis", "fait", "absent", "annule"},
    ("BT", "absent"): {"rendez_vous", "fait", "annule"},
    ("BT", "fait"): {"controle", "facture"},
    ("BT", "controle"): {"facture"},
}
BY_HAND = {
    ("OS", "emis"): {"notifie", "annule"},
    ("OS", "notifie"): {"en_cours", "annule"},
    ("OS", "en_cours"): {"annule"},
    ("OS", "receptionne_reserves"): {"receptionne", "clos"},
    ("OS", "receptionne"): {"clos"},
    ("BT", "emis"): {"annule"},
    ("BT", "rendez_vous"): {"annule"},
    ("BT", "absent"): {"annule"},
    ("BT", "fait"): {"controle", "facture"},
    ("BT", "controle"): {"facture"},
}
EVERY = [(kind, state) for kind, states in STATES.items() for state in states]


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_an_order_goes_where_the_table_says_and_nowhere_else(kind, state):
    for to in STATES[kind]:
        if to in LEADS_TO.get((kind, state), ()):
            policy.check(kind, state, to)
        else:
            with pytest.raises(policy.IllegalOrderMoveError):
                policy.check(kind, state, to)


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_by_hand_goes_only_what_tells_the_tenant_nothing(kind, state):
    assert set(policy.by_hand(kind, state)) == BY_HAND.get((kind, state), set())


def test_what_is_still_ahead_what_is_done_and_what_is_over():
    def among(states: tuple[str, ...]) -> set[str]:
        return {state for _, state in EVERY if state in states}

    assert among(policy.AHEAD) == {"emis", "notifie", "en_cours", "rendez_vous"}
    assert among(policy.DONE) == {"receptionne", "receptionne_reserves", "clos", "fait", "controle", "facture"}
    assert among(policy.OVER) == {"clos", "facture", "annule"}
    assert all((policy.NEXT[kind, state] == ()) == (state in policy.OVER) for kind, state in EVERY)


def test_a_number_holds_the_kind_the_year_and_four_digits_at_least():
    assert policy.number_of("OS", 2026, 1) == "OS-2026-0001"
    assert policy.number_of("BT", 2026, 12345) == "BT-2026-12345"
