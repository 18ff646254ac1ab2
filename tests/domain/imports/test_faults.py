"""Each fault is told in French: which file, line and column, what was read, what was expected."""

import pytest

from portal.domain.people.models import Staff
from portal.domain.works.models import Order


def sentences(office) -> list[str]:
    return [fault.sentence.replace("\u00a0", " ") for fault in office.take().faults]


@pytest.mark.parametrize(
    ("table", "before", "after", "sentence"),
    [
        (
            "logements",
            "000000000042",
            "42",
            "logements.csv, ligne 2, colonne « reference » : lu « 42 », attendu 12 chiffres, zéros de tête",
        ),
        (
            "locataires",
            "0042;",
            "42;",
            "locataires.csv, ligne 2, colonne « numero » : lu « 42 », attendu 4 chiffres, zéros de tête compris.",
        ),
        (
            "locataires",
            "Keïta;",
            ";",
            "locataires.csv, ligne 2, colonne « nom » : cellule vide, attendu un texte.",
        ),
        (
            "locataires",
            "aminata.keita@example.org",
            "aminata.keita",
            "locataires.csv, ligne 2, colonne « courriel » : lu « aminata.keita », attendu une adresse de courriel,",
        ),
        (
            "logements",
            "T3",
            "F3",
            "logements.csv, ligne 2, colonne « type » : lu « F3 », attendu un de ces mots : T1, T2,",
        ),
        (
            "residences",
            ";L1",
            ";L9",
            "residences.csv, ligne 2, colonne « loge » : lu « L9 », attendu une clé de loges.csv, ou déjà connue.",
        ),
        (
            "baux",
            "15/06/2014",
            "31/02/2014",
            "baux.csv, ligne 2, colonne « debut » : lu « 31/02/2014 », attendu une date qui existe au calendrier",
        ),
        (
            "baux",
            "15/06/2014;;",
            "15/06/2014;14/06/2014;",
            "baux.csv, ligne 2, colonne « fin » : lu « 2014-06-14 », attendu une date qui ne précède pas",
        ),
        (
            "baux",
            "0042+0043",
            "0042+0042",
            "baux.csv, ligne 2, colonne « titulaires » : lu « 0042+0042 », attendu des numéros de locataires dif",
        ),
        (
            "termes",
            ";loyer;",
            ";loyers;",
            "termes.csv, ligne 2, colonne « nature » : lu « loyers », attendu un de ces mots : loyer, ",
        ),
        (
            "termes",
            ";407,55;",
            ";0;",
            "termes.csv, ligne 2, colonne « montant » : lu « 0 », attendu un montant différent de zéro.",
        ),
        (
            "termes",
            "45,20;26/10/2026",
            "45,20;27/10/2026",
            "termes.csv, ligne 7, colonne « date_emission » : lu « 2026-10-27 », attendu la même date pour toute",
        ),
        (
            "reglements",
            "205,66",
            "-205,66",
            "reglements.csv, ligne 2, colonne « montant » : lu « -205,66 », attendu un montant positif",
        ),
        (
            "rejets",
            ";P1;",
            ";P9;",
            "rejets.csv, ligne 2, colonne « reglement » : lu « P9 », attendu la référence d’un règlement de regl",
        ),
        (
            "rejets",
            "14/11/2026",
            "09/11/2026",
            "rejets.csv, ligne 2, colonne « date » : lu « 2026-11-09 », attendu une date qui ne précède pas celle",
        ),
        (
            "ordres",
            "02/11/2026;;B1",
            "02/11/2026;000000000042;B1",
            "ordres.csv, ligne 3, colonne « logement » : lu « les deux », attendu un logement ou un bâtiment, l’",
        ),
        (
            "ordres",
            "OS-1;OS;02/11/2026;;B1;E1;Plomberie;Colonne d’eau;;;30;en_cours",
            "OS-1;OS;02/11/2026;;B1;E1;Plomberie;Colonne d’eau;;;30;rendez_vous",
            "ordres.csv, ligne 3, colonne « etat » : lu « rendez_vous », attendu pour un OS, l’un de ces mots : ",
        ),
    ],
)
def test_a_wrong_cell_is_told_by_its_place_what_was_read_and_what_was_expected(office, table, before, after, sentence):
    office.change(table, before, after)
    told = sentences(office)
    assert any(each.startswith(sentence) for each in told), told


def test_an_unknown_column_is_refused_by_name(office):
    office.change("loges", "horaires", "ouverture")
    refusal = "loges.csv, ligne 1, colonne « ouverture » : lu « ouverture », attendu l’une des colonnes code, nom"
    assert sentences(office)[0].startswith(refusal)


def test_a_missing_column_is_told(office):
    office.write("residences", ["code;nom", "R1;Les Tilleuls"])
    assert "residences.csv, ligne 1, colonne « loge » : attendu la colonne « loge », absente de l’en-tête." in [
        each.replace("cellule vide, ", "") for each in sentences(office)
    ]


def test_a_column_named_twice_is_told(office):
    office.write("residences", ["code;nom;loge;nom", "R1;Les Tilleuls;L1;Les Ormes"])
    assert sentences(office)[0].endswith("attendu une seule colonne de ce nom.")


def test_a_file_with_commas_is_told_to_use_semicolons(office):
    office.write("residences", ["code,nom,loge", "R1,Les Tilleuls,L1"])
    assert sentences(office)[0].endswith("attendu des colonnes séparées par des points-virgules.")


def test_a_line_too_short_is_told(office):
    office.add("residences", "R2;Les Ormes")
    assert sentences(office) == ["residences.csv, ligne 3 : lu « 2 cellules », attendu 3 cellules, comme l’en-tête."]


def test_a_key_met_twice_is_told_with_the_line_of_the_first(office):
    office.add("residences", "R1;Les Ormes;L1")
    assert sentences(office) == [
        "residences.csv, ligne 3, colonne « code » : lu « R1 », attendu une clé qui n’est pas déjà à la ligne 2."
    ]


def test_an_unknown_file_is_refused_by_name(office):
    (office.folder / "impayes.csv").write_text("bail;montant\n")
    assert sentences(office)[0].startswith("impayes.csv : attendu l’un des fichiers loges.csv, residences.csv")


def test_an_empty_folder_is_told(office):
    office.only()
    assert sentences(office) == ["files : attendu au moins un fichier CSV ou XLSX de l’Office."]


@pytest.mark.parametrize("content", [b"", b"\x81\x8d\n", b'code;nom;loge\n"R1;x;y\n', b"\x00\x01\x02", b"PK\x03\x04"])
def test_rubbish_is_refused_with_a_sentence(office, content):
    (office.folder / "residences.csv").write_bytes(content)
    assert sentences(office)


def test_an_order_the_portal_numbered_itself_is_never_overwritten(office):
    office.take()
    staff = Staff.create(name="Théo Blanc", role="technical", function="Service technique")
    Order.update(issued_by=staff).where(Order.number == "BT-1").execute()
    office.change("ordres", "02/11/2026;000000000042;;", "03/11/2026;000000000042;;")
    assert sentences(office)[0].startswith("ordres.csv, ligne 2, colonne « numero » : lu « BT-1 », attendu un numéro")
