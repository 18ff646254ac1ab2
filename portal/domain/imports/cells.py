"""What a cell may hold: each reader returns a value or raises ValueError, telling what it expected."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from portal.kernel.money import parse_euros
from portal.kernel.periods import Month
from portal.kernel.references import compact_digits

FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DECIMAL = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?")
CODE = re.compile(r"[^\s;\x00-\x1f\x7f]{1,40}")
WHOLE = re.compile(r"-?[0-9]{1,9}")
SPACES = re.compile(r"[ \t\r\n]+")  # no-break spaces are the writer's choice: « 8 h »
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
YEARS = range(1800, 2200)
MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")

Reader = Callable[[str], object]
KeyReader = Callable[[str], str]  # of what other lines refer to


class Remembering(dict):
    """A reader that remembers: the files repeat themselves, months and amounts above all."""

    MOST = 200_000

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: str) -> object:
        value = self.read(cell)
        if len(self) < self.MOST:
            self[cell] = value
        return value


def optional(read: Reader) -> Reader:
    """An empty cell means unknown."""
    return lambda cell: read(cell) if cell.strip() else None


def text(most: int = 200) -> Reader:
    """Any words, `most` characters at most."""

    def read(cell: str) -> str:
        words = SPACES.sub(" ", cell).strip()
        if not words:
            raise ValueError("un texte")
        if len(words) > most or CONTROL.search(words):
            raise ValueError(f"un texte de {most} caractères au plus, sans caractère de commande")
        return words

    return read


def code(cell: str) -> str:
    """A key chosen by the Office's software: no space, 40 characters at most."""
    value = cell.strip()
    if not CODE.fullmatch(value):
        raise ValueError("un code sans espace, de 40 caractères au plus")
    return value


def digits(count: int) -> KeyReader:
    """A number printed on the notices: text, for leading zeros count."""

    def read(cell: str) -> str:
        value = compact_digits(cell)
        if len(value) != count or not (value.isascii() and value.isdigit()):
            raise ValueError(f"{count} chiffres, zéros de tête compris")
        return value

    return read


def day(cell: str) -> str:
    """A day, « 26/06/2026 » or « 2026-06-26 », returned in ISO form."""
    value = cell.strip()
    if match := FRENCH_DAY.fullmatch(value):
        parts = int(match[3]), int(match[2]), int(match[1])
    elif match := ISO_DAY.fullmatch(value):
        parts = int(match[1]), int(match[2]), int(match[3])
    else:
        raise ValueError("une date JJ/MM/AAAA ou AAAA-MM-JJ")
    if parts[0] not in YEARS:
        raise ValueError(f"une date entre {YEARS.start} et {YEARS.stop - 1}")
    try:
        return date(*parts).isoformat()
    except ValueError:
        raise ValueError("une date qui existe au calendrier") from None


def month(cell: str) -> str:
    """A month « 2026-06 »."""
    try:
        value = Month.parse(cell.strip())
    except ValueError:
        raise ValueError("un mois AAAA-MM") from None
    if value.year not in YEARS:
        raise ValueError(f"un mois entre {YEARS.start} et {YEARS.stop - 1}")
    return str(value)


def amount(cell: str) -> int:
    """An amount in euros with two decimals at most, returned in cents; the sign is free, zero is not an amount."""
    try:
        cents = parse_euros(cell)
    except ValueError:
        raise ValueError("un montant en euros, par exemple 412,80") from None
    if not cents:
        raise ValueError("un montant différent de zéro")
    return cents


def positive(cell: str) -> int:
    """An amount above zero, in cents."""
    cents = amount(cell)
    if cents < 0:
        raise ValueError("un montant positif, par exemple 412,80")
    return cents


def charged(cell: str) -> int:
    """An amount, or zero for nothing, in cents."""
    return 0 if cell.strip() in ("0", "0,00", "0.00") else positive(cell)


def whole(low: int, high: int) -> Reader:
    """A whole number between two bounds."""

    def read(cell: str) -> int:
        value = cell.strip()
        if not WHOLE.fullmatch(value) or not low <= int(value) <= high:
            raise ValueError(f"un nombre entier entre {low} et {high}")
        return int(value)

    return read


def hundredths(low: int, high: int) -> Reader:
    """A decimal number between two bounds, returned in hundredths."""

    def read(cell: str) -> int:
        value = cell.strip()
        if not DECIMAL.fullmatch(value) or not low <= float(value.replace(",", ".")) <= high:
            raise ValueError(f"un nombre entre {low} et {high}, par exemple 65,50")
        return round(float(value.replace(",", ".")) * 100)

    return read


def one_of(words: Mapping[str, object]) -> Reader:
    """One word of a list; what stands for it in the portal is returned."""

    def read(cell: str) -> object:
        try:
            return words[cell.strip()]
        except KeyError:
            raise ValueError(f"un de ces mots : {', '.join(words)}") from None

    return read


def mail(cell: str) -> str:
    """A mail address, by its look only."""
    value = cell.strip()
    if not MAIL.fullmatch(value) or len(value) > 254:
        raise ValueError("une adresse de courriel, par exemple prenom.nom@exemple.fr")
    return value


def phone(cell: str) -> str:
    """A telephone number, spaces and dots as the file has them."""
    value = " ".join(cell.split())
    if not re.fullmatch(r"\+?[\d .\-()]{3,24}", value):
        raise ValueError("un numéro de téléphone, par exemple 01 99 00 12 34")
    return value
