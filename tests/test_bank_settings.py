"""The shop's settings: what cannot be stops the start with a sentence, and the keys are never shown."""

import logging

import pytest
from click.testing import CliRunner

from portal import config, create_app, db
from portal.bank_settings import BankSettings
from portal.cli import main
from portal.domain.payments.models import BankNotification
from portal.kernel.clock import FixedClock
from portal.web.bank import the_shop
from tests.bank import begin, body_of
from tests.people import NOW, People

TEST_KEY, PRODUCTION_KEY = "kT7wQ2zLm9Xc4Vb8", "pR5nH3yJd6Sf1Ga0"
OFFICE = {"name": "OPH", "phone": "0148790000"}
SHOP = {"site_id": "12345678", "test_key": TEST_KEY}
REAL = {"mode": "production", "base_url": "https://locataires.exemple.fr", "trusted_proxies": 1, "office": OFFICE}


def load(tmp_path, **settings):
    """Write settings and load them."""
    config.save(tmp_path, settings)
    return config.load(tmp_path)


def check(tmp_path, monkeypatch, **settings):
    """Run « portal payments check » on settings."""
    config.save(tmp_path, settings)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    return CliRunner().invoke(main, ["payments", "check"])


def test_a_demonstration_has_its_own_bank_and_a_real_office_has_none(tmp_path):
    demo = load(tmp_path / "a", mode="demo")
    assert (demo.bank.demo, demo.bank.mode, demo.pays_online) == (True, "TEST", True)
    assert len(demo.bank.test_key) == 16
    real = load(tmp_path / "b", **REAL)
    assert (real.bank.demo, real.pays_online) == (False, False)


def test_a_demonstration_that_names_a_shop_uses_it(tmp_path):
    assert load(tmp_path, mode="demo", bank=SHOP).bank.demo is False


def test_two_demonstrations_have_two_keys(tmp_path):
    assert load(tmp_path / "a", mode="demo").bank.test_key != load(tmp_path / "b", mode="demo").bank.test_key


@pytest.mark.parametrize(
    ("bank", "sentence"),
    [
        ({"demo": True}, "ne peut pas servir en production"),
        ({"mode": "LIVE"}, "il faut TEST ou PRODUCTION"),
        ({"site_id": "1234", "test_key": TEST_KEY}, "8 chiffres"),
        ({"site_id": "12345678"}, "Il manque la clé"),
        ({"site_id": "12345678", "mode": "PRODUCTION", "test_key": TEST_KEY}, "bank.production_key"),
        ({"test_key": TEST_KEY}, "Il manque le numéro de la boutique"),
        (SHOP | {"url": "http://paiement.example/"}, "https://"),
        (SHOP | {"key": "x"}, "n’existe pas"),
        (SHOP | {"site_id": 12345678}, "n’est pas du type attendu"),
    ],
)
def test_what_cannot_be_stops_the_start(tmp_path, bank, sentence):
    with pytest.raises(config.ConfigError, match=sentence) as error:
        load(tmp_path, **REAL, bank=bank)
    assert TEST_KEY not in str(error.value)


def test_real_money_is_for_a_real_office(tmp_path):
    with pytest.raises(config.ConfigError, match="vrai argent"):
        load(tmp_path, mode="demo", bank=SHOP | {"mode": "PRODUCTION", "production_key": PRODUCTION_KEY})


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_BANK_MODE", "PRODUCTION")
    monkeypatch.setenv("PORTAL_BANK_PRODUCTION_KEY", PRODUCTION_KEY)
    found = load(tmp_path, **REAL, bank=SHOP)
    assert (found.bank.mode, found.bank.key, found.pays_online) == ("PRODUCTION", PRODUCTION_KEY, True)


def test_a_shop_in_test_is_closed_in_a_real_office(tmp_path):
    assert load(tmp_path, **REAL, bank=SHOP).pays_online is False


def test_the_check_says_what_is_missing_and_ends_badly(tmp_path, monkeypatch):
    told = check(tmp_path, monkeypatch, **REAL)
    assert "« site_id » manque" in told.output.replace("\u00a0", " ")
    assert told.exit_code == 1


def test_the_check_tells_the_address_to_write_at_the_bank_and_never_a_key(tmp_path, monkeypatch):
    bank = SHOP | {"mode": "PRODUCTION", "production_key": PRODUCTION_KEY}
    told = check(tmp_path, monkeypatch, **REAL, bank=bank)
    assert told.exit_code == 0
    assert "https://locataires.exemple.fr/banque/notification" in told.output
    assert TEST_KEY not in told.output
    assert PRODUCTION_KEY not in told.output


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"bank": SHOP}, "la page de paiement reste fermée"),
        ({"bank": {**SHOP, "production_key": TEST_KEY, "mode": "PRODUCTION"}}, "les mêmes"),
        ({"bank": {**SHOP, "test_key": "court"}}, "5 caractères"),
        ({"bank": SHOP, "trusted_proxies": 0}, "il faut 1"),
        ({"bank": SHOP, "base_url": "https://locataires.exemple.fr/"}, "barre oblique"),
    ],
)
def test_the_check_says_what_contradicts_itself(tmp_path, monkeypatch, settings, sentence):
    told = check(tmp_path, monkeypatch, **REAL | settings)
    assert sentence in told.output.lower().replace("Les", "les")
    assert told.exit_code == 1


def test_the_demonstration_bank_has_no_counter_where_it_is_off(settings, clock):
    from dataclasses import replace

    app = create_app(replace(settings, bank=BankSettings(**SHOP)), clock)
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("demo_bank")]


def test_the_keys_are_in_no_repr_no_log_no_error_page_and_no_note(furnished: tuple, settings, people: People, caplog):
    """Everything that could be read by somebody is searched for both keys."""
    from dataclasses import replace

    caplog.set_level(logging.DEBUG)
    bank = BankSettings(site_id="00000000", test_key=TEST_KEY, production_key=PRODUCTION_KEY, demo=True)
    app = create_app(replace(settings, bank=bank), FixedClock(NOW))
    client, seen = app.test_client(), [repr(app.portal), str(app.portal.bank), repr(vars(app.portal.bank).keys())]
    with db.db.connection_context():
        payment = begin(people.bruno)
    bodies = [body_of(payment, key=TEST_KEY), body_of(payment), body_of(payment, "REFUSED", key=TEST_KEY), b"\xff"]
    seen += [client.post("/banque/notification", data=body).text for body in bodies]
    seen += [client.post("/banque-demo", data=form).text for form in ({}, {"vads_ctx_mode": "TEST", "signature": "x"})]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.domain.payments.actions.receive", broken)
        seen.append(client.post("/banque/notification", data=bodies[0]).text)
    with app.test_request_context(), db.db.connection_context():
        seen += [repr(the_shop()), repr(payment), *(f"{row.facts} {row.address}" for row in BankNotification.select())]
    seen += [f"{record.getMessage()} {record.exc_text} {record.args}" for record in caplog.records]
    assert len(caplog.records) > 3
    assert not [text for text in seen if TEST_KEY in text or PRODUCTION_KEY in text]


def broken(*, body, shop, **_):
    """Break while the keys are at hand."""
    raise RuntimeError(f"broken with {shop} and {len(body)} bytes")
