"""`portal staff` and `portal letters`, as they are typed."""

from dataclasses import replace

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from portal import config, db
from portal.cli import main
from portal.domain.people.models import Access, Letter, SecondFactor
from tests.people import NOW


@pytest.fixture
def run(app, monkeypatch):
    """A function that runs `portal` on the cast's office."""
    monkeypatch.setattr(config, "load", lambda *_: replace(app.portal))
    return lambda *words: CliRunner().invoke(main, words)


def test_a_member_of_staff_gets_a_new_password_at_the_terminal(run):
    given = run("staff", "password", "marc")
    assert given.exit_code == 0
    assert given.output.splitlines()[0].replace("\u00a0", " ") == "Identifiant : marc"


def test_an_unknown_login_is_said(run):
    refused = run("staff", "password", "aminata")
    assert refused.exit_code == 1
    assert "Aucun agent" in refused.output


def test_a_lost_telephone_is_forgotten_at_the_terminal(run, people):
    with db.db.connection_context():
        access = Access.get(Access.staff == people.admin)
        SecondFactor.create(access=access, secret="A" * 32, set_at=NOW, last_step=0)
    assert run("staff", "forget-phone", "Alice").exit_code == 0
    with db.db.connection_context():
        assert SecondFactor.select().count() == 0
    assert "Aucun agent" in run("staff", "forget-phone", "aminata").output


def test_the_letters_that_wait_are_written_once_and_nothing_is_overwritten(run, people, tmp_path):
    with db.db.connection_context():
        Letter.create(tenant=people.aminata, kind="access_opened", asked_at=NOW)
    out = tmp_path / "courriers.pdf"
    assert run("letters", "print", str(out)).exit_code == 0
    assert len(PdfReader(out).pages) == 1
    assert out.stat().st_mode & 0o077 == 0
    assert "existe déjà" in run("letters", "print", str(out)).output
    assert "Aucun courrier" in run("letters", "print", str(tmp_path / "again.pdf")).output
