"""Passwords given and chosen."""

import importlib.util

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
    "good", ["cheval pile agrafe vert", "Keïta aime le riz au lait", "é" * 4 + "abcdefgh ijk", "k7mf-3xqa-r9tw"]
)
def test_a_small_sentence_is_welcome(good):
    passwords.check_chosen(good, about=ABOUT)


SHORT, LONG, EASY, KNOWN = "au moins 12", "128 caractères au plus", "trop facile", "reprend votre nom"


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("cheval pile", SHORT),  # 11 characters
        ("cheval pile!", ""),  # 12
        ("   cheval pile   ", SHORT),  # spaces around do not count
        ("cheval pile " + "agrafe" * 19 + "xy", ""),  # 128
        ("cheval pile " + "agrafe" * 19 + "xyz", LONG),  # 129
        ("abcd abcd abcd", EASY),  # four different characters
        ("abcd abcd abce", ""),  # five
        ("abcdefghijkl", EASY),
        ("xyzabcdefghi", EASY),  # the alphabet goes round
        ("abcdefghijklmnopqrstuvwxyz" * 3, EASY),  # as many times as one likes
        ("9876543210" * 6, EASY),
        ("lkjihgfedcba", EASY),
        ("qwertyuiopas", EASY),
        ("poiuytrezaml", ""),
        ("098765432109", EASY),
        ("abcdefghijkm", ""),  # one letter away from the alphabet
        ("PASSWORD-2026-2026", EASY),  # a common word dressed with digits
        ("2026motdepasse2026", EASY),
        ("motdepasse bleu", ""),
        ("Keïta-0001-2026", KNOWN),
        ("Keïta Keïta abcd", KNOWN),  # four characters are left
        ("Keïta Keïta abcde", ""),  # five
        ("0001 0001 0001", EASY),
        ("fnac fnac fnacé", KNOWN),  # « fnac » has four characters: it is taken out
        ("zoé zoé zoé 1234", ""),  # « Zoé » has three: it is not
        ("OPHdAulnaysousBois", KNOWN),
    ],
)
def test_each_rule_of_a_chosen_password_has_its_edge(typed, refused):
    about = (*ABOUT, "Fnac", "Zoé", "", "   ")
    if not refused:
        passwords.check_chosen(typed, about=about)
        return
    with pytest.raises(DomainError, match=refused):
        passwords.check_chosen(typed, about=about)


def test_every_common_password_is_refused_and_digits_around_a_word_hide_nothing():
    common = passwords.COMMON.read_text("utf-8").split()
    long = [each for each in common if len(each) >= passwords.SHORTEST]
    dressed = [f"19{word}20267777" for word in common if word.isalpha()]
    assert min(len(long), len(dressed)) > 100
    for typed in (*long, *map(str.upper, long), *dressed):
        with pytest.raises(DomainError):
            passwords.check_chosen(typed)


@pytest.mark.parametrize(
    ("typed", "about"),
    [("martinez martinez", ("mart", "martinez")), ("Anne-Marie Anne-Marie", ("Marie", "Anne-Marie"))],
)
def test_the_longest_known_word_is_taken_out_first(typed, about):
    with pytest.raises(DomainError, match=KNOWN):
        passwords.check_chosen(typed, about=about)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("K7MF-3XQA-R9TW", "k7mf3xqar9tw"),
        ("k7mf_3xqa.r9tw", "k7mf3xqar9tw"),
        ("k7mf\u20113xqa\u2010r9tw", "k7mf3xqar9tw"),
        ("K7MF-3XQA-R9T", "K7MF-3XQA-R9T"),  # eleven: not one of ours, kept as typed
        ("K7MF-3XQA-R9TW3", "K7MF-3XQA-R9TW3"),
        ("K7MF-3XQA-R9TL", "K7MF-3XQA-R9TL"),  # l is not a letter of ours
    ],
)
def test_only_what_looks_generated_loses_its_case_and_dashes(typed, kept):
    assert passwords.canonical(typed) == kept


def test_a_password_far_too_long_is_wrong_and_costs_no_more():
    kept = passwords.hashed("x" * 256)
    assert passwords.is_right("x" * 256, kept)
    assert passwords.is_right("x" * 10_000, kept), "what is above 256 characters is not even read"
    assert not passwords.is_right("x" * 255, kept)


def test_a_hash_that_is_none_is_nobodys():
    for broken in ("", "!", "not a hash"):
        assert not passwords.is_right("x", broken)


def test_a_seed_gives_one_password_made_like_the_others_and_fairly():
    assert passwords.derive(b"s" * 32) == "3yyp-pjjx-fdxy", "whoever treats the press, now or later"
    drawn = "".join(passwords.derive(bytes([rank // 256, rank % 256])) for rank in range(3000)).replace("-", "")
    assert set(drawn) == set(passwords.ALPHABET)
    counts = [drawn.count(letter) for letter in passwords.ALPHABET]
    mean = len(drawn) / len(counts)
    assert max(abs(count - mean) for count in counts) < 5 * mean**0.5, "no letter is likelier than another"


def test_an_office_hashes_at_the_cost_that_was_decided():
    """Argon2id, above the least that OWASP recommends (19 MiB, 2 passes); the tests alone use less."""
    spec = importlib.util.spec_from_file_location("passwords_of_an_office", passwords.__file__)
    of_an_office = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(of_an_office)
    assert of_an_office.hashed("x").startswith("$argon2id$v=19$m=19456,t=3,p=1$")


@pytest.mark.parametrize(
    ("name", "login"),
    [("N’Diaye-Şahin", "ndiaye"), ("Keïta", "keita"), ("Le Goff", "legoff"), ("Нгуен", "client"), ("", "client")],
)
def test_a_login_is_the_first_letters_of_the_name_and_four_characters(name, login):
    made = passwords.generate_login(name)
    assert (made[: len(login)], len(made)) == (login, len(login) + 4)
    assert set(made[len(login) :]) <= set(passwords.ALPHABET)


def test_a_login_is_typed_with_or_without_case_accents_and_dashes():
    assert passwords.canonical_login(" Keïta-7KX4 ") == "keita7kx4"
