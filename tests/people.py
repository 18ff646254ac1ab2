"""The cast: the same few people in every test, on a tiny office."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.db import db
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.people.models import Access, Staff, Tenant
from portal.domain.rents.models import LedgerEntry, RentTerm, TermLine
from portal.kernel.periods import Month

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OPENED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NO_PASSWORD = "!"  # nobody signs in with it: tests open a session directly


@dataclass(frozen=True)
class People:
    """Everybody the tests know."""

    aminata: Tenant  # up to date
    bruno: Tenant  # in arrears, on another stair of the same building
    charlie: Tenant  # a neighbour of another building, who has no business here
    nadia: Tenant  # has no access yet
    admin: Staff
    manager: Staff
    accountant: Staff
    technical: Staff
    loge: Staff  # caretaker of the lodge of aminata, bruno and nadia
    other_loge: Staff  # caretaker of charlie's lodge


def move_in() -> People:
    """Write the cast into an empty database; the connection must be open."""
    with db.atomic():
        peupliers, tilleuls = _building("PEU", "Les Peupliers"), _building("TIL", "Les Tilleuls")
        aminata = _tenant("0001", "Mme", "Aminata", "Keïta", peupliers, 1)
        bruno = _tenant("0002", "M.", "Bruno", "Le Goff", peupliers, 2)
        charlie = _tenant("0003", "M.", "Charlie", "N’Diaye", tilleuls, 1)
        nadia = _tenant("0004", "Mme", "Nadia", "de Almeida-Şahin", peupliers, 3)
        for tenant in (aminata, bruno, charlie):
            _access(f"{tenant.first_name.lower()}", tenant=tenant)
        for months, tenant, pays in ((3, aminata, True), (3, bruno, False), (1, charlie, True)):
            rents(tenant, months, pays)
        lodge, other = peupliers.residence.lodge, tilleuls.residence.lodge
        return People(
            aminata,
            bruno,
            charlie,
            nadia,
            _staff("Alice Martin", "administrator", "Direction"),
            _staff("Marc Petit", "manager", "Service gestion locative"),
            _staff("Claire Roux", "accountant", "Service comptabilité"),
            _staff("Théo Blanc", "technical", "Service technique"),
            _staff("Odile Faure", "caretaker", "Votre loge", lodge),
            _staff("Paul Garnier", "caretaker", "Votre loge", other),
        )


def lease_of(tenant: Tenant) -> Lease:
    """Return the one lease a member of the cast has."""
    return Lease.select().join(LeaseHolder).where(LeaseHolder.tenant == tenant).get()


def _building(code: str, name: str) -> Building:
    lodge = Lodge.create(
        code=code, name=f"Loge {name}", address=f"1 rue {name}", phone="01 48 79 00 00", hours="8 h – 12 h"
    )
    residence = Residence.create(code=code, name=name, lodge=lodge)
    return Building.create(
        code=f"{code}-A",
        residence=residence,
        name="Bâtiment A",
        address=f"4 rue {name}",
        postcode="93600",
        city="Aulnay-sous-Bois",
    )


def _tenant(number: str, title: str, first: str, family: str, building: Building, rank: int) -> Tenant:
    tenant = Tenant.create(number=number, title=title, first_name=first, family_name=family)
    dwelling = Dwelling.create(
        reference=f"00{number}{rank:06d}",
        building=building,
        stair=str(rank),
        floor="2",
        door=f"{rank}04",
        kind="T3",
        area_centi_m2=6500,
        built_in=1974,
        energy_class="C",
        climate_class="D",
        maximum_rent_cents=41280,
    )
    lease = Lease.create(number=f"B-{number}", dwelling=dwelling, starts_on=date(2019, 3, 1))
    LeaseHolder.create(lease=lease, tenant=tenant)
    return tenant


def rents(tenant: Tenant, months: int, pays: bool) -> None:
    """Call the rent of so many months up to October 2026, each paid on its day or not at all."""
    for back in range(months, 0, -1):
        rent(lease_of(tenant), Month(2026, 11).plus(-back), pays)


def rent(lease: Lease, month: Month, pays: bool) -> None:
    """Call the rent of one month, paid on its day or not at all."""
    due = month.plus(1).first_day.replace(day=10)
    term = RentTerm.create(lease=lease, month=month, issued_on=month.last_day, due_on=due)
    lines = (("loyer", "Loyer principal", 40755), ("charges:chauffage", "Chauffage collectif", 4520))
    for nature, label, cents in lines:
        TermLine.create(term=term, nature=nature, label=label, amount_cents=cents)
    common = {"lease": lease, "recorded_at": NOW}
    LedgerEntry.create(
        business_key=f"rent_call:{lease.number}:{month}",
        kind="rent_call",
        entered_on=month.last_day,
        value_on=month.last_day,
        month=month,
        label="Loyer et charges",
        amount_cents=45275,
        **common,
    )
    if pays:
        LedgerEntry.create(
            business_key=f"payment:{lease.number}:{month}",
            kind="payment_received",
            entered_on=due,
            value_on=due,
            label="Virement",
            amount_cents=-45275,
            method="virement",
            **common,
        )


def _staff(name: str, role: str, function: str, lodge: Lodge | None = None) -> Staff:
    staff = Staff.create(name=name, role=role, function=function, lodge=lodge)
    _access(name.split(maxsplit=1)[0].lower(), staff=staff)
    return staff


def _access(login: str, **whose: object) -> Access:
    return Access.create(login=login, password_hash=NO_PASSWORD, opened_at=OPENED, password_set_at=OPENED, **whose)
