"""The people: names of many origins, with their accents, apostrophes, hyphens and particles."""

import random
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from portal.demo.chance import facts, pick

COMMON, DIVERSE, FRENCH_FIRST_NAME = "courant", "diversite", 0.15


@dataclass
class Person:
    """A tenant as the Office's file describes them; the number is dealt last."""

    title: str
    family_name: str
    first_name: str
    used_name: str = ""
    phone: str = ""
    email: str = ""
    number: str = ""


def someone(draws: random.Random, title: str = "", family: tuple[str, str] | None = None) -> Person:
    """Invent a person; `family` is a written name and its origin, drawn when absent."""
    written, origin = family or surname(draws)
    title = title or pick(draws, {"Mme": 56, "M.": 44})
    first_name = draws.choice(_first_names()[_origin_of_first_name(draws, origin), title])
    return reachable(draws, Person(title, written, first_name))


def spouse_of(draws: random.Random, person: Person) -> Person:
    """Invent the other lease holder; more than half share a name, some wives keep both names."""
    title = "M." if person.title == "Mme" else "Mme"
    other = someone(draws, title)
    if draws.random() < 0.6:
        wife, husband = (person, other) if person.title == "Mme" else (other, person)
        if draws.random() < 0.6:
            wife.used_name = husband.family_name
        else:
            other.family_name = person.family_name
    return other


def reachable(draws: random.Random, person: Person) -> Person:
    """Give a person a telephone (numbers kept for fiction) and, for two in three, an address in example.org."""
    phone = f"06 39 98 {draws.randrange(100):02d} {draws.randrange(100):02d}" if draws.random() < 0.9 else ""
    mailbox = f"{plain(person.first_name)}.{plain(person.family_name)}{draws.randrange(1, 100)}@example.org"
    return replace(person, phone=phone, email=mailbox if draws.random() < 0.65 else "")


def surname(draws: random.Random) -> tuple[str, str]:
    """Draw a family name as it is written, and its origin."""
    group = pick(draws, {COMMON: 48, DIVERSE: 52})
    names, weights = _surnames()[group]
    return draws.choices(names, cum_weights=weights)[0]


def plain(text: str) -> str:
    """Return a name as a mailbox has it: lower case, no accent, words joined by hyphens."""
    flat = text.casefold().replace("ı", "i").replace("đ", "d").replace("ł", "l").replace("’", "").replace(" ", "-")
    return "".join(letter for letter in unicodedata.normalize("NFKD", flat) if letter.isascii())


def _origin_of_first_name(draws: random.Random, origin: str) -> str:
    return "france" if draws.random() < FRENCH_FIRST_NAME else origin


@cache
def _surnames() -> dict[str, tuple[list[tuple[str, str]], list[float]]]:
    """The names of each group with cumulated weights: the frequent ones come more often."""
    rows = defaultdict(list)
    for row in facts("noms_de_famille"):
        rows[COMMON if row["groupe"] == COMMON else DIVERSE].append((row["ecrit"], row["origine"]))
    table = {}
    for group, names in rows.items():
        total, weights = 0.0, []
        for rank, _ in enumerate(names):
            total += 1 / (20 + rank) if group == COMMON else 1
            weights.append(total)
        table[group] = (names, weights)
    return table


@cache
def _first_names() -> dict[tuple[str, str], list[str]]:
    table = defaultdict(list)
    for row in facts("prenoms"):
        table[row["origine"], row["civilite"]].append(row["prenom"])
    return table
