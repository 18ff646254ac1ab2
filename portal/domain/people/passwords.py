"""Passwords: those the Office generates, those a tenant chooses, and what is kept of them (argon2id)."""

import hashlib
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.domain.errors import DomainError
from portal.kernel.references import comparable_name

# No character that can be taken for another, in print or by hand: no i l o s z, no 0 1 2 5 8.
ALPHABET = "abcdefghjkmnpqrtuvwxy34679"
GROUPS, GROUP = 3, 4
SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT = 5
SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "01234567890123456789",
)
COMMON = Path(__file__).with_name("common_passwords.txt")
PICTURE_OF_NOBODY = "nobody"

_costs = {"time_cost": 3, "memory_cost": 19456, "parallelism": 1}  # above OWASP's least (19 MiB, 2 passes), in 2026


def use_cheap_hashes() -> None:
    """Make hashing cheap, for tests only."""
    _costs.update(time_cost=1, memory_cost=8)
    _hasher.cache_clear()
    _dummy.cache_clear()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(**_costs)


@cache
def _dummy() -> str:
    return _hasher().hash(PICTURE_OF_NOBODY)


def generate() -> str:
    """Return a new password of 12 unambiguous characters (56 bits) in groups of four: « k7mf-3xqa-r9tw »."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def derive(seed: bytes) -> str:
    """Return the password that a secret seed of 128 bits or more gives, always the same, made like the others."""
    letters, block = "", 0
    fair = 256 - 256 % len(ALPHABET)  # bytes above would make the first letters likelier
    while len(letters) < GROUPS * GROUP:
        drawn = hashlib.sha256(seed + block.to_bytes(2, "big")).digest()
        letters += "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn if byte < fair)
        block += 1
    return "-".join(letters[at : at + GROUP] for at in range(0, GROUPS * GROUP, GROUP))


def generate_login(family_name: str) -> str:
    """Return a login: the first letters of the name and four unambiguous characters (« keita7kx4 »)."""
    letters = "".join(letter for letter in comparable_name(family_name) if "a" <= letter <= "z")[:6]
    return (letters or "client") + "".join(secrets.choice(ALPHABET) for _ in range(GROUP))


def canonical_login(typed: str) -> str:
    """Return a login as it is kept: no case, accents, spaces or dashes."""
    return comparable_name(typed)


def canonical(typed: str) -> str:
    """Return what is hashed of a password.

    One that looks generated loses its case, spaces and dashes; any other is kept as typed, but for the ways
    keyboards write one same accent (NFC) and the spaces around it.
    """
    compact = "".join(letter for letter in typed.casefold() if not letter.isspace() and letter not in "-‐‑–—_.")
    if len(compact) == GROUPS * GROUP and set(compact) <= set(ALPHABET):
        return compact
    return unicodedata.normalize("NFC", typed.strip())


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _hasher().hash(canonical(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Say whether a password is the one of a hash; without a hash, take as long to say no."""
    try:
        _hasher().verify(password_hash or _dummy(), canonical(password)[: LONGEST * 2])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())


def check_chosen(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Refuse a password anybody would try first; `about` holds the names and numbers of the person and the Office.

    12 characters at least and 128 at most, no rule of composition (ASVS 5.0, 6.2.1 to 6.2.12). Raises DomainError.
    """
    text = canonical(password)
    if len(text) < SHORTEST:
        raise DomainError(
            f"Choisissez un mot de passe d’au moins {SHORTEST} caractères. Une petite phrase convient très bien."
        )
    if len(text) > LONGEST:
        raise DomainError(f"Choisissez un mot de passe de {LONGEST} caractères au plus.")
    flat = comparable_name(text)
    if len(set(flat)) < FEWEST_DIFFERENT or _is_run(flat) or _without_digits(flat) in _common() or flat in _common():
        raise DomainError(
            "Ce mot de passe est trop facile à deviner. Choisissez par exemple quatre mots sans lien entre eux."
        )
    if _made_of(flat, about):
        raise DomainError(
            "Ce mot de passe reprend votre nom, votre numéro ou le nom de l’Office. Choisissez-en un autre."
        )


def _without_digits(flat: str) -> str:
    return flat.strip("0123456789")


def _is_run(flat: str) -> bool:
    return any(flat in run * 2 or flat in run[::-1] * 2 for run in SEQUENCES)


def _made_of(flat: str, about: tuple[str, ...]) -> bool:
    """Say whether little is left of a password once what is known of the person is taken out."""
    rest = flat
    for known in sorted({comparable_name(each) for each in about}, key=len, reverse=True):
        if len(known) >= GROUP:
            rest = rest.replace(known, "")
    return rest != flat and len(_without_digits(rest)) < GROUP + 1
