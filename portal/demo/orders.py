"""The orders: works campaigns on buildings (OS) and everyday jobs in dwellings or shared parts (BT), in every state."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo.cast import CAST
from portal.demo.chance import Chance, pick
from portal.demo.households import Times
from portal.demo.stock import Building, Dwelling
from portal.kernel.periods import Month

CONTRACTORS = (
    ("Plomberie Varin", "Plomberie"),
    ("Élec’Nord 93", "Électricité"),
    ("Thermique d’Île-de-France", "Chauffage"),
    ("Ascenseurs Montreuil", "Ascenseur"),
    ("Serrurerie Le Bihan", "Serrurerie"),
    ("Menuiseries Ferreira & fils", "Menuiserie"),
    ("Peintures Öztürk", "Peinture"),
    ("Étanchéité Séquanaise", "Étanchéité"),
    ("Netto’Hygiène", "Lutte contre les nuisibles"),
    ("Espaces verts du Sausset", "Espaces verts"),
)
CAMPAIGNS = (
    ("Étanchéité", "Réfection de l’étanchéité de la toiture-terrasse", 45),
    ("Électricité", "Remplacement de l’éclairage des halls et des paliers", 30),
    ("Ascenseur", "Modernisation de la machinerie de l’ascenseur", 60),
    ("Peinture", "Réfection des peintures des cages d’escalier", 40),
    ("Chauffage", "Désembouage du réseau de chauffage collectif", 20),
    ("Menuiserie", "Remplacement des portes de hall et de l’interphone", 25),
    ("Espaces verts", "Élagage des arbres et reprise des massifs", 15),
)
SEEN = CAMPAIGNS[1]  # under way in the cast's building
JOBS = (
    ("Plomberie", "Fuite sous l’évier : remplacer le siphon et le joint", 5),
    ("Plomberie", "Chasse d’eau qui coule : remplacer le mécanisme", 8),
    ("Électricité", "Prise de courant sans alimentation dans le séjour", 5),
    ("Chauffage", "Radiateur froid dans la chambre : purger et équilibrer", 3),
    ("Serrurerie", "Porte palière qui ferme mal : régler ou remplacer la serrure", 4),
    ("Menuiserie", "Volet roulant bloqué dans le séjour", 15),
    ("Peinture", "Reprise du plafond de la salle de bains après une fuite", 30),
    ("Lutte contre les nuisibles", "Passage contre les blattes, cuisine et gaines", 10),
)
SHARED_JOBS = (
    ("Électricité", "Minuterie du palier hors service", 3),
    ("Serrurerie", "Ferme-porte du hall à remplacer", 5),
    ("Espaces verts", "Branche cassée au-dessus du cheminement", 2),
)
SLOTS = ("entre 8 h et 10 h", "entre 10 h et 12 h", "entre 13 h 30 et 15 h 30", "entre 14 h et 17 h")
WORKS_AHEAD = {"emis": 30, "notifie": 70}
WORKS_BEGUN = {"en_cours": 100}
WORKS_OVER = {"receptionne": 60, "receptionne_reserves": 15, "clos": 20, "annule": 5}
JOBS_AHEAD = {"emis": 40, "rendez_vous": 60}
JOBS_OVER = {"fait": 46, "controle": 22, "facture": 22, "absent": 6, "annule": 4}
DONE = ("receptionne", "receptionne_reserves", "clos", "fait", "controle", "facture")
RECHARGED = ("Serrurerie", "Menuiserie")


@dataclass
class Contractor:
    """A company that works for the Office."""

    code: str
    name: str
    siret: str
    phone: str
    trade: str


@dataclass
class Order:
    """An ordre de service or a bon de travaux, on a dwelling or on a building."""

    kind: str
    issued_on: date
    place: Dwelling | Building
    contractor: Contractor
    trade: str
    subject: str
    planned_on: date | None
    slot: str
    days: int
    state: str
    done_on: date | None
    charged_cents: int = 0
    number: str = ""


def contractors(chance: Chance) -> list[Contractor]:
    """Return the companies; their numbers begin with 000, which no real company has."""
    draws = chance.stream("contractors")
    return [
        Contractor(
            f"E{rank:02d}", name, _siret(rank), f"01 99 00 {draws.randrange(100):02d} {draws.randrange(100):02d}", trade
        )
        for rank, (name, trade) in enumerate(CONTRACTORS, start=1)
    ]


def orders(chance: Chance, stock: list[Dwelling], companies: list[Contractor], times: Times) -> list[Order]:
    """Return the orders of the period, numbered by year in the order of their dates."""
    by_trade = {company.trade: company for company in companies}
    buildings = list({dwelling.building.code: dwelling.building for dwelling in stock}.values())
    drawn = [order for building in buildings for order in _campaigns(chance, building, by_trade, times)]
    drawn += [order for dwelling in stock for order in _jobs(chance, dwelling, by_trade, times)]
    drawn += _states_not_seen(chance, drawn, by_trade, stock, times)
    drawn.sort(key=lambda order: order.issued_on)
    counts: dict[tuple[str, int], int] = {}
    for order in drawn:
        key = order.kind, order.issued_on.year
        counts[key] = counts.get(key, 0) + 1
        order.number = f"{order.kind}-{order.issued_on.year}-{counts[key]:04d}"
    return drawn


def _campaigns(chance: Chance, building: Building, by_trade: dict, times: Times) -> Iterator[Order]:
    draws = chance.stream("campaigns", building.code)
    first = building.residence.code == "001" and building.code.endswith("A")
    fitting = [each for each in CAMPAIGNS if (building.lift or each[0] != "Ascenseur") and not (first and each is SEEN)]
    wanted = max(1 if first else 0, round(times.months / 12 * draws.uniform(0.2, 0.9)))
    for trade, subject, days in draws.sample(fitting, min(wanted, len(fitting))):
        issued = _some_day(draws, times)
        start = issued + timedelta(days=draws.randrange(15, 40))
        done = start + timedelta(days=days)
        over = done < times.today
        state = pick(draws, WORKS_OVER if over else WORKS_BEGUN if start < times.today else WORKS_AHEAD)
        finished = done if state in DONE else None
        yield Order("OS", issued, building, by_trade[trade], trade, subject, _weekday(start), "", days, state, finished)
    if first:
        issued = times.today - timedelta(days=24)
        trade, subject, days = SEEN
        start = _weekday(times.today - timedelta(days=4))
        yield Order("OS", issued, building, by_trade[trade], trade, subject, start, "", days, "en_cours", None)


def _jobs(chance: Chance, dwelling: Dwelling, by_trade: dict, times: Times) -> Iterator[Order]:
    draws = chance.stream("jobs", dwelling.place)
    expected = times.months / 12 * 0.28
    for _ in range(int(expected) + (draws.random() < expected % 1)):
        shared = draws.random() < 0.15
        trade, subject, days = draws.choice(SHARED_JOBS if shared else JOBS)
        place = dwelling.building if shared else dwelling
        yield _job(draws, place, by_trade[trade], (trade, subject, days), _some_day(draws, times), times)
    role = CAST.get(dwelling.place)
    if role and role.name == "up_to_date":
        yield from _visited(draws, dwelling, by_trade, times)
    elif role and role.name == "neighbour":
        yield _job(draws, dwelling, by_trade["Serrurerie"], JOBS[4], times.today - timedelta(days=50), times)


def _visited(draws: random.Random, dwelling: Dwelling, by_trade: dict, times: Times) -> Iterator[Order]:
    """A visit planned in three days, and an older job done."""
    trade, subject, days = JOBS[0]
    issued, planned = (times.today - timedelta(days=5), _weekday(times.today + timedelta(days=3)))
    company = by_trade[trade]
    yield Order("BT", issued, dwelling, company, trade, subject, planned, SLOTS[1], days, "rendez_vous", None)
    yield _job(draws, dwelling, by_trade["Chauffage"], JOBS[3], times.today - timedelta(days=200), times)


def _job(
    draws: random.Random,
    place: Dwelling | Building,
    company: Contractor,
    job: tuple[str, str, int],
    issued: date,
    times: Times,
) -> Order:
    trade, subject, days = job
    planned = _weekday(issued + timedelta(days=draws.randrange(1, days + 6)))
    state = pick(draws, JOBS_OVER if planned < times.today else JOBS_AHEAD)
    done = planned if state in DONE else None
    charged = draws.choice((3500, 6200, 8900)) if done and trade in RECHARGED and draws.random() < 0.2 else 0
    seen = None if state == "emis" else planned
    return Order(
        "BT",
        issued,
        place,
        company,
        trade,
        subject,
        seen,
        draws.choice(SLOTS) if seen else "",
        days,
        state,
        done,
        charged,
    )


def _states_not_seen(
    chance: Chance, drawn: list[Order], by_trade: dict, stock: list[Dwelling], times: Times
) -> list[Order]:
    """However small the office, each state can be looked at once."""
    draws, seen = (chance.stream("states"), {(order.kind, order.state) for order in drawn})
    wanted = [("OS", state) for state in WORKS_AHEAD | WORKS_BEGUN | WORKS_OVER]
    wanted += [("BT", state) for state in JOBS_AHEAD | JOBS_OVER]
    added = []
    for rank, (kind, state) in enumerate(each for each in wanted if each not in seen):
        dwelling = stock[(13 + rank * 7) % len(stock)]
        trade, subject, days = (CAMPAIGNS if kind == "OS" else JOBS)[rank % 4 + (kind == "OS")]
        planned = _weekday(times.today + timedelta(days=6 if state in WORKS_AHEAD | JOBS_AHEAD else -40))
        known = None if state == "emis" and kind == "BT" else planned
        slot = draws.choice(SLOTS) if known and kind == "BT" else ""
        place, issued = (dwelling.building if kind == "OS" else dwelling, planned - timedelta(days=20))
        finished = planned + timedelta(days=9) if state in DONE else None
        added.append(Order(kind, issued, place, by_trade[trade], trade, subject, known, slot, days, state, finished))
    return added


def _some_day(draws: random.Random, times: Times) -> date:
    """Draw a day of the period; the recent ones come more often, so that some orders are still open."""
    opening = Month.of(times.today).plus(-times.months).first_day
    span = (times.today - opening).days
    return _weekday(opening + timedelta(days=int(span * draws.random() ** 0.8) - 2))


def _weekday(day: date) -> date:
    """Return the day, or the Monday after a week-end: no visit is planned then."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def _siret(rank: int) -> str:
    """Return a company number that passes the checksum and that nobody has."""
    body = f"000{rank:06d}0001"
    digits = [int(digit) for digit in body]
    total = sum(sum(divmod(digit * (2 if index % 2 == 0 else 1), 10)) for index, digit in enumerate(digits, start=1))
    return f"{body}{-total % 10}"
