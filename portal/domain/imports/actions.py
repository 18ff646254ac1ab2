"""Taking in a folder of the Office's files: whole, in one transaction, or not at all."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import apsw

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.imports import accounts, merging, sources, staging
from portal.domain.imports.checks import Checks
from portal.domain.imports.layouts import layouts
from portal.domain.imports.report import Counts, Fault, Report
from portal.domain.imports.sources import Source
from portal.domain.imports.staging import Known, Layout, Progress

CACHE_KIB = 200_000  # while importing; the connection's own size is put back after
LONG_TO_WRITE = 20 * 1024**2  # bytes: it takes a second or more, which is worth a word
REFERRED = {
    "loges": ("lodge", "code"),
    "residences": ("residence", "code"),
    "batiments": ("building", "code"),
    "logements": ("dwelling", "reference"),
    "locataires": ("tenant", "number"),
    "baux": ("lease", "number"),
    "entreprises": ("contractor", "code"),
}


def import_folder(
    *,
    folder: Path,
    dwelling_digits: int,
    tenant_digits: int,
    at: datetime,
    dry_run: bool = False,
    progress: Progress,
    by: str = "",
) -> Report:
    """Take in every file of a folder and return the report of what was done.

    One fault anywhere and nothing is written; a dry run writes nothing either and gives the same report. Taking in the
    same folder twice changes nothing the second time. `progress` hears the file, how far it is read and its size, then,
    while it is being written, how many steps are done (0 and 0 while it is checked, which has no measure). What changes
    something leaves a trace: when, which files, how many lines, and `by` whom (the account of the machine).
    """
    report, known = Report(dry_run=dry_run), Known()
    with db.atomic() as transaction:
        connection = db.connection()
        for table, (name, key) in REFERRED.items():
            known.ids[table] = dict(connection.execute(f"SELECT {key}, id FROM {name}"))
        with LargeCache(connection):
            expected = layouts(known, dwelling_digits, tenant_digits)
            found = _sources(folder, expected, report)
            for table, layout in expected.items():
                staging.create(connection, layout)
                if table in found:
                    _take(connection, layout, found[table], report, known, at, progress)
            for layout in expected.values():
                connection.execute(f"DROP TABLE {layout.stage}")
        if report.refused or dry_run:
            transaction.rollback()
        elif report.changes:
            audit.note(act=audit.IMPORTED_FILES, at=at, detail=_told(report, found, by))
    if report.refused:
        report.counts.clear()
    return report


def _take(
    connection: apsw.Connection,
    layout: Layout,
    source: Source,
    report: Report,
    known: Known,
    at: datetime,
    progress: Progress,
) -> None:
    """Stage one file, check it and, while no fault is known, merge it."""
    staging.fill(connection, layout, source, report, known, progress)
    writing = partial(progress, f"{source.name}, enregistrement")
    if source.size > LONG_TO_WRITE:
        writing(0, 0)
    Checks(connection, source, report, known).run()
    if report.refused:
        _mention(connection, layout, known)
    else:
        report.counts[layout.table] = _merge(connection, layout, at, writing)
        _know(connection, layout, known)


def _merge(connection: apsw.Connection, layout: Layout, at: datetime, progress: Callable[[int, int], None]) -> Counts:
    match layout.table:
        case "termes":
            return accounts.post_terms(connection, at, progress)
        case "reglements":
            return accounts.post_payments(connection, at)
        case "rejets":
            return accounts.post_rejections(connection, at)
        case _:
            return merging.merge(connection, layout)


def _told(report: Report, found: dict[str, Source], by: str) -> str:
    """Return what the trace keeps: « by root: loges.csv +1 ~0 =3, … » (created, updated, unchanged)."""
    lines = (
        f"{found[table].name} +{counts.created} ~{counts.updated} ={counts.unchanged}"
        for table, counts in report.counts.items()
    )
    return (f"by {by}: " if by else "") + ", ".join(lines)


def _mention(connection: apsw.Connection, layout: Layout, known: Known) -> None:
    """The files have faults: their keys are only noted, for what refers to them is not one more fault."""
    if layout.table in REFERRED:
        for (key,) in connection.execute(f"SELECT {layout.key[0]} FROM {layout.stage}"):
            known.mention(layout.table, key)


def _know(connection: apsw.Connection, layout: Layout, known: Known) -> None:
    if layout.table in REFERRED:
        name, key = REFERRED[layout.table]
        known.ids[layout.table] = dict(connection.execute(f"SELECT {key}, id FROM {name}"))


def _sources(folder: Path, expected: dict[str, Layout], report: Report) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for source in sources.find(folder):
        if not isinstance(source, Source):
            report.add(Fault(source[0], 0, "", "", source[1]))
        elif source.table not in expected:
            names = ", ".join(f"{table}.csv" for table in expected)
            report.add(Fault(source.name, 0, "", "", f"l’un des fichiers {names}"))
        elif source.table in found:
            report.add(
                Fault(
                    source.name,
                    0,
                    "",
                    "",
                    f"un seul fichier « {source.table} », déjà lu dans {found[source.table].name}",
                )
            )
        else:
            found[source.table] = source
    if not found and not report.refused:
        report.add(Fault(folder.name, 0, "", "", "au moins un fichier CSV ou XLSX de l’Office"))
    return found


class LargeCache:
    """Give the import's connection more memory, and take it back."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.usual = self.connection.execute("PRAGMA cache_size").get
        self.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.connection.execute(f"PRAGMA temp.cache_size = -{CACHE_KIB}")

    def __exit__(self, *failure: object) -> None:
        self.connection.execute(f"PRAGMA cache_size = {self.usual}")
        self.connection.execute("PRAGMA temp.cache_size = -2000")
