"""`portal import`: the report in French, and a status that a script can read."""

import getpass
from datetime import date

import pytest
from click.testing import CliRunner

from portal import config, db
from portal.cli.imports import import_command, told
from portal.domain.audit.models import Trace
from portal.domain.housing.models import Lodge
from portal.domain.imports.report import Counts, Report, Twin

LODGES = "code;nom;adresse;telephone;courriel;horaires\nL1;Loge des Tilleuls;;;;\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs the command in an office of its own."""
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "data"))
    config.save(tmp_path / "data", {"mode": "demo"})
    folder = tmp_path / "files"
    folder.mkdir()

    def command(content: str, *options: str):
        (folder / "loges.csv").write_text(content)
        result = CliRunner().invoke(import_command, [str(folder), *options])
        return result.exit_code, result.stdout.replace("\u00a0", " ").splitlines()

    return command


def lodges() -> int:
    with db.db.connection_context():
        return Lodge.select().count()


def test_a_folder_is_taken_in_and_counted(run):
    status, lines = run(LODGES)
    assert status == 0
    assert lines[1].split() == ["loges", "1", "0", "0"]
    assert lines[-1] == "Import terminé."
    assert lodges() == 1


def test_the_second_time_says_that_nothing_changes(run):
    run(LODGES)
    assert run(LODGES)[1][-1] == "Rien à changer : tout était déjà là."


def test_a_dry_run_says_that_nothing_was_written(run):
    status, lines = run(LODGES, "--dry-run")
    assert (status, lines[-1]) == (0, "Essai à blanc : les fichiers sont bons, rien n’a été écrit.")
    assert lodges() == 0


def test_what_is_taken_in_leaves_a_trace_and_nothing_else_does(run):
    run(LODGES, "--dry-run"), run(LODGES + "L2;;;;;\n"), run(LODGES), run(LODGES)
    with db.db.connection_context():
        traces = [trace.detail.partition(": ") for trace in Trace.select().where(Trace.act == "imported_files")]
    assert [files for _, _, files in traces] == ["loges.csv +1 ~0 =0"]
    assert traces[0][0] == f"by {getpass.getuser()}"


def test_a_refusal_lists_the_errors_and_has_status_1(run):
    status, lines = run(LODGES + "L2;;;;;\n")
    assert status == 1
    assert lines == [
        "loges.csv, ligne 3, colonne « nom » : cellule vide, attendu un texte.",
        "Import refusé : 1 erreur. Rien n’a été écrit.",
    ]


def test_the_errors_that_are_not_shown_are_counted(run):
    _status, lines = run(LODGES + "".join(f"M{rank};;;;;\n" for rank in range(250)))
    assert lines[-2:] == ["… et 50 autres erreurs.", "Import refusé : 250 erreurs. Rien n’a été écrit."]


def test_without_settings_the_command_says_what_to_do(run, tmp_path):
    (tmp_path / "data" / "portal.toml").unlink()
    result = CliRunner().invoke(import_command, [str(tmp_path)])
    assert result.exit_code == 1
    assert "portal init" in result.stderr


def test_what_looks_typed_twice_is_told_before_the_last_word():
    twin = Twin("reglements.csv", 4, "2014-1", 5000, "Chèque", date(2026, 11, 16))
    lines = told(Report(counts={"reglements": Counts(1)}, twins=[twin], twin_count=3))
    assert lines[2].startswith("À vérifier, ces règlements ont peut-être déjà été saisis")
    assert lines[3:] == [twin.sentence, "… et 2 autres.", "Import terminé."]
