"""Terms, payments and rejections: entries of the accounts, that are posted once and never changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import apsw

from portal.domain.imports.report import Counts
from portal.domain.rents.labels import KIND_LABELS, METHOD_LABELS, MONTHS, REJECTION_LABELS
from portal.domain.rents.posting import KIND_OF_NATURE

LABELS = {kind: KIND_LABELS[kind] for kind in ("rent_call", *KIND_OF_NATURE.values())}


def post_terms(connection: apsw.Connection, at: datetime, progress: Callable[[int, int], None]) -> Counts:
    """Post the new lines of the terms: the terms, their lines, and up to four entries a term.

    `progress` hears how many of the steps are done, for each takes a minute in a large office.
    """
    lines = _count(connection, "termes")
    written = partial(_post_entries, at=at)
    steps: tuple[Callable[[apsw.Connection], None], ...]
    steps = (_forget_known_lines, _sum_by_term, _post_terms, _post_lines, _number_entries, written)
    for done, step in enumerate(steps, start=1):
        step(connection)
        progress(done, len(steps))
    created = _count(connection, "termes")  # of what was staged, the known lines are forgotten
    return Counts(created=created, unchanged=lines - created)


def _forget_known_lines(connection: apsw.Connection) -> None:
    connection.execute(
        """
        DELETE FROM temp.staged_termes WHERE EXISTS (
            SELECT 1 FROM rent_term AS t JOIN term_line AS l ON l.term_id = t.id
            WHERE t.lease_id = bail AND t.month = mois AND l.nature = staged_termes.nature AND l.label = libelle)
        """
    )


def _post_terms(connection: apsw.Connection) -> None:
    connection.execute(
        """
        INSERT INTO rent_term (lease_id, month, issued_on, due_on)
        SELECT bail, mois, issued, due FROM temp.posted WHERE NOT known ORDER BY bail, mois
        """
    )


def _post_lines(connection: apsw.Connection) -> None:
    connection.execute(
        """
        INSERT INTO term_line (term_id, nature, label, amount_cents)
        SELECT t.id, s.nature, s.libelle, s.montant
        FROM temp.staged_termes AS s JOIN rent_term AS t ON t.lease_id = s.bail AND t.month = s.mois
        ORDER BY s.bail, s.mois, s.line
        """
    )


def _sum_by_term(connection: apsw.Connection) -> None:
    """One row a term: what each kind of entry amounts to; the lines are read once, in the order they lie in."""
    sums = ", ".join(f"sum(iif(nature = '{nature}', montant, 0)) AS {kind}" for nature, kind in KIND_OF_NATURE.items())
    others = ", ".join(f"'{nature}'" for nature in KIND_OF_NATURE)
    connection.execute("DROP TABLE IF EXISTS temp.posted")
    connection.execute(
        f"""
        CREATE TEMP TABLE posted AS
        SELECT bail, mois, min(date_emission) AS issued, min(date_exigibilite) AS due, {sums},
            sum(iif(nature IN ({others}), 0, montant)) AS rent_call,
            EXISTS (SELECT 1 FROM rent_term AS t WHERE t.lease_id = bail AND t.month = mois) AS known
        FROM temp.staged_termes GROUP BY bail, mois
        """
    )


def _number_entries(connection: apsw.Connection) -> None:
    """Prepare the entries. A line added to a term already posted makes a further entry, numbered from 2."""
    kinds = ", ".join(f"('{kind}', '{label}')" for kind, label in LABELS.items())
    amounts = " ".join(f"WHEN '{kind}' THEN p.{kind}" for kind in LABELS)
    connection.execute("DROP TABLE IF EXISTS temp.entries")
    connection.execute(
        f"""
        CREATE TEMP TABLE entries AS
        SELECT p.bail, p.mois, p.issued, p.known, k.column1 AS kind, k.column2 AS label,
            'terme/' || l.number || '/' || p.mois || '/' || k.column1 AS key, CASE k.column1 {amounts} END AS cents
        FROM temp.posted AS p JOIN lease AS l ON l.id = p.bail CROSS JOIN (VALUES {kinds}) AS k
        """
    )
    connection.execute(
        """
        UPDATE temp.entries SET key = key || '/' || (1 + earlier) FROM (
            SELECT n.rowid AS entry, (
                SELECT count(*) FROM ledger_entry AS e WHERE e.business_key >= n.key AND e.business_key < n.key || '0'
            ) AS earlier FROM temp.entries AS n WHERE n.known
        ) AS x WHERE x.entry = entries.rowid AND earlier > 0
        """
    )


def _post_entries(connection: apsw.Connection, at: datetime) -> None:
    months = " ".join(f"WHEN '{number:02d}' THEN '{name}'" for number, name in enumerate(MONTHS, start=1))
    connection.execute(
        f"""
        INSERT INTO ledger_entry
            (lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents, method, recorded_at)
        SELECT bail, key, kind, issued, issued, mois,
            label || ', ' || CASE substr(mois, 6) {months} END || ' ' || substr(mois, 1, 4), cents, '', ?
        FROM temp.entries WHERE cents <> 0 ORDER BY rowid
        """,
        (_instant(at),),
    )


def post_payments(connection: apsw.Connection, at: datetime) -> Counts:
    """Post the new payments; what the CAF pays is a benefit of the month it names."""
    lines = _count(connection, "reglements")
    connection.execute(
        """
        DELETE FROM temp.staged_reglements
        WHERE EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.business_key = 'reglement/' || reference)
        """
    )
    labels = " ".join(f"WHEN '{method}' THEN '{label}'" for method, label in METHOD_LABELS.items())
    connection.execute(
        f"""
        INSERT INTO ledger_entry
            (lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents, method, recorded_at)
        SELECT bail, 'reglement/' || reference, iif(mode = 'caf', 'housing_benefit', 'payment_received'),
            date, date, terme, CASE mode {labels} END, -montant, mode, ?
        FROM temp.staged_reglements ORDER BY line
        """,
        (_instant(at),),
    )
    created = connection.changes()
    return Counts(created=created, unchanged=lines - created)


def rejection_label(method: str, reason: str) -> str:
    """Return the SQL of a rejection's label, from the SQL of the payment's method and of the reason, if any."""
    labels = " ".join(f"WHEN '{name}' THEN '{label}'" for name, label in REJECTION_LABELS.items())
    return f"CASE {method} {labels} END || coalesce(' : ' || {reason}, '')"


def post_rejections(connection: apsw.Connection, at: datetime) -> Counts:
    """Post the new rejections: each puts back the sum of its payment and points to it."""
    lines = _count(connection, "rejets")
    connection.execute(
        """
        DELETE FROM temp.staged_rejets
        WHERE EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.business_key = 'rejet/' || reference)
        """
    )
    connection.execute(
        f"""
        INSERT INTO ledger_entry (lease_id, business_key, kind, entered_on, value_on, month, label, amount_cents,
            method, reverses_id, recorded_at)
        SELECT e.lease_id, 'rejet/' || s.reference, 'rejected_payment', s.date, s.date, e.month,
            {rejection_label("e.method", "s.motif")}, -e.amount_cents, e.method, e.id, ?
        FROM temp.staged_rejets AS s JOIN ledger_entry AS e ON e.business_key = 'reglement/' || s.reglement
        ORDER BY s.line
        """,
        (_instant(at),),
    )
    created = connection.changes()
    return Counts(created=created, unchanged=lines - created)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _count(connection: apsw.Connection, table: str) -> int:
    return connection.execute(f"SELECT count(*) FROM temp.staged_{table}").get
