"""portal.toml: what cannot be is refused at the start, with the sentence that says what to put right."""

import pytest

from portal import config
from portal.domain.people.models import Role
from tests.pages import plain

RIGHT = 'mode = "production"\nbase_url = "https://locataires.exemple.fr"\n[office]\nphone = "0148790000"\n'


@pytest.fixture
def load(tmp_path):
    """A function that loads a portal.toml."""

    def load(text: str) -> config.Config:
        (tmp_path / "portal.toml").write_text(text, "utf-8")
        return config.load(tmp_path)

    return load


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (RIGHT.replace("https", "http"), "doit commencer par https"),
        (RIGHT.replace("0148790000", ""), "il faut le nom et le téléphone"),
        (RIGHT.replace("production", "test2"), "il faut demo ou production ou test"),
        (RIGHT + "fax = 1\n", "le réglage « fax » n'existe pas"),
        (RIGHT + "email = 1\n", "n'est pas du type attendu"),
        (RIGHT + '[access]\ndelivery = "pigeon"\n', "il faut screen ou letter"),
        (RIGHT + '[access]\nsecond_factor = "manager boss"\n', "nomme boss"),
        (RIGHT + '[claims]\nplomberie = "bientôt"\n', "compte des heures"),
        (RIGHT + "[references]\ntenant_digits = 0\n", "doivent être entre 1 et 12"),
        ("mode =", "est illisible"),
    ],
)
def test_what_cannot_be_stops_the_start(load, text, sentence):
    with pytest.raises(config.ConfigError) as refused:
        load(text)
    assert sentence in plain(str(refused.value))


def test_a_folder_without_settings_says_what_to_run(tmp_path):
    with pytest.raises(config.ConfigError, match=r"portal init.*portal demo"):
        config.load(tmp_path)


def test_the_right_settings_are_kept_as_they_were_written(load):
    config_of = load(RIGHT + '[access]\nsecond_factor = "manager  accountant"\n')
    assert config_of.access.second_factor_roles == ("manager", "accountant")
    assert config_of.office.phone == "0148790000"


def test_the_settings_name_the_roles_as_the_office_does():
    assert config.STAFF_ROLES == Role.ALL


def test_neither_key_nor_password_is_in_what_a_log_would_show(load):
    shown = repr(load(RIGHT + '[mail]\npassword = "s3cret"\n'))
    assert "s3cret" not in shown
    assert "secret_key" not in shown
