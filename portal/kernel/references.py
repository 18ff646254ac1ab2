"""The numbers printed on the notices: text, for leading zeros count."""

import re
import unicodedata

NOT_A_DIGIT = re.compile(r"[\s\u00a0\u202f.\-/]+")


def compact_digits(text: str) -> str:
    """Return a dwelling reference or tenant number without the spaces, dots and dashes people type in it."""
    return NOT_A_DIGIT.sub("", text)


def comparable_name(text: str) -> str:
    """Return a family name as it is compared: no case, accents, hyphens, apostrophes or spaces."""
    flat = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE").replace("ø", "o")
    flat = flat.replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("đ", "d").replace("Đ", "D").replace("ı", "i")
    decomposed = unicodedata.normalize("NFKD", flat).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())
