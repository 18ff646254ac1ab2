"""The command line speaks French, down to Click's own words."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import mofile, pofile

WORDS = Path(__file__).parents[2] / "portal" / "cli" / "locale" / "fr" / "LC_MESSAGES"
MAIN = "from portal.cli import main; main(prog_name='portal')"


def said(*words: str) -> str:
    """Return what `portal` says, on a machine that speaks English."""
    run = subprocess.run(
        [sys.executable, "-c", MAIN, *words], capture_output=True, text=True, check=False, env={"LANG": "C.UTF-8"}
    )
    return (run.stdout + run.stderr).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--help",), "Utilisation : portal [OPTIONS] COMMANDE…"),
        (("--help",), "Montre cette aide."),
        (("frobnique",), "La commande 'frobnique' n’existe pas."),
        (("demo", "--frobnique"), "L’option '--frobnique' n’existe pas."),
        (("import",), "Il manque 'DOSSIER'."),
        (("import", "/nulle/part"), "'/nulle/part' n’existe pas."),
    ],
)
def test_click_speaks_french(words, sentence):
    assert sentence in said(*words)


def test_the_compiled_words_are_those_of_the_source():
    with (WORDS / "messages.po").open("rb") as source:
        catalogue, compiled = pofile.read_po(source, locale="fr"), BytesIO()
    mofile.write_mo(compiled, catalogue)
    assert (WORDS / "messages.mo").read_bytes() == compiled.getvalue()
