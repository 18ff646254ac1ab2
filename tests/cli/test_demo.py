"""`portal demo`: the accesses are printed, and a real office is left alone."""

import pytest
from click.testing import CliRunner

from portal import config
from portal.cli.demo import demo
from portal.domain.people import passwords


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs the command on a data folder of its own."""
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")

    def command(*options: str):
        result = CliRunner().invoke(demo, ["--as-of", "2026-11-23", *options])
        return result.exit_code, result.output.replace("\u00a0", " ").replace("\u202f", " ")

    return command


def test_the_accesses_are_printed_with_what_was_made(run, tmp_path):
    status, printed = run("--dwellings", "16", "--months", "2")
    written = (tmp_path / "data" / "demo-acces.csv").read_text("utf-8").splitlines()[1:]
    assert status == 0
    assert printed.startswith("16 logements, ")
    assert all(
        login in printed and password in printed for _, login, password, *_ in (line.split(";") for line in written)
    )
    assert "administrateur" in printed


def test_a_real_office_is_left_alone_with_a_sentence(run, tmp_path):
    config.save(tmp_path / "data", {"mode": "production", "base_url": "https://x.example", "office": {"phone": "1"}})
    status, printed = run()
    assert status == 1
    assert "contient les données d’un vrai Office" in printed


@pytest.mark.parametrize("options", [("--dwellings", "3"), ("--dwellings", "beaucoup"), ("--months", "0")])
def test_a_size_that_cannot_be_is_refused(run, tmp_path, options):
    status, _ = run(*options)
    assert status == 2
    assert not (tmp_path / "data").exists()
