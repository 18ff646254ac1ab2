"""The office written as a landlord's software would hand it over: one CSV file a kind of thing, French columns."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from portal.demo.chance import Chance
from portal.demo.households import Lease, Progress, Times, leases
from portal.demo.orders import Order, contractors, orders
from portal.demo.payments import Payer
from portal.demo.rents import Rents, Term, reduction_since
from portal.demo.stock import CITY, POSTCODE, Dwelling, dwellings

if TYPE_CHECKING:
    from _csv import Writer

ORDER_COLUMNS = ";".join(
    "numero sorte date logement batiment entreprise corps_etat objet date_prevue creneau delai_jours etat date_fin "
    "a_la_charge_du_locataire".split()
)


@dataclass
class Office:
    """An invented office, whole but for its accounts, which are written as they are drawn."""

    chance: Chance
    times: Times
    stock: list[Dwelling]
    leases: list[Lease]

    @classmethod
    def draw(cls, seed: int, count: int, times: Times, progress: Progress = lambda *_: None) -> "Office":
        """Invent an office of `count` dwellings; `progress` hears how many are let."""
        chance = Chance(seed)
        stock = dwellings(chance, count)
        return cls(chance, times, stock, leases(chance, stock, times, progress))

    @property
    def tenant_digits(self) -> int:
        """How long its tenant numbers are."""
        return len(self.leases[0].holders[0].number)


def write(office: Office, folder: Path, progress: Progress) -> None:
    """Write all the files of imports.md; `progress` hears of how many leases the accounts are written."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_stock(office, folder)
    _write_people(office, folder)
    _write_orders(office, folder)
    _write_accounts(office, folder, progress)


@lru_cache(maxsize=100_000)
def euros(cents: int) -> str:
    """Return cents as the files have them: « -49,09 »."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100},{cents % 100:02d}"


def _write_stock(office: Office, folder: Path) -> None:
    buildings = {each.building.code: each.building for each in office.stock}
    residences = {each.residence.code: each.residence for each in buildings.values()}
    lodges = {each.lodge.code: each.lodge for each in residences.values()}
    _table(
        folder / "loges.csv",
        "code;nom;adresse;telephone;courriel;horaires",
        ((each.code, each.name, each.address, each.phone, each.email, each.hours) for each in lodges.values()),
    )
    _table(
        folder / "residences.csv",
        "code;nom;loge",
        ((each.code, each.name, each.lodge.code) for each in residences.values()),
    )
    _table(
        folder / "batiments.csv",
        "code;residence;nom;adresse;code_postal;commune",
        ((each.code, each.residence.code, each.name, each.address, POSTCODE, CITY) for each in buildings.values()),
    )
    _table(
        folder / "logements.csv",
        "reference;batiment;escalier;etage;porte;type;surface_m2;annee;dpe;ges;loyer_maximum",
        (_dwelling_row(office, each) for each in office.stock),
    )


def _dwelling_row(office: Office, dwelling: Dwelling) -> tuple:
    building = dwelling.building
    maximum = round(dwelling.area * building.rent_factor * 7.6 * 100)
    return (
        dwelling.reference,
        building.code,
        dwelling.stair,
        dwelling.floor,
        dwelling.door,
        dwelling.kind,
        f"{dwelling.area:.2f}".replace(".", ","),
        building.year,
        building.energy,
        building.climate,
        euros(maximum),
    )


def _write_people(office: Office, folder: Path) -> None:
    people = sorted({holder.number: holder for lease in office.leases for holder in lease.holders}.items())
    _table(
        folder / "locataires.csv",
        "numero;civilite;nom;nom_usage;prenom;telephone;courriel",
        ((no, p.title, p.family_name, p.used_name, p.first_name, p.phone, p.email) for no, p in people),
    )
    _table(
        folder / "baux.csv",
        "numero;logement;debut;fin;titulaires;terme;jour_exigibilite",
        (
            (
                lease.number,
                lease.dwelling.reference,
                _day(lease.start),
                _day(lease.end),
                "+".join(holder.number for holder in lease.holders),
                "echoir" if lease.in_advance else "echu",
                lease.due_day,
            )
            for lease in office.leases
        ),
    )


def _write_orders(office: Office, folder: Path) -> None:
    companies = contractors(office.chance)
    _table(
        folder / "entreprises.csv",
        "code;nom;siret;telephone;corps_etat",
        ((each.code, each.name, each.siret, each.phone, each.trade) for each in companies),
    )
    _table(
        folder / "ordres.csv",
        ORDER_COLUMNS,
        (_order_row(order) for order in orders(office.chance, office.stock, companies, office.times)),
    )


def _order_row(order: Order) -> tuple:
    place = order.place
    dwelling, building = (place.reference, "") if isinstance(place, Dwelling) else ("", place.code)
    return (
        order.number,
        order.kind,
        _day(order.issued_on),
        dwelling,
        building,
        order.contractor.code,
        order.trade,
        order.subject,
        _day(order.planned_on),
        order.slot,
        order.days,
        order.state,
        _day(order.done_on),
        euros(order.charged_cents) if order.charged_cents else "",
    )


def _write_accounts(office: Office, folder: Path, progress: Progress) -> None:
    """One lease after another, so that a large office needs no more memory than a small one."""
    with (
        _opened(folder / "lignes.csv", "bail;nature;libelle;debut;fin;montant") as lines,
        _opened(folder / "termes.csv", "bail;mois;nature;libelle;montant;date_emission;date_exigibilite") as terms,
        _opened(folder / "reglements.csv", "reference;bail;date;mode;montant;terme") as payments,
        _opened(folder / "rejets.csv", "reference;reglement;date;motif") as bounces,
    ):
        for done, lease in enumerate(office.leases, start=1):
            rents = Rents(office.chance, lease, office.times)
            posted = rents.terms()
            lines.writerows(_rent_lines(office, lease, rents))
            terms.writerows(_term_rows(lease, posted))
            for rank, payment in enumerate(Payer(office.chance, lease, office.times).payments(posted), start=1):
                reference = f"{payment.means[:3].upper()}-{lease.number}-{rank:03d}"
                payments.writerow(
                    (reference, lease.number, _day(payment.paid_on), payment.means, euros(payment.cents), payment.month)
                )
                if payment.bounced_on:
                    bounces.writerow((f"REJ-{reference[4:]}", reference, _day(payment.bounced_on), payment.reason))
            progress(done, len(office.leases))


def _rent_lines(office: Office, lease: Lease, rents: Rents) -> Iterable[tuple]:
    """The rent lines in force today, or on the last day of a lease that is over."""
    as_of = min(lease.end or office.times.today, office.times.today)
    since = max(lease.start, date(as_of.year, 1, 1))
    rows = [(line.nature, line.label, since, line.cents) for line in rents.monthly(as_of.year).values()]
    if lease.reduction:
        rows.append(
            (
                "rls",
                "Réduction de loyer de solidarité",
                max(lease.start, reduction_since(as_of)),
                -rents.reduction(as_of),
            )
        )
    if rents.benefit:
        rows.append(("apl", "APL versée à l’Office (CAF)", since, -rents.benefit))
    return [
        (lease.number, nature, label, _day(start), _day(lease.end), euros(cents))
        for nature, label, start, cents in rows
    ]


def _term_rows(lease: Lease, posted: list[Term]) -> Iterable[tuple]:
    for term in posted:
        month, issued, due = str(term.month), _day(term.issued), _day(term.due)
        for line in term.lines:
            yield (lease.number, month, line.nature, line.label, euros(line.cents), issued, due)


@cache
def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _table(path: Path, header: str, rows: Iterable[tuple]) -> None:
    with _opened(path, header) as table:
        table.writerows(rows)


@contextmanager
def _opened(path: Path, header: str) -> Iterator["Writer"]:
    """Open a file as a spreadsheet likes it: UTF-8 with its mark, semicolons."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\ufeff")  # « utf-8-sig » writes the same three times slower
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        table.writerow(header.split(";"))
        yield table
