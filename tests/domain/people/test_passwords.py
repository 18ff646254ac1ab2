"""Passwords given and chosen."""

import pytest

from portal.domain.errors import DomainError
from portal.domain.people import passwords

ABOUT = ("Keïta", "0001", "OPH d’Aulnay-sous-Bois")


def test_a_generated_password_has_fifty_bits_in_groups_of_four():
    given = passwords.generate()
    assert [len(group) for group in given.split("-")] == [4, 4, 4]
    assert len(passwords.ALPHABET) ** 12 >= 2**50
    assert passwords.generate() != given


def test_no_character_can_be_taken_for_another():
    assert not set("ilosz01258") & set(passwords.ALPHABET)


@pytest.mark.parametrize("typed", ["K7MF3XQAR9TW", "k7mf 3xqa r9tw", "k7mf–3xqa—r9tw "])
def test_a_generated_password_forgives_case_spaces_and_dashes(typed):
    assert passwords.is_right(typed, passwords.hashed("k7mf-3xqa-r9tw"))


def test_a_chosen_password_is_kept_to_the_letter():
    kept = passwords.hashed("Cheval Pile Agrafe Vert")
    assert passwords.is_right("Cheval Pile Agrafe Vert", kept)
    assert not passwords.is_right("cheval pile agrafe vert", kept)


def test_the_same_accent_typed_two_ways_is_one_password():
    assert passwords.is_right("e\u0301te\u0301 comme hiver", passwords.hashed("\u00e9t\u00e9 comme hiver"))


def test_nobody_has_no_password():
    assert not passwords.is_right(passwords.PICTURE_OF_NOBODY, None)


@pytest.mark.parametrize(
    "weak",
    [
        "court",
        "aaaaaaaaaaaaaa",
        "123456789012",
        "azertyuiopqs",
        "motdepasse2026",
        "Keïta-0001-2026",
        "OPHdAulnaysousBois",
        "x" * 129,
    ],
)
def test_what_anybody_would_try_first_is_refused(weak):
    with pytest.raises(DomainError):
        passwords.check_chosen(weak, about=ABOUT)


@pytest.mark.parametrize(
    "good", ["cheval pile agrafe vert", "Keïta aime le riz au lait", "é" * 4 + "abcdefgh ijk", "k7mf-3xqa-r9tw"]
)
def test_a_small_sentence_is_welcome(good):
    passwords.check_chosen(good, about=ABOUT)


def test_a_login_is_the_name_and_four_characters():
    assert passwords.generate_login("N’Diaye-Şahin").startswith("ndiaye")
    assert passwords.generate_login("Нгуен").startswith("client")
