"""Sums in words, as a paper says them."""

from num2words import num2words


def euros_in_words(cents: int) -> str:
    """Return a positive sum in French words: « trois cent quatre-vingt-six euros et un centime »."""
    euros, rest = divmod(cents, 100)
    said = [_count(euros, "euro")] if euros or not rest else []
    if rest:
        said.append(_count(rest, "centime"))
    return " et ".join(said)


def _count(number: int, unit: str) -> str:
    words = num2words(number, lang="fr")
    of = "d’" if words.endswith(("million", "millions")) else ""
    return f"{words} {of}{unit}{'s' if number > 1 else ''}"
