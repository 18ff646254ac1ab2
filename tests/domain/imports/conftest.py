"""A database of its own for each test, and a small office written as files, one line of each to change at will."""

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal import db
from portal.domain.imports.actions import import_folder
from portal.domain.imports.report import Report

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ORDER_COLUMNS = """
    numero sorte date logement batiment entreprise corps_etat objet date_prevue creneau delai_jours etat date_fin
    a_la_charge_du_locataire
"""
FILES = {
    "loges": ["code;nom;adresse;telephone;courriel;horaires", "L1;Loge des Tilleuls;1 rue Legendre;01 99 00 12 34;;"],
    "residences": ["code;nom;loge", "R1;Les Tilleuls;L1"],
    "batiments": [
        "code;residence;nom;adresse;code_postal;commune",
        "B1;R1;Bâtiment A;4 rue Paul Cézanne;93600;Aulnay-sous-Bois",
    ],
    "logements": [
        "reference;batiment;escalier;etage;porte;type;surface_m2;annee;dpe;ges;loyer_maximum",
        "000000000042;B1;1;4;41;T3;65,50;1968;D;C;512,80",
        "000000000043;B1;1;4;42;;;;;;",
    ],
    "locataires": [
        "numero;civilite;nom;nom_usage;prenom;telephone;courriel",
        "0042;Mme;Keïta;;Aminata;06 39 98 01 01;aminata.keita@example.org",
        "0043;M.;N’Diaye;;Ousmane;;",
    ],
    "baux": [
        "numero;logement;debut;fin;titulaires;terme;jour_exigibilite",
        "2014-1;000000000042;15/06/2014;;0042+0043;echu;10",
    ],
    "lignes": ["bail;nature;libelle;debut;fin;montant", "2014-1;loyer;Loyer principal;01/01/2026;;407,55"],
    "termes": [
        "bail;mois;nature;libelle;montant;date_emission;date_exigibilite",
        "2014-1;2026-10;loyer;Loyer principal;407,55;26/10/2026;10/11/2026",
        "2014-1;2026-10;charges:chauffage;Chauffage;45,20;26/10/2026;10/11/2026",
        "2014-1;2026-10;rls;RLS;-49,09;26/10/2026;10/11/2026",
        "2014-1;2026-10;apl;APL;-198,00;26/10/2026;10/11/2026",
        "2014-1;2026-10;rappel_apl;Rappel;-12,00;26/10/2026;10/11/2026",
        "2014-1;2026-10;depot_garantie;Dépôt;400,00;26/10/2026;10/11/2026",
    ],
    "reglements": [
        "reference;bail;date;mode;montant;terme",
        "P1;2014-1;10/11/2026;prelevement;205,66;2026-10",
        "P2;2014-1;12/11/2026;caf;30,00;2026-10",
    ],
    "rejets": ["reference;reglement;date;motif", "J1;P1;14/11/2026;Provision insuffisante"],
    "entreprises": ["code;nom;siret;telephone;corps_etat", "E1;Plomberie Varin;00000000100018;;Plomberie"],
    "ordres": [
        ";".join(ORDER_COLUMNS.split()),
        "BT-1;BT;02/11/2026;000000000042;;E1;Plomberie;Fuite sous l’évier;05/11/2026;le matin;5;fait;05/11/2026;35,00",
        "OS-1;OS;02/11/2026;;B1;E1;Plomberie;Colonne d’eau;;;30;en_cours;;",
    ],
}


class Files:
    """The folder of a small office, and its import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for table, lines in FILES.items():
            self.write(table, lines)

    def write(self, table: str, lines: list[str], encoding: str = "utf-8") -> None:
        """Write one file anew."""
        (self.folder / f"{table}.csv").write_text("\r\n".join(lines) + "\r\n", encoding, newline="")

    def change(self, table: str, before: str, after: str) -> None:
        """Replace some text of one file."""
        lines = [line.replace(before, after) for line in self.lines(table)]
        assert lines != self.lines(table), f"{before} is not in {table}.csv"
        self.write(table, lines)

    def add(self, table: str, *lines: str) -> None:
        """Add lines to one file."""
        self.write(table, [*self.lines(table), *lines])

    def only(self, *tables: str) -> None:
        """Keep some files and remove the others."""
        for path in self.folder.iterdir():
            if path.stem not in tables:
                path.unlink()

    def lines(self, table: str) -> list[str]:
        """Return the lines of one file."""
        return (self.folder / f"{table}.csv").read_text("utf-8").splitlines()

    def cells(self, table: str) -> list[list[str]]:
        """Return the cells of one file, header included."""
        return list(csv.reader(self.lines(table), delimiter=";"))

    def take(self, *, dry_run: bool = False) -> Report:
        """Import the folder."""
        return import_folder(
            folder=self.folder,
            dwelling_digits=12,
            tenant_digits=4,
            at=AT,
            dry_run=dry_run,
            progress=lambda name, done, total: None,
        )


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    db.use(path)
    db.upgrade()
    return path


@pytest.fixture
def office(empty_database, tmp_path):
    """The files of the small office, beside an empty database that is open."""
    shutil.copy(empty_database, tmp_path / "portal.sqlite")
    db.use(tmp_path / "portal.sqlite")
    (tmp_path / "files").mkdir()
    with db.db.connection_context():
        db.db.execute_sql("PRAGMA synchronous = 0")
        yield Files(tmp_path / "files")


@pytest.fixture
def whole_base():
    """A function that returns every row of every table, to compare before and after."""

    def read() -> dict[str, list[tuple]]:
        names = [
            row[0] for row in db.db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {name: db.db.execute_sql(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}

    return read
