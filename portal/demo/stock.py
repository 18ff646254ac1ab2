"""The stock: lodges, residences, buildings and dwellings, on real streets of Aulnay-sous-Bois."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.demo.chance import Chance, facts, pick

POSTCODE, CITY = "93600", "Aulnay-sous-Bois"
TREES = (
    "Peupliers",
    "Tilleuls",
    "Érables",
    "Acacias",
    "Marronniers",
    "Merisiers",
    "Bouleaux",
    "Platanes",
    "Charmes",
    "Frênes",
    "Aulnes",
    "Saules",
    "Ormes",
    "Cèdres",
    "Noyers",
    "Sorbiers",
    "Lilas",
    "Glycines",
    "Églantines",
    "Jonquilles",
    "Bleuets",
    "Coquelicots",
    "Hirondelles",
    "Mésanges",
    "Alouettes",
    "Rossignols",
)
SHARED_BY_A_LODGE = 60  # one caretaker a hundred dwellings at most, a large residence apart
TYPES = {"T1": 8, "T2": 20, "T3": 37, "T4": 26, "T5": 9}
AREAS = {"T1": (27, 35), "T2": (42, 52), "T3": (57, 70), "T4": (71, 84), "T5": (85, 98)}
CLASSES = {"B": 6, "C": 30, "D": 44, "E": 17, "F": 3}
HOURS = (
    "du lundi au vendredi, de 8 h à 12 h et de 15 h à 18 h",
    "du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h 30",
    "du mardi au samedi, de 8 h 30 à 12 h et de 16 h à 19 h",
)


@dataclass
class Lodge:
    """A caretaker's lodge."""

    code: str
    name: str
    address: str
    phone: str
    email: str
    hours: str


@dataclass
class Residence:
    """A residence, looked after by one lodge."""

    code: str
    name: str
    street: str
    lodge: Lodge


@dataclass
class Building:
    """A building; what it is fitted with says which charges its tenants pay."""

    code: str
    residence: Residence
    name: str
    address: str
    year: int
    energy: str
    climate: str
    lift: bool
    shared_heating: bool
    renovated: bool
    charges_factor: float
    rent_factor: float


@dataclass
class Dwelling:
    """A dwelling, named by the reference printed on its notices."""

    reference: str
    building: Building
    stair: str
    floor: int
    door: str
    kind: str
    area: float
    place: int = field(default=0, repr=False)


def dwellings(chance: Chance, count: int) -> list[Dwelling]:
    """Return a stock of exactly `count` dwellings, residence by residence."""
    stock: list[Dwelling] = []
    lodge, looked_after = None, 0
    for rank, size in enumerate(_residence_sizes(chance, count), start=1):
        draws = chance.stream("residence", rank)
        street = facts("voies_aulnay")[_first_street(rank)]["voie"]
        name = f"Les {TREES[(rank - 1) % len(TREES)]}" + (f" {street}" if rank > len(TREES) else "")
        if lodge is None or looked_after + size > SHARED_BY_A_LODGE * 1.3:
            lodge, looked_after = _lodge(draws, rank, name, street), 0
        looked_after += size
        residence = Residence(f"{rank:03d}", name, street, lodge)
        stock.extend(_fill(draws, residence, size))
    for place, dwelling in enumerate(stock):
        dwelling.place = place
    return stock


def on_street(number: int, street: str) -> str:
    """Return « 4 rue Paul Cézanne »: the kind of street takes a small letter after the number."""
    return f"{number} {street[0].lower()}{street[1:]}"


def _residence_sizes(chance: Chance, count: int) -> Iterator[int]:
    draws, left = chance.stream("residences"), count
    sizes = (24, 30, 32, 36, 40) if count < 1000 else (60, 80, 96, 120, 150, 180)
    size = min(48, left)
    while left:
        yield size
        left -= size
        size = draws.choice(sizes)
        if left - size < 8:
            size = left


def _first_street(rank: int) -> int:
    """The first residence stands on rue Paul Cézanne; the others take the streets in turn."""
    streets = [row["voie"] for row in facts("voies_aulnay")]
    return (streets.index("Rue Paul Cézanne") + (rank - 1) * 5) % len(streets)


def _lodge(draws: random.Random, rank: int, residence: str, street: str) -> Lodge:
    tree = residence.removeprefix("Les ")
    return Lodge(
        code=f"LG{rank:02d}",
        name=f"Loge des {tree}",
        address=f"{on_street(draws.randrange(1, 20), street)}, {POSTCODE} {CITY}",
        phone=f"01 99 00 {draws.randrange(100):02d} {draws.randrange(100):02d}",
        email=f"loge{rank:02d}@example.org",
        hours=draws.choice(HOURS),
    )


def _fill(draws: random.Random, residence: Residence, size: int) -> Iterator[Dwelling]:
    """Put up buildings until the residence has its dwellings."""
    rank = 0
    while size > 0:
        rank += 1
        floors = 6 if residence.code == "001" else draws.choice((4, 5, 6, 6, 8, 10))
        doors, stairs = draws.choice((2, 2, 3)), 2 if size > floors * 2 else 1
        if residence.code == "001":
            doors, stairs = 2, 2
        building = _building(draws, residence, rank, floors)
        columns = {(stair, door): pick(draws, TYPES) for stair in range(stairs) for door in range(doors)}
        if residence.code == "001":
            columns.update({(0, 0): "T3", (0, 1): "T4"})
        for (stair, floor, door), kind in _doors(columns, floors):
            if size == 0:
                return
            size -= 1
            yield _dwelling(draws, building, rank, stair, floor, door, kind)


def _doors(columns: dict, floors: int) -> Iterator[tuple[tuple[int, int, int], str]]:
    for stair in sorted({stair for stair, _ in columns}):
        for floor in range(floors):
            for door in sorted(door for each, door in columns if each == stair):
                yield (stair, floor, door), columns[stair, door]


def _building(draws: random.Random, residence: Residence, rank: int, floors: int) -> Building:
    energy = pick(draws, CLASSES)
    year = draws.choice((1959, 1964, 1968, 1971, 1974, 1978, 1986, 1994, 2004, 2013))
    return Building(
        code=f"{residence.code}-{chr(64 + rank) if rank <= 26 else rank}",
        residence=residence,
        name=f"Bâtiment {chr(64 + rank) if rank <= 26 else rank}",
        address=on_street(2 + rank * 2, residence.street),
        year=year,
        energy=energy,
        climate=chr(max(ord("A"), ord(energy) - draws.randrange(2))),
        lift=floors >= 6,
        shared_heating=draws.random() < 0.8 or residence.code == "001",
        renovated=year < 1975 and energy in "BC",
        charges_factor=draws.uniform(0.86, 1.06),
        rent_factor=draws.uniform(0.93, 1.08) * (1.1 if year > 2000 else 1),
    )


def _dwelling(
    draws: random.Random, building: Building, rank: int, stair: int, floor: int, door: int, kind: str
) -> Dwelling:
    low, high = AREAS[kind]
    return Dwelling(
        reference=f"{building.residence.code}{rank:02d}{stair + 1:02d}{floor:02d}{door + 1:03d}",
        building=building,
        stair=str(stair + 1),
        floor=floor,
        door=f"{floor}{door + 1}",
        kind=kind,
        area=round(draws.uniform(low, high) * 2) / 2,
    )
