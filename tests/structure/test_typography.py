"""script/typography repairs what French readers see and leaves the rest alone ("~" stands for a no-break space)."""

import runpy
from pathlib import Path

import pytest

repair = runpy.run_path(str(Path(__file__).parents[2] / "script" / "typography"))["repair"]


def repaired(source, suffix):
    return repair(source.replace("~", "\xa0"), suffix).replace("\xa0", "~")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>L'avis d'échéance</p>", "<p>L’avis d’échéance</p>"),
        ("<p>l'adresse d'{{ name }}</p>", "<p>l’adresse d’{{ name }}</p>"),
        ("<p>Total : 12 € ; merci !</p>", "<p>Total~: 12~€~; merci~!</p>"),
        ("<p>Pourquoi? Total: 12€</p>", "<p>Pourquoi~? Total~: 12~€</p>"),
        ("<p>« Bonjour », «bonsoir»</p>", "<p>«~Bonjour~», «~bonsoir~»</p>"),
        ("<b>Total</b> : {{ total }} €", "<b>Total</b>~: {{ total }}~€"),
        ("<p>Un instant...</p>", "<p>Un instant…</p>"),
        ("<p>5 % de plus</p>", "<p>5~% de plus</p>"),
        ('<a title="Voir l\'avis">x</a>', '<a title="Voir l’avis">x</a>'),
        ('{{ empty("Vous n\'avez rien !") }}', '{{ empty("Vous n’avez rien~!") }}'),
    ],
)
def test_templates_get_french_typography(written, expected):
    assert repaired(written, ".html") == expected


@pytest.mark.parametrize(
    "source",
    [
        "<p>De 10:30 à 12:00, https://exemple.fr/a?b=c&amp;d=e</p>",
        "{% if a > b and c['d'] %}<i class=\"a;b\" data-x='e:f'>{{ f('x') ? 1 : 2 }}</i>{% endif %}",
        "<script>if (a ? b : c) { d = 'l'; }</script><code>l'avis : non</code><!-- l'avis -->{# l'avis ! #}",
        '<meta name="viewport" content="width=device-width; initial-scale=1">',
        "<p>12&nbsp;€&nbsp;; l’été~: «~oui~»</p>",
        '<a href="{{ url_for("tenant.claim", n=1) }}">Réclamation</a>',
        "<p>d'hier : lu</p>{# typography: as is #}",
    ],
)
def test_code_and_right_text_of_templates_are_left_alone(source):
    assert repaired(source, ".html") == source


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('x = "L\'accès est fermé !"', 'x = "L’accès est fermé~!"'),
        ("x = f\"Reçu d'{p['n']} : {a:.2f} €\"", "x = f\"Reçu d’{p['n']}~: {a:.2f}~€\""),
        ('x = ("Vous n\'avez "\n     "rien d\'autre")', 'x = ("Vous n’avez "\n     "rien d’autre")'),
    ],
)
def test_french_strings_of_python_get_french_typography(written, expected):
    assert repaired(written, ".py") == expected


@pytest.mark.parametrize(
    "source",
    [
        'x = "text/html; charset=utf-8"',
        'x = "It doesn\'t work: why?"',
        'def f():\n    """The accès of a tenant: what it\'s worth."""\n',
        "x = r\"(?:l'|d')é\"",
        'x = "reçu\\u00a0: oui"',
        "x = \"d MMMM y 'à' HH'h'mm\"  # typography: as is",
    ],
)
def test_other_strings_of_python_are_left_alone(source):
    assert repaired(source, ".py") == source


def test_repairing_twice_changes_nothing_more():
    source = "<p>« L'avis » : 12 € ? Oui !</p>"
    assert repaired(repaired(source, ".html"), ".html") == repaired(source, ".html")


def test_french_documents_are_repaired_outside_code():
    assert repaired("Lancer `a : b` : l'outil\n", ".md") == "Lancer `a : b`~: l’outil\n"
