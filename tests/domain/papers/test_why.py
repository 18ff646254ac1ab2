"""« Pourquoi ce montant ? » says each thing that changed since the month before, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.papers.why import Told, explain
from portal.kernel.periods import Month
from tests.pages import plain

MAY, JUNE = Month(2026, 5), Month(2026, 6)
RENT, HEAT, APL = ("loyer", "Loyer principal", 40755), ("charges:chauffage", "Chauffage", 4520), ("apl", "APL", -19800)


def told(*lines, month=JUNE, days=None):
    return Told(month, lines, days or month.days)


def why(before, now):
    return explain(told(*now), told(*before, month=MAY))


def sentences(before, now):
    return [plain(reason.sentence) for reason in why(before, now).reasons]


def test_the_same_month_has_nothing_to_explain():
    same = why([RENT, HEAT], [RENT, HEAT])
    assert same.reasons == ()
    assert plain(same.summary) == plain("Le total est le même que celui de mai 2026.")


def test_the_first_month_says_so():
    assert plain(explain(told(RENT), None).summary) == plain("C’est le premier mois demandé pour ce bail.")


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (
            [RENT],
            [("loyer", "Loyer principal", 41000)],
            "Le loyer principal passe de 407,55 € à 410,00 € : il a été révisé.",
        ),
        ([HEAT], [("charges:chauffage", "Chauffage", 5000)], "La provision « Chauffage » passe de 45,20 € à 50,00 €."),
        ([], [APL], "L’aide au logement (APL) versée à l’Office commence : 198,00 € de moins à payer."),
        ([APL], [], "L’aide au logement (APL) versée à l’Office s’arrête : elle était de 198,00 €."),
        ([], [("rls", "RLS", -4909)], "La réduction de loyer de solidarité (RLS) commence : 49,09 € de moins à payer."),
        (
            [("rls", "RLS", -4909)],
            [("rls", "RLS", -5000)],
            "La réduction de loyer de solidarité (RLS) passe de 49,09 € à 50,00 €.",
        ),
        (
            [],
            [("regularisation_charges", "Régularisation des charges de 2025", -8500)],
            "« Régularisation des charges de 2025 » : 85,00 € en votre faveur, ce mois-ci seulement.",
        ),
        (
            [("regularisation_eau", "Régularisation d’eau", 1200)],
            [],
            "« Régularisation d’eau » (12,00 €) était pour le mois d’avant seulement.",
        ),
        ([], [("annexe", "Parking P-118", 4500)], "« Parking P-118 » s’ajoute : 45,00 €."),
        (
            [("annexe", "Parking P-1", 4500)],
            [("annexe", "Parking P-2", 4600)],
            "« Parking P-2 » passe de 45,00 € à 46,00 €.",
        ),
        ([], [("correction", "", -300)], "Des sommes ont été rectifiées sur le compte."),
    ],
)
def test_each_change_has_its_sentence(before, now, sentence):
    assert sentences(before, now) == [plain(sentence)]


def test_a_month_of_entry_counts_its_days_and_is_not_called_a_revision():
    may = told(("loyer", "Loyer principal", 20000), month=MAY, days=16)
    days, rent = (plain(reason.sentence) for reason in explain(told(RENT), may).reasons)
    assert days.startswith("Le mois de mai 2026 compte 16 jours sur 31")
    assert rent == plain("Le loyer principal passe de 200,00 € à 407,55 €.")


natures = st.sampled_from(
    ["loyer", "annexe", "charges:eau_froide", "apl", "rls", "regularisation_charges", "correction"]
)
line = st.tuples(natures, st.sampled_from(["a", "b", "c"]), st.integers(-90000, 90000))
lines = st.lists(line, max_size=12, unique_by=lambda each: each[:2])


@given(before=lines, now=lines)
def test_the_reasons_add_up_to_the_difference(before, now):
    found = why(before, now)
    assert sum(reason.cents for reason in found.reasons) == found.difference_cents
