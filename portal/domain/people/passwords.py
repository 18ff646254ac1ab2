"""Passwords: those the Office generates, those a tenant chooses, and what is kept of them (argon2id)."""

import hashlib
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from string import ascii_lowercase, digits

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
    "0123456789",
)
DASHES = "-‐‑–—_."
COMMON = Path(__file__).with_name("common_passwords.txt")
PICTURE_OF_NOBODY = "nobody"

_costs = {"time_cost": 3, "memory_cost": 19456, "parallelism": 1}  # above OWASP's least (19 MiB, 2 passes), in 2026
CHEAP = {"time_cost": 1, "memory_cost": 8}


def use_cheap_hashes() -> None:
    """Make hashing cheap, for tests only."""
    _costs.update(CHEAP)
    _hasher.cache_clear()
    _dummy.cache_clear()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=_costs["time_cost"], memory_cost=_costs["memory_cost"], parallelism=_costs["parallelism"]
    )


@cache
def _dummy() -> str:
    return _hasher().hash(PICTURE_OF_NOBODY)


def generate() -> str:
    """Return a new password of 12 unambiguous characters (56 bits) in groups of four: « k7mf-3xqa-r9tw »."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def derive(seed: bytes) -> str:
    """Return the password that a secret seed of 128 bits or more gives, always the same, made like the others."""
    left, letters = int.from_bytes(hashlib.sha256(seed).digest()), ""
    for _ in range(GROUPS * GROUP):  # 56 bits out of 256: no letter is likelier than another
        left, rank = divmod(left, len(ALPHABET))
        letters += ALPHABET[rank]
    return "-".join(letters[at : at + GROUP] for at in range(0, GROUPS * GROUP, GROUP))


def generate_login(family_name: str) -> str:
    """Return a login: the first letters of the name and four unambiguous characters (« keita7kx4 »)."""
    letters = "".join(letter for letter in comparable_name(family_name) if letter in ascii_lowercase)[:6]
    return (letters or "client") + "".join(secrets.choice(ALPHABET) for _ in range(GROUP))


def canonical_login(typed: str) -> str:
    """Return a login as it is kept: no case, accents, spaces or dashes."""
    return comparable_name(typed)


def canonical(typed: str) -> str:
    """Return what is hashed of a password.

    One that looks generated loses its case, spaces and dashes; any other is kept as typed, but for the ways
    keyboards write one same accent (NFC) and the spaces around it.
    """
    compact = "".join(letter for letter in typed.casefold() if not letter.isspace() and letter not in DASHES)
    if len(compact) == GROUPS * GROUP and set(compact).issubset(ALPHABET):
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
    return flat.strip(digits)


def _is_run(flat: str) -> bool:
    """Say whether a password follows a sequence, either way, round and round."""
    return any(flat in run * LONGEST or flat in run[::-1] * LONGEST for run in SEQUENCES)


def _made_of(flat: str, about: tuple[str, ...]) -> bool:
    """Say whether little is left of a password once what is known of the person is taken out."""
    rest = flat
    for known in sorted({comparable_name(each) for each in about}, key=len, reverse=True):
        if len(known) >= GROUP:
            rest = rest.replace(known, "")
    return rest != flat and len(_without_digits(rest)) < GROUP + 1
