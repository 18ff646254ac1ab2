"""`portal demo`: the accesses are printed, and a real office is left alone."""

import pytest
from click.testing import CliRunner

from portal import config
from portal.cli.demo import demo
from portal.demo import stories
from portal.demo.accesses import Access
from tests.pages import plain

OPENED = [
    Access("tenant", "keita", "mot-de-passe-1", "Mme Aminata KEÏTA", "001010104001", "0104", "À jour de ses loyers"),
    Access("administrator", "fontaine", "mot-de-passe-2", "Claire Fontaine", "", "", "Tout l’Office"),
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs the command on a data folder of its own; what happens in the office is left out."""
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(stories, "tell", lambda **_: (OPENED, ["une remise", "deux plans d’apurement"]))

    def command(*options: str):
        result = CliRunner().invoke(demo, ["--as-of", "2026-12-01", *options])
        return result.exit_code, plain(result.stdout), plain(result.stderr)

    return command


def test_the_accesses_are_printed_with_what_was_made_and_what_could_not_be(run, tmp_path):
    status, printed, _ = run("--dwellings", "12", "--months", "1")
    written = (tmp_path / "data" / "demo-acces.csv").read_text("utf-8").splitlines()[1:]
    assert status == 0
    assert printed.startswith("12 logements, ")
    assert len(written) == len(OPENED)
    for access in OPENED:
        assert access.login in printed
        assert access.password in printed
    assert "administrateur" in printed
    assert "pour montrer : une remise, deux plans d'apurement." in printed


def test_a_real_office_is_left_alone_with_a_sentence(run, tmp_path):
    config.save(tmp_path / "data", {"mode": "production", "base_url": "https://x.example", "office": {"phone": "1"}})
    status, _, said = run()
    assert status == 1
    assert "contient les données d'un vrai Office" in said


@pytest.mark.parametrize("options", [("--dwellings", "3"), ("--dwellings", "beaucoup"), ("--months", "0")])
def test_a_size_that_cannot_be_is_refused(run, tmp_path, options):
    status, *_ = run(*options)
    assert status == 2
    assert not (tmp_path / "data").exists()
