"""A folder is taken in whole or not at all; twice changes nothing; a dry run writes nothing."""

from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge
from portal.domain.people.models import Tenant
from portal.domain.rents.models import RentLine
from portal.domain.works.models import Order


def faults(report) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.line, fault.column, fault.read) for fault in report.faults]


def holders() -> list[str]:
    return [holder.tenant.number for holder in LeaseHolder.select().order_by(LeaseHolder.lease, LeaseHolder.rank)]


def test_a_folder_creates_the_whole_office(office):
    report = office.take()
    assert not report.refused
    assert {table: counts.created for table, counts in report.counts.items()} == (
        dict.fromkeys(("loges", "residences", "batiments", "baux", "lignes", "rejets", "entreprises"), 1)
        | {"logements": 2, "locataires": 2, "termes": 6, "reglements": 2, "ordres": 2}
    )


def test_what_the_files_say_is_what_the_office_has(office):
    office.take()
    dwelling, lease = Dwelling.get(reference="000000000042"), Lease.get()
    assert (dwelling.area_centi_m2, dwelling.maximum_rent_cents, dwelling.kind) == (6550, 51280, "T3")
    assert dwelling.building == Building.get(code="B1")
    assert (lease.starts_on.isoformat(), lease.ends_on, lease.term_mode, lease.due_day) == (
        *("2014-06-15", None, "in_arrears", 10),
    )
    assert holders() == ["0042", "0043"]
    assert Order.get(number="BT-1").tenant_share_cents == 3500
    assert Order.get(number="OS-1").building == Building.get(code="B1")


def test_the_same_folder_twice_changes_nothing_and_says_so(office, whole_base):
    office.take()
    before = whole_base()
    report = office.take()
    assert report.changes == 0
    assert report.counts["termes"].unchanged == 6
    assert whole_base() == before


def test_a_dry_run_gives_the_same_report_and_writes_nothing(office, whole_base):
    before = whole_base()
    rehearsed = office.take(dry_run=True)
    assert whole_base() == before
    assert office.take().counts == rehearsed.counts


def test_one_fault_and_nothing_is_written(office, whole_base):
    office.change("ordres", "BT-1;BT;02/11/2026", "BT-1;BT;31/02/2026")
    before = whole_base()
    report = office.take()
    assert report.refused
    assert report.counts == {}
    assert whole_base() == before


def test_every_fault_of_every_file_is_listed_at_once(office):
    office.change("loges", "L1;Loge", ";Loge")
    office.change("logements", "65,50", "soixante")
    office.change("termes", "2014-1;2026-10;loyer", "2014-1;octobre;loyer")
    office.change("reglements", "205,66", "205,666")
    assert faults(office.take()) == [
        ("loges.csv", 2, "code", ""),
        ("residences.csv", 2, "loge", "L1"),
        ("logements.csv", 2, "surface_m2", "soixante"),
        ("termes.csv", 2, "mois", "octobre"),
        ("reglements.csv", 2, "montant", "205,666"),
    ]


def test_what_refers_to_a_faulty_line_is_not_one_more_fault(office):
    office.change("loges", ";Loge des Tilleuls;", ";;")
    office.change("reglements", "205,66", "beaucoup")
    assert faults(office.take()) == [("loges.csv", 2, "nom", ""), ("reglements.csv", 2, "montant", "beaucoup")]


def test_a_known_key_is_updated_and_the_others_left_alone(office):
    office.take()
    office.change("loges", "01 99 00 12 34", "01 99 00 99 99")
    counts = office.take().counts
    assert (counts["loges"].updated, counts["residences"].updated) == (1, 0)
    assert Lodge.get().phone == "01 99 00 99 99"


def test_a_key_missing_from_the_file_is_left_as_it_is(office):
    office.take()
    office.write("locataires", office.lines("locataires")[:2])
    assert office.take().changes == 0
    assert Tenant.select().count() == 2


def test_an_empty_cell_never_erases_what_is_known(office):
    office.take()
    office.change("loges", "01 99 00 12 34", "")
    assert office.take().changes == 0
    assert Lodge.get().phone == "01 99 00 12 34"


def test_an_address_changed_by_the_file_has_to_be_confirmed_again(office):
    office.take()
    Tenant.update(email_confirmed_at="2026-01-01T00:00:00Z").execute()
    office.change("locataires", "aminata.keita@", "keita@")
    office.take()
    assert Tenant.get(number="0042").email_confirmed_at is None
    assert Tenant.get(number="0043").email_confirmed_at is not None


def test_new_holders_of_a_lease_replace_the_former_ones(office):
    office.take()
    office.change("baux", "0042+0043", "0043")
    assert office.take().counts["baux"].updated == 1
    assert holders() == ["0043"]


def test_a_lease_changed_in_two_ways_counts_once(office):
    office.take()
    office.change("baux", ";;0042+0043;", ";31/12/2026;0043+0042;")
    assert office.take().counts["baux"].updated == 1


def test_the_end_of_a_rent_line_is_an_update(office):
    office.take()
    office.change("lignes", "01/01/2026;;", "01/01/2026;31/12/2026;")
    assert office.take().counts["lignes"].updated == 1
    assert RentLine.get().ends_on.isoformat() == "2026-12-31"


def test_an_order_may_move_from_a_dwelling_to_the_building(office):
    office.take()
    office.change("ordres", "02/11/2026;000000000042;;", "02/11/2026;;B1;")
    assert office.take().counts["ordres"].updated == 1
    assert Order.get(number="BT-1").dwelling is None


def test_what_is_charged_to_the_tenant_is_withdrawn_by_a_zero(office):
    office.take()
    office.change("ordres", ";35,00", ";0")
    office.take()
    assert Order.get(number="BT-1").tenant_share_cents == 0


def test_some_of_the_files_are_enough_once_the_rest_is_known(office):
    office.take()
    office.only("reglements")
    office.add("reglements", "P3;2014-1;20/11/2026;carte;10,00;")
    report = office.take()
    assert list(report.counts) == ["reglements"]
    assert (report.counts["reglements"].created, report.counts["reglements"].unchanged) == (1, 2)


def test_only_the_first_faults_are_shown_and_all_are_counted(office):
    office.add("locataires", *(f"{number};;;;;;" for number in range(1000, 1300)))
    report = office.take()
    assert (len(report.faults), report.fault_count) == (200, 300)
