"""Whatever the software that wrote them, the files say the same: encodings, columns, dates, workbooks."""

import random
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.housing.models import Dwelling, Lodge
from portal.domain.imports import sources
from portal.domain.people.models import Tenant

ENCODINGS = ("utf-8", "utf-8-sig", "cp1252")


@pytest.fixture
def taken(office):
    """The office, whose files have been taken in once."""
    office.take()
    return office


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), encoding=st.sampled_from(ENCODINGS))
def test_the_same_office_in_any_order_of_columns_and_lines_and_any_encoding_changes_nothing(taken, seed, encoding):
    office = taken
    shuffle = random.Random(seed).shuffle
    for table in [path.stem for path in office.folder.iterdir()]:
        header, *lines = office.cells(table)
        order = list(range(len(header)))
        shuffle(order)
        shuffle(lines)
        written = [";".join(cells[place] for place in order) for cells in [header, *lines]]
        office.write(table, written, encoding)
    report = office.take()
    for table in [path.stem for path in office.folder.iterdir()]:
        office.write(table, (office.folder / f"{table}.csv").read_text(encoding).splitlines())
    assert not report.refused
    assert report.changes == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.from_regex(r"([A-Za-z0-9 ;\",'-]|[éèêëàâçîïôùûœÉÈÀÇ’€«][A-Za-z ]){1,40}", fullmatch=True))
def test_any_french_words_come_in_as_they_were_written(office, words):
    office.only("loges")
    quoted = '"' + words.replace('"', '""') + '"'
    lines = ["code;nom;adresse;telephone;courriel;horaires", f"L1;{quoted};;;;"]
    for encoding in ENCODINGS:
        office.write("loges", lines, encoding)
        report = office.take()
        if words.strip():
            assert Lodge.get().name == " ".join(words.split())
        assert report.refused is (not words.strip())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_accents_survive_each_encoding(office, encoding):
    office.write("locataires", office.lines("locataires"), encoding)
    office.take()
    assert [tenant.family_name for tenant in Tenant.select().order_by(Tenant.number)] == ["Keïta", "N’Diaye"]


@pytest.mark.parametrize("written", ["65,5", "65.50", " 65,50 "])
def test_a_comma_and_a_point_say_the_same(office, written):
    office.change("logements", "65,50", written)
    office.take()
    assert Dwelling.get(reference="000000000042").area_centi_m2 == 6550


def test_a_day_may_be_written_either_way(office):
    office.take()
    office.change("baux", "15/06/2014", "2014-06-15")
    assert office.take().changes == 0


def as_workbook(office, convert=lambda cell: cell) -> None:
    """Turn every CSV file into a sheet of one workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(office.folder.iterdir()):
        sheet = book.create_sheet(path.stem)
        for cells in office.cells(path.stem):
            sheet.append([convert(cell) for cell in cells])
    office.only()
    book.save(office.folder / "office.xlsx")


def test_a_workbook_with_one_sheet_a_file_says_the_same(office):
    office.take()
    as_workbook(office)
    report = office.take()
    assert not report.refused
    assert report.changes == 0


def test_numbers_and_days_of_a_workbook_are_read_as_such(office):
    office.take()
    typed = {"65,50": 65.5, "407,55": 407.55, "15/06/2014": date(2014, 6, 15), "10": 10, "93600": 93600}
    as_workbook(office, lambda cell: typed.get(cell, cell))
    assert office.take().changes == 0


def test_a_number_that_lost_its_zeros_in_a_workbook_is_told(office):
    as_workbook(office, lambda cell: 42 if cell == "0042" else cell)
    fault = office.take().faults[0]
    assert (fault.line, fault.column, fault.read) == (2, "numero", "42")
    assert fault.file.replace("\u00a0", " ") == "office.xlsx, feuille « locataires »"


def test_the_same_table_twice_is_told(office):
    lines = {table: office.lines(table) for table in ("loges", "residences")}
    as_workbook(office)
    office.write("loges", lines["loges"])
    assert "un seul fichier « loges »" in office.take().faults[0].sentence.replace("\u00a0", " ")


def test_a_workbook_that_unpacks_too_large_is_refused_unopened(office, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST_WORKBOOK", 10_000_000)
    with zipfile.ZipFile(office.folder / "bombe.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 11_000_000)
    assert office.take().faults[0].sentence.endswith("attendu un classeur de 1 Go au plus une fois déplié.")


def test_a_file_that_is_not_a_workbook_is_refused(office):
    (office.folder / "office.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert office.take().faults[0].sentence.endswith("attendu un classeur XLSX lisible.")
