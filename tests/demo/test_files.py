"""The invented office: deterministic, in proportion, whole."""

import csv
import hashlib
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest

from portal.demo.chance import Chance
from portal.demo.files import Office, write
from portal.demo.households import Lease, Times, number
from portal.demo.people import Person
from portal.demo.stock import dwellings
from portal.domain.works.models import SERVICE_ORDER_STATES, WORK_ORDER_STATES

TODAY = date(2026, 11, 23)


def drawn(folder: Path, seed: int = 93600, dwellings: int = 120, months: int = 24, today: date = TODAY) -> Path:
    write(Office.draw(seed, dwellings, Times(today, months)), folder, lambda *_: None)
    return folder


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def cents(text: str) -> int:
    return int(text.replace(",", ""))


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def digest(folder: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()


def overdue(folder: Path) -> dict[str, int]:
    """What each lease owes of the terms that are due, in cents."""
    owed: dict[str, int] = defaultdict(int)
    for term in rows(folder, "termes"):
        if day(term["date_exigibilite"]) <= TODAY:
            owed[term["bail"]] += cents(term["montant"])
    payments = {payment["reference"]: payment for payment in rows(folder, "reglements")}
    for payment in payments.values():
        owed[payment["bail"]] -= cents(payment["montant"])
    for bounce in rows(folder, "rejets"):
        payment = payments[bounce["reglement"]]
        owed[payment["bail"]] += cents(payment["montant"])
    return owed


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    return drawn(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def living(office) -> set[str]:
    return {lease["numero"] for lease in rows(office, "baux") if not lease["fin"]}


def share(part: set, whole: set) -> float:
    return len(part & whole) / len(whole)


def with_line(office: Path, nature: str) -> set[str]:
    return {line["bail"] for line in rows(office, "lignes") if line["nature"] == nature}


def test_the_same_seed_and_day_give_the_same_files_and_another_seed_others(tmp_path):
    one, same, other = (
        digest(drawn(tmp_path / name, seed=seed, dwellings=30, months=12))
        for name, seed in (("one", 93600), ("same", 93600), ("other", 1))
    )
    assert one == same != other


@pytest.mark.parametrize("count", [12, 47, 49, 120, 333])
def test_the_office_has_exactly_the_dwellings_asked_for(count):
    references = [dwelling.reference for dwelling in dwellings(Chance(93600), count)]
    assert len(set(references)) == len(references) == count
    assert {len(reference) for reference in references} == {12}


def test_a_quarter_to_a_third_of_the_households_have_housing_benefit(office, living):
    assert 0.25 <= share(with_line(office, "apl"), living) <= 0.30


def test_half_of_those_have_the_solidarity_reduction(office, living):
    assert 0.4 <= share(with_line(office, "rls"), with_line(office, "apl") & living) <= 0.6


def test_three_households_in_a_hundred_pay_the_solidarity_supplement(office, living):
    assert 0.015 <= share(with_line(office, "sls"), living) <= 0.045


def test_about_fifteen_households_in_a_hundred_are_late(office, living):
    late = {lease for lease, owed in overdue(office).items() if owed > 0}
    assert 0.13 <= share(late, living) <= 0.17


def test_rents_and_charges_are_of_the_right_size(office, living):
    areas = {dwelling["reference"]: cents(dwelling["surface_m2"]) / 100 for dwelling in rows(office, "logements")}
    area_of = {lease["numero"]: areas[lease["logement"]] for lease in rows(office, "baux")}
    rents, charges = defaultdict(int), defaultdict(int)
    for line in rows(office, "lignes"):
        kind = rents if line["nature"] == "loyer" else charges if line["nature"].startswith("charges:") else {}
        kind[line["bail"]] = kind.get(line["bail"], 0) + cents(line["montant"])
    assert all(5.4 <= rents[lease] / 100 / area_of[lease] <= 8.1 for lease in living)
    assert 2.2 <= sum(charges[lease] / 100 / area_of[lease] for lease in living) / len(living) <= 2.8


def test_terms_in_arrears_are_called_for_the_month_lived_and_in_advance_for_the_month_to_come(tmp_path):
    folder = drawn(tmp_path, today=date(2026, 11, 25), months=3)
    modes = {lease["numero"]: lease["terme"] for lease in rows(folder, "baux") if not lease["fin"]}
    newest: dict[str, str] = {}
    for term in rows(folder, "termes"):
        newest[term["bail"]] = max(term["mois"], newest.get(term["bail"], ""))
    assert {newest[lease] for lease, mode in modes.items() if mode == "echoir"} == {"2026-12"}
    assert {newest.get(lease) for lease, mode in modes.items() if mode == "echu"} <= {"2026-10", None}


def test_the_month_lived_is_called_on_the_twenty_sixth(tmp_path):
    folder = drawn(tmp_path, today=date(2026, 11, 26), months=3)
    assert max(term["mois"] for term in rows(folder, "termes") if term["date_emission"] == "26/11/2026") == "2026-11"


def test_nothing_is_paid_or_bounced_after_today(office):
    assert max(day(row["date"]) for table in ("reglements", "rejets") for row in rows(office, table)) <= TODAY


def test_every_means_of_payment_is_met(office):
    means = {payment["mode"] for payment in rows(office, "reglements")}
    assert means >= {"virement", "prelevement", "cheque", "especes", "carte", "tip"}


def test_every_state_of_an_order_is_met(office):
    states = {(order["sorte"], order["etat"]) for order in rows(office, "ordres")}
    assert {state for kind, state in states if kind == "OS"} == set(SERVICE_ORDER_STATES)
    assert {state for kind, state in states if kind == "BT"} == set(WORK_ORDER_STATES)


def test_names_keep_their_accents_and_apostrophes(office):
    written = {tenant["nom"] for tenant in rows(office, "locataires")}
    assert {"Keïta", "N’Diaye", "de Almeida", "Le Goff", "Nguyễn"} <= written


def test_an_office_too_large_for_four_digits_has_longer_tenant_numbers():
    [home] = dwellings(Chance(93600), 1)
    for tenants, digits in ((9899, 4), (9900, 5)):
        signed = [Lease(home, TODAY, None, [Person("Mme", "Martin", str(rank))]) for rank in range(tenants)]
        number(signed)
        assert {len(lease.holders[0].number) for lease in signed} == {digits}
        assert len({lease.holders[0].number for lease in signed}) == tenants
