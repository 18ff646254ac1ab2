"""What no cell can tell alone: lines that contradict themselves, each other, or what is already posted."""

from collections.abc import Iterable
from datetime import date

import apsw

from portal.domain.imports.accounts import rejection_label
from portal.domain.imports.report import Fault, Report, Twin
from portal.domain.imports.sources import Source
from portal.domain.imports.staging import Known
from portal.domain.rents.allocation import PAYMENTS
from portal.domain.rents.queries import NEAR
from portal.domain.works.models import SERVICE_ORDER_STATES, WORK_ORDER_STATES


class Checks:
    """The checks of one staged file; each fault found goes to the report."""

    def __init__(self, connection: apsw.Connection, source: Source, report: Report, known: Known) -> None:
        self.execute, self.source, self.report, self.known = connection.execute, source, report, known

    def run(self) -> None:
        """Check the lines of the file against themselves and against the database."""
        if check := getattr(self, f"_{self.source.table}", None):
            check()

    def _baux(self) -> None:
        early = self.execute(
            """
            SELECT s.line, coalesce(s.fin, t.ends_on)
            FROM temp.staged_baux AS s LEFT JOIN lease AS t ON t.number = s.numero
            WHERE coalesce(s.fin, t.ends_on) < s.debut ORDER BY s.line
            """
        )
        self._tell("fin", "une date qui ne précède pas le début du bail", early)

    def _lignes(self) -> None:
        early = self.execute("SELECT line, fin FROM temp.staged_lignes WHERE fin < debut ORDER BY line")
        self._tell("fin", "une date qui ne précède pas le début de la ligne", early)

    def _ordres(self) -> None:
        nowhere = self.execute(
            """
            SELECT line, CASE WHEN logement IS NULL THEN '' ELSE 'les deux' END FROM temp.staged_ordres
            WHERE (logement IS NULL) = (batiment IS NULL) ORDER BY line
            """
        )
        self._tell("logement", "un logement ou un bâtiment, l’un des deux et un seul", nowhere)
        own = self.execute(
            """
            SELECT s.line, s.numero FROM temp.staged_ordres AS s JOIN works_order AS t ON t.number = s.numero
            WHERE t.issued_by_id IS NOT NULL ORDER BY s.line
            """
        )
        self._tell("numero", "un numéro que le portail n’a pas donné lui-même à un ordre", own)
        for kind, states in (("OS", SERVICE_ORDER_STATES), ("BT", WORK_ORDER_STATES)):
            words = ", ".join(f"'{state}'" for state in states)
            sql = f"SELECT line, etat FROM temp.staged_ordres WHERE sorte = ? AND etat NOT IN ({words}) ORDER BY line"
            self._tell("etat", f"pour un {kind}, l’un de ces mots : {', '.join(states)}", self.execute(sql, (kind,)))

    def _termes(self) -> None:
        """A term has one day of issue and one day it is due; a posted line never changes."""
        for column, kept in (("date_emission", "t.issued_on"), ("date_exigibilite", "t.due_on")):
            uneven = self.execute(
                f"""
                SELECT max(line), max({column}) FROM temp.staged_termes
                GROUP BY bail, mois HAVING min({column}) <> max({column}) ORDER BY 1
                """
            )
            self._tell(column, "la même date pour toutes les lignes d’un terme", uneven)
            changed = self.execute(
                f"""
                SELECT max(s.line), s.{column}, {kept}
                FROM temp.staged_termes AS s JOIN rent_term AS t ON t.lease_id = s.bail AND t.month = s.mois
                WHERE s.{column} <> {kept} GROUP BY s.bail, s.mois ORDER BY 1
                """
            )
            self._tell_changed(column, changed)
        changed = self.execute(
            """
            SELECT s.line, s.montant, l.amount_cents
            FROM temp.staged_termes AS s JOIN rent_term AS t ON t.lease_id = s.bail AND t.month = s.mois
            JOIN term_line AS l ON l.term_id = t.id AND l.nature = s.nature AND l.label = s.libelle
            WHERE l.amount_cents <> s.montant ORDER BY s.line
            """
        )
        self._tell_changed("montant", _in_euros(changed))

    def _reglements(self) -> None:
        """A payment already known never changes."""
        known = "temp.staged_reglements AS s JOIN ledger_entry AS e ON e.business_key = 'reglement/' || s.reference"
        for column, read, kept in (
            (
                "bail",
                "(SELECT number FROM lease WHERE id = s.bail)",
                "(SELECT number FROM lease WHERE id = e.lease_id)",
            ),
            ("date", "s.date", "e.value_on"),
            ("mode", "s.mode", "e.method"),
            ("terme", "s.terme", "e.month"),
        ):
            sql = f"SELECT s.line, {read}, {kept} FROM {known} WHERE {read} IS NOT {kept} ORDER BY s.line"
            self._tell_changed(column, self.execute(sql))
        sql = (
            f"SELECT s.line, s.montant, -e.amount_cents FROM {known} WHERE s.montant <> -e.amount_cents ORDER BY s.line"
        )
        self._tell_changed("montant", _in_euros(self.execute(sql)))
        self._maybe_twice()

    def _maybe_twice(self) -> None:
        """A payment typed at the counter or made online may come again in a file, under another reference.

        What makes a twin is what the counter asks about (`portal.domain.rents.queries.twins_of`).
        """
        payments = ", ".join(f"'{kind}'" for kind in PAYMENTS)
        twins = self.execute(
            f"""
            SELECT s.line, l.number, s.montant, e.label, e.value_on
            FROM temp.staged_reglements AS s JOIN lease AS l ON l.id = s.bail
            JOIN ledger_entry AS e ON e.lease_id = s.bail AND e.value_on BETWEEN date(s.date, ?1) AND date(s.date, ?2)
            WHERE e.amount_cents = -s.montant AND e.method = s.mode AND e.kind IN ({payments})
                AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses_id = e.id)
                AND NOT EXISTS (SELECT 1 FROM ledger_entry AS k WHERE k.business_key = 'reglement/' || s.reference)
            ORDER BY s.line, e.value_on
            """,
            (f"-{NEAR.days} days", f"+{NEAR.days} days"),
        )
        for line, lease, cents, label, day in twins:
            self.report.doubt(Twin(self.source.name, line, lease, cents, label, date.fromisoformat(day)))

    def _rejets(self) -> None:
        """A rejection undoes one known payment, once, on its day or later, and never changes."""
        self._orphan_rejections()
        undone = "temp.staged_rejets AS s JOIN ledger_entry AS e ON e.business_key = 'reglement/' || s.reglement"
        twice = self.execute(
            f"""
            SELECT max(line), reglement FROM temp.staged_rejets GROUP BY reglement HAVING count(*) > 1
            UNION SELECT s.line, s.reglement FROM {undone}
            JOIN ledger_entry AS r ON r.reverses_id = e.id AND r.business_key <> 'rejet/' || s.reference
            """
        )
        self._tell("reglement", "un règlement qui n’est pas déjà rejeté", twice)
        early = self.execute(f"SELECT s.line, s.date FROM {undone} WHERE s.date < e.value_on ORDER BY s.line")
        self._tell("date", "une date qui ne précède pas celle du règlement", early)
        posted = """
            temp.staged_rejets AS s JOIN ledger_entry AS r ON r.business_key = 'rejet/' || s.reference
            JOIN ledger_entry AS e ON e.id = r.reverses_id
        """
        for column, read, kept in (
            ("date", "s.date", "r.value_on"),
            ("reglement", "s.reglement", "substr(e.business_key, 11)"),
        ):
            sql = f"SELECT s.line, {read}, {kept} FROM {posted} WHERE {read} IS NOT {kept} ORDER BY s.line"
            self._tell_changed(column, self.execute(sql))
        label = rejection_label("e.method", "s.motif")
        sql = f"SELECT s.line, s.motif, r.label FROM {posted} WHERE {label} <> r.label ORDER BY s.line"
        self._tell_changed("motif", self.execute(sql))

    def _orphan_rejections(self) -> None:
        """A payment of a file that has faults is not posted, yet what refers to it is not one more fault."""
        orphans = self.execute(
            """
            SELECT s.line, s.reglement FROM temp.staged_rejets AS s
            WHERE NOT EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.business_key = 'reglement/' || s.reglement)
                AND s.reglement NOT IN (SELECT reference FROM temp.staged_reglements) ORDER BY s.line
            """
        )
        faulty = self.known.ids.get("reglements", {})
        unknown = [(line, reference) for line, reference in orphans if reference not in faulty]
        self._tell("reglement", "la référence d’un règlement de reglements.csv, ou déjà connu", unknown)

    def _tell(self, column: str, expected: str, rows: Iterable[tuple]) -> None:
        for line, read in rows:
            self.report.add(Fault(self.source.name, line, column, str(read or ""), expected))

    def _tell_changed(self, column: str, rows: Iterable[tuple]) -> None:
        for line, read, kept in rows:
            expected = f"« {kept or 'vide'} », déjà passé au compte : une écriture ne se modifie pas"
            self.report.add(Fault(self.source.name, line, column, str(read or ""), expected))


def _in_euros(rows: Iterable[tuple]) -> Iterable[tuple]:
    return ((line, _euros(read), _euros(kept)) for line, read, kept in rows)


def _euros(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"
