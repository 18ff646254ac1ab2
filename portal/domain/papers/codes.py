"""The short code printed on a paper: a signature a person can type, checked against what the paper says."""

import hashlib
import hmac

from portal.domain.papers.keys import Key

# No letter that is taken for another: I and L are read as 1, O as 0; U is left out (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "\u00a0": "", "\u202f": "", ".": ""})
LENGTH, GROUP = 12, 4


def code_of(snapshot: str, *, key: Key) -> str:
    """Return the code of a paper: 60 bits of the HMAC-SHA-256 of all it says, number included, as twelve characters."""
    digest = int.from_bytes(hmac.digest(key.secret, snapshot.encode(), hashlib.sha256)[:8]) >> 4
    return "".join(ALPHABET[digest >> 5 * place & 31] for place in reversed(range(LENGTH)))


def matches(code: str, snapshot: str, *, key: Key) -> bool:
    """Say whether a code is the one this key gives to what a paper says."""
    return hmac.compare_digest(code, code_of(snapshot, key=key))


def canonical_code(text: str) -> str:
    """Return a code as it is kept, from what a person typed: case, spaces, dashes and look-alikes do not count."""
    return text.strip().upper().translate(READ_AS)[: 2 * LENGTH]


def printed_code(code: str) -> str:
    """« 7KQF-2M9X-4TRW », as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
