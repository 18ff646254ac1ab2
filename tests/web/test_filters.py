"""How amounts, hours and functions are written."""

import pytest

from portal.kernel.money import in_euros
from portal.web.filters import format_euros, format_function, format_hours


def test_hours_are_never_cut_around_their_h():
    assert format_hours("du lundi au jeudi, de 9 h à 12 h 30") == "du lundi au jeudi, de 9\u00a0h à 12\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("read", "said"),
    [("Votre loge", "Loge"), ("Service technique", "Service technique"), ("M. João DE ALMEIDA", "M. João DE ALMEIDA")],
)
def test_colleagues_say_a_function_without_your(read, said):
    assert format_function(read) == said


def test_a_negative_amount_has_a_true_minus_that_is_read_aloud():
    assert format_euros(-123456) == in_euros(-123456) == "\u22121\u00a0234,56\u00a0€"
