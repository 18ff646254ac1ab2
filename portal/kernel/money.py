"""Amounts of money: whole euro cents, never a float."""

import re
from decimal import Decimal

AMOUNT = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,2})?")
MINUS = "\u2212"
SPACES = str.maketrans("", "", " \u00a0\u202f€")


def parse_euros(text: str) -> int:
    """Read an amount as a person or a file writes it (« 1 234,56 € », « -49.09 ») and return cents.

    Raises ValueError when it is not an amount with two decimals at most.
    """
    plain = text.translate(SPACES).replace(MINUS, "-")
    if not AMOUNT.fullmatch(plain):
        raise ValueError(text)
    return int(Decimal(plain.replace(",", ".")) * 100)


def in_euros(cents: int) -> str:
    """Write an amount as a sentence says it: « 1 234,56 € », with no-break spaces; « −12,00 € » when it is negative."""
    euros, rest = divmod(abs(cents), 100)
    grouped = f"{euros:,}".replace(",", "\u00a0")
    return f"{MINUS if cents < 0 else ''}{grouped},{rest:02d}\u00a0€"


def in_digits(cents: int) -> str:
    """Write an amount for a spreadsheet that speaks French: « -1234,56 », which it reads as a number."""
    return in_euros(cents).replace("\u00a0", "").replace(MINUS, "-").removesuffix("€")
