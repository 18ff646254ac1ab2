"""The figures are read in a terminal: each beside its budget, in 120 columns."""

from bench.figures import FILES, KILOBYTES, SECONDS, Figure
from bench.table import COLUMNS, table

LONG = "Le plus long verrou d’écriture du quittancement d’un mois à 100 000 logements × 12 mois"
FIGURES = [
    Figure(LONG, 29.4, 0.3, "ce que quelqu’un d’autre attend pour écrire", unit=SECONDS),
    Figure("L’accueil du locataire", 0.08, 0.08, "150 req/s, et 2 200 req/s pour Flask nu", at_least=True),
    Figure("La première visite", 65.04, 65, "la page 16,0 ko, non compressée", unit=KILOBYTES),
    Figure("La première visite", 8, 8, "sans la page", unit=FILES),
]


def test_no_line_is_wider_than_a_terminal_and_no_word_is_lost():
    lines = list(table(FIGURES))
    words = " ".join(lines).split()
    assert max(map(len, lines)) <= COLUMNS
    assert all(word in words for figure in FIGURES for word in f"{figure.what} {figure.behind}".split())


def test_a_figure_is_beside_its_budget_kept_or_not():
    rows = [[cell.replace("\u00a0", " ") for cell in figure.row()] for figure in FIGURES]
    assert [(mark, measured, budget) for mark, _, measured, budget, _ in rows] == [
        ("✗", "29,40 s", "≤ 0,3 s"),
        ("✓", "0,08 ×", "≥ 0,08 ×"),
        ("✗", "65,0 ko", "≤ 65 ko"),
        ("✓", "8 fichiers", "≤ 8 fichiers"),
    ]
