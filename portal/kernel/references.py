"""The numbers printed on the notices: text, for leading zeros count."""

import re
import unicodedata

NOT_A_DIGIT = re.compile(r"[\s\u00a0\u202f.\-/]+")

# Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)


def compact_digits(text: str) -> str:
    """Return a dwelling reference or tenant number without the spaces, dots and dashes people type in it."""
    return NOT_A_DIGIT.sub("", text)


def comparable_name(text: str) -> str:
    """Return a family name as it is compared: no case, accents, hyphens, apostrophes or spaces."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS)).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())
