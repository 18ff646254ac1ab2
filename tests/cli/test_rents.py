"""`portal rents post`: what an Office reads at a terminal when it asks for a month."""

import pytest
from click.testing import CliRunner

from portal import config, db
from portal.cli import main, rents
from portal.domain.rents.models import RentLine, RentTerm
from portal.kernel.clock import paris_day
from portal.kernel.periods import Month
from tests.pages import plain
from tests.people import lease_of


@pytest.fixture
def month(settings, people, clock, monkeypatch):
    """An office on disk with rent lines for one lease; the month that runs."""
    config.save(settings.data, {"mode": "test", "office": {"phone": "0148790000"}})
    monkeypatch.setenv("PORTAL_DATA", str(settings.data))
    db.use(settings.database)
    with db.db.connection_context():
        RentLine.create(
            lease=lease_of(people.bruno),
            nature="loyer",
            label="Loyer principal",
            starts_on="2019-03-01",
            amount_cents=41000,
        )
    monkeypatch.setattr(rents, "SystemClock", lambda: clock)
    return Month.of(paris_day(clock.now()))


def run(*words):
    result = CliRunner().invoke(main, ["rents", "post", *map(str, words)])
    return result.exit_code, plain(result.output)


def posted(month):
    with db.db.connection_context():
        return RentTerm.select().where(RentTerm.month == month).count()


def test_a_dry_run_says_all_and_writes_nothing(month):
    status, said = run(month, "--dry-run")
    assert status == 0
    assert "À demander : 1 loyer, 410,00 € en tout" in said
    assert "Sans ligne de loyer : 3 baux (B-0001, B-0003, B-0004)" in said
    assert "Essai à blanc : rien n'a été écrit." in said
    assert posted(month) == 0


def test_a_month_is_asked_once(month):
    assert "Demandés : 1 loyer, 410,00 € en tout" in run(month)[1]
    assert "Demandés : 0 loyer, 0,00 € en tout" in run(month)[1]
    assert "Déjà demandés : 1 loyer" in run(month)[1]
    assert posted(month) == 1


@pytest.mark.parametrize("wrong", ["novembre", "2026-13", "1999-01"])
def test_what_is_no_month_or_too_far_is_refused_with_a_sentence(month, wrong):
    status, said = run(wrong)
    assert status == 1
    assert "mois" in said
