"""What the files of the accounts become: terms with their lines, and entries written once and never changed."""

from datetime import date, timedelta

import pytest

from portal.domain.housing.models import Lease
from portal.domain.rents import actions
from portal.domain.rents.models import LedgerEntry, RentTerm, TermLine
from tests.domain.imports.conftest import AT


def entries() -> dict[str, tuple]:
    """Every entry by its business key: kind, amount, month, method."""
    return {
        entry.business_key: (entry.kind, entry.amount_cents, str(entry.month or ""), entry.method)
        for entry in LedgerEntry.select().order_by(LedgerEntry.id)
    }


def sentences(report) -> list[str]:
    return [fault.sentence.replace("\u00a0", " ") for fault in report.faults]


def test_a_term_makes_one_entry_for_the_rent_and_one_for_each_payer_of_its_own(office):
    office.take()
    assert [(key, *entry[:3]) for key, entry in entries().items() if key.startswith("terme/")] == [
        ("terme/2014-1/2026-10/rent_call", "rent_call", 40755 + 4520 - 4909, "2026-10"),
        ("terme/2014-1/2026-10/housing_benefit", "housing_benefit", -19800, "2026-10"),
        ("terme/2014-1/2026-10/benefit_recall", "benefit_recall", -1200, "2026-10"),
        ("terme/2014-1/2026-10/security_deposit", "security_deposit", 40000, "2026-10"),
    ]


def test_the_entries_of_a_term_carry_its_day_of_issue_and_plain_words(office):
    office.take()
    call = LedgerEntry.get(kind="rent_call")
    assert (call.entered_on.isoformat(), call.value_on.isoformat()) == ("2026-10-26", "2026-10-26")
    assert call.label == "Loyer et charges, octobre 2026"


def test_the_lines_of_a_term_keep_the_order_of_the_file(office):
    office.take()
    term = RentTerm.get()
    lines = TermLine.select().where(TermLine.term == term).order_by(TermLine.id)
    assert [line.nature for line in lines] == [cells[2] for cells in office.cells("termes")[1:]]
    assert (term.issued_on.isoformat(), term.due_on.isoformat()) == ("2026-10-26", "2026-11-10")


def test_a_payment_is_a_negative_entry_and_the_caf_pays_a_benefit(office):
    office.take()
    assert entries()["reglement/P1"] == ("payment_received", -20566, "2026-10", "prelevement")
    assert entries()["reglement/P2"] == ("housing_benefit", -3000, "2026-10", "caf")


def test_a_rejection_puts_the_payment_back_and_points_to_it(office):
    office.take()
    rejection = LedgerEntry.get(business_key="rejet/J1")
    assert (rejection.kind, rejection.amount_cents, rejection.method) == ("rejected_payment", 20566, "prelevement")
    assert rejection.reverses.business_key == "reglement/P1"
    assert rejection.label == "Prélèvement rejeté : Provision insuffisante"


def test_the_sum_of_the_account_is_that_of_the_files(office):
    office.take()
    total = sum(entry.amount_cents for entry in LedgerEntry.select())
    assert total == 40755 + 4520 - 4909 - 19800 - 1200 + 40000 - 20566 - 3000 + 20566


def test_a_posted_term_never_changes(office, whole_base):
    office.take()
    before = whole_base()
    office.change("termes", "407,55", "417,55")
    (told,) = sentences(office.take())
    assert told.startswith("termes.csv, ligne 2, colonne « montant » : lu « 417,55 », attendu « 407,55 », déjà passé")
    assert whole_base() == before


def test_the_days_of_a_posted_term_never_change(office):
    office.take()
    office.change("termes", "10/11/2026", "12/11/2026")
    assert [fault.column for fault in office.take().faults] == ["date_exigibilite"]


def test_a_posted_payment_never_changes(office):
    office.take()
    office.change(
        "reglements", "P1;2014-1;10/11/2026;prelevement;205,66;2026-10", "P1;2014-1;11/11/2026;virement;205,67;"
    )
    assert {fault.column for fault in office.take().faults} == {"date", "mode", "montant", "terme"}


def type_in(cents: int, method: str, value_on: date) -> LedgerEntry:
    """Record a payment at the counter, as the accountant does."""
    facts = {"amount_cents": cents, "method": method, "value_on": value_on}
    return actions.record_payment(lease=Lease.get(), reference="saisi", at=AT, **facts)


def test_a_payment_typed_at_the_counter_that_comes_again_in_a_file_is_told_and_taken(office):
    office.take()
    type_in(5000, "cheque", date(2026, 11, 16))
    office.add("reglements", "P3;2014-1;18/11/2026;cheque;50,00;")
    report = office.take(dry_run=True)
    (told,) = [twin.sentence.replace("\u00a0", " ") for twin in report.twins]
    assert told.startswith("reglements.csv, ligne 4 : 50,00 € pour le bail 2014-1, comme un règlement déjà au compte")
    assert told.endswith("(Chèque, lundi 16 novembre 2026).")
    assert office.take().twins == report.twins
    assert entries()["reglement/P3"] == ("payment_received", -5000, "", "cheque")
    assert office.take().twins == []


@pytest.mark.parametrize(
    ("cents", "method", "days"),
    [(5001, "cheque", 0), (5000, "especes", 0), (5000, "cheque", 11), (5000, "cheque", -11)],
)
def test_a_payment_of_another_sum_means_or_time_is_no_twin(office, cents, method, days):
    office.take()
    type_in(cents, method, date(2026, 11, 12))
    came_on = date(2026, 11, 12) + timedelta(days)
    office.add("reglements", f"P3;2014-1;{came_on:%d/%m/%Y};cheque;50,00;")
    assert office.take().twins == []


def test_a_payment_the_bank_took_back_is_no_twin(office):
    office.take()
    typed = type_in(5000, "cheque", date(2026, 11, 16))
    actions.reject_payment(payment=typed, reference="J2", reason="", value_on=date(2026, 11, 17), at=AT)
    office.add("reglements", "P3;2014-1;18/11/2026;cheque;50,00;")
    assert office.take().twins == []


def test_a_posted_rejection_never_changes(office):
    office.take()
    office.change("rejets", "14/11/2026;Provision insuffisante", "15/11/2026;Compte clôturé")
    assert [fault.column for fault in office.take().faults] == ["date", "motif"]


def test_a_payment_is_rejected_once(office):
    office.take()
    office.add("rejets", "J2;P1;16/11/2026;")
    assert sentences(office.take()) == [
        "rejets.csv, ligne 3, colonne « reglement » : lu « P1 », attendu un règlement qui n’est pas déjà rejeté."
    ]


def test_a_rejection_may_come_with_a_later_folder(office):
    office.only("loges", "residences", "batiments", "logements", "locataires", "baux", "reglements")
    office.take()
    office.only()
    office.write("rejets", ["reference;reglement;date;motif", "J7;P2;20/11/2026;"])
    assert office.take().counts["rejets"].created == 1
    assert LedgerEntry.get(business_key="rejet/J7").label == "Versement de la CAF rejeté"


def test_a_line_added_to_a_posted_term_makes_a_further_entry(office):
    office.take()
    office.add("termes", "2014-1;2026-10;reparations;Clé du hall;15,00;26/10/2026;10/11/2026")
    counts = office.take().counts["termes"]
    assert (counts.created, counts.unchanged) == (1, 6)
    assert entries()["terme/2014-1/2026-10/rent_call/2"][:2] == ("rent_call", 1500)
    assert office.take().changes == 0


def test_a_term_that_comes_to_nothing_makes_no_entry(office):
    office.add(
        "termes",
        "2014-1;2026-11;loyer;Loyer principal;407,55;26/11/2026;10/12/2026",
        "2014-1;2026-11;remise;Remise;-407,55;26/11/2026;10/12/2026",
    )
    office.take()
    assert not [key for key in entries() if key.startswith("terme/2014-1/2026-11")]
    assert RentTerm.select().count() == 2
