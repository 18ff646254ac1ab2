"""`portal init`: a real Office, ready in one command, and never over another."""

import pytest
from click.testing import CliRunner

from portal import config, db
from portal.cli import main
from portal.domain.people.models import Access, Staff
from tests.pages import plain

ANSWERS = ("--office", "OPH d’Essai", "--phone", "01 48 79 00 00", "--email", "", "--admin", "Alice Martin")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs `portal init` in an empty data folder."""
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "data"))
    yield lambda *words: CliRunner().invoke(main, ["init", *words])
    db.close()


def test_the_first_administrator_gets_an_access_and_the_office_is_in_production(run, tmp_path):
    done = run("--base-url", "https://locataires.exemple.fr/", *ANSWERS)
    assert done.exit_code == 0
    assert "Identifiant : martin" in plain(done.output)
    settings = config.load(tmp_path / "data")
    assert (settings.mode, settings.base_url) == ("production", "https://locataires.exemple.fr")
    with db.db.connection_context():
        assert Access.get().staff == Staff.get(Staff.name == "Alice Martin", Staff.role == "administrator")


def test_who_sees_every_file_or_moves_money_gives_a_code_from_a_telephone(run, tmp_path):
    run("--base-url", "https://locataires.exemple.fr", *ANSWERS)
    roles = config.load(tmp_path / "data").access.second_factor_roles
    assert roles == ("administrator", "manager", "accountant")


def test_an_office_that_is_there_is_never_touched(run, tmp_path):
    run("--base-url", "https://locataires.exemple.fr", *ANSWERS)
    before = (tmp_path / "data" / "portal.toml").read_bytes()
    again = run("--base-url", "https://autre.exemple.fr", *ANSWERS)
    assert again.exit_code == 1
    assert "rien n'a été changé" in plain(again.output)
    assert (tmp_path / "data" / "portal.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("url", "phone", "sentence"),
    [
        ("http://locataires.exemple.fr", "01 48 79 00 00", "doit commencer par https"),
        ("https://locataires.exemple.fr", " ", "Il faut le téléphone"),
    ],
)
def test_an_office_that_could_not_serve_is_refused(run, tmp_path, url, phone, sentence):
    refused = run("--base-url", url, *ANSWERS[:3], phone, *ANSWERS[4:])
    assert refused.exit_code == 1
    assert sentence in plain(refused.output)
    assert not (tmp_path / "data" / "portal.toml").exists()
