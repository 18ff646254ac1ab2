"""The command line speaks French, down to Click's own words."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from babel.messages import mofile, pofile

WORDS = Path(__file__).parents[2] / "portal" / "cli" / "locale" / "fr" / "LC_MESSAGES"
SENTENCES = {
    ("--help",): ("Utilisation : portal [OPTIONS] COMMANDE…", "Montre cette aide."),
    ("frobnique",): ("La commande 'frobnique' n’existe pas.",),
    ("demo", "--frobnique"): ("L’option '--frobnique' n’existe pas.",),
    ("import",): ("Il manque 'DOSSIER'.",),
    ("import", "/nulle/part"): ("'/nulle/part' n’existe pas.",),
}
# Every command in turn, in one process: what each says, as one line of JSON.
MAIN = """
import contextlib, io, json, sys
from portal.cli import main
for words in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        main(words, prog_name="portal")
    print(json.dumps(said.getvalue()))
"""


def test_click_speaks_french_on_a_machine_that_speaks_english():
    run = subprocess.run(
        [sys.executable, "-c", MAIN],
        input=json.dumps(list(SENTENCES)),
        capture_output=True,
        text=True,
        check=True,
        env={"LANG": "C.UTF-8"},
    )
    for (words, sentences), line in zip(SENTENCES.items(), run.stdout.splitlines(), strict=True):
        for sentence in sentences:
            assert sentence in json.loads(line).replace("\u00a0", " "), words


def test_the_compiled_words_are_those_of_the_source():
    with (WORDS / "messages.po").open("rb") as source:
        catalogue, compiled = pofile.read_po(source, locale="fr"), BytesIO()
    mofile.write_mo(compiled, catalogue)
    assert (WORDS / "messages.mo").read_bytes() == compiled.getvalue()
