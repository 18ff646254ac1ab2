"""`portal import`: take in a folder of the Office's files."""

import getpass
import sys
from pathlib import Path

import click

from portal import config, db
from portal.cli.progress import Progress
from portal.domain.imports.actions import import_folder
from portal.domain.imports.report import Report
from portal.kernel.clock import SystemClock

HEADINGS = ("Fichier", "Créées", "Modifiées", "Inchangées")


@click.command("import", help="Prend les fichiers CSV ou XLSX d’un dossier : tous, ou aucun s’il y a une seule erreur.")
@click.argument("folder", metavar="DOSSIER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Donne le même compte rendu, sans rien écrire.")
def import_command(folder: Path, dry_run: bool) -> None:
    """Import a folder into the Office of the data folder; status 1 when it is refused."""
    try:
        settings = config.load()
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error
    db.use(settings.database)
    db.upgrade()
    progress = Progress()
    with db.db.connection_context():
        report = import_folder(
            folder=folder,
            dwelling_digits=settings.references.dwelling_digits,
            tenant_digits=settings.references.tenant_digits,
            at=SystemClock().now(),
            dry_run=dry_run,
            progress=progress,
            by=getpass.getuser(),
        )
    progress.close()
    for line in told(report):
        click.echo(line)
    if report.refused:
        sys.exit(1)


def told(report: Report) -> list[str]:
    """Return the report as the Office reads it at a terminal."""
    if report.refused:
        more = report.fault_count - len(report.faults)
        return [
            *(fault.sentence for fault in report.faults),
            *([f"… et {_count(more, 'autre erreur', 'autres erreurs')}."] if more else []),
            f"Import refusé : {_count(report.fault_count, 'erreur', 'erreurs')}. Rien n’a été écrit.",
        ]
    rows = [
        (f"{table}", f"{counts.created}", f"{counts.updated}", f"{counts.unchanged}")
        for table, counts in report.counts.items()
    ]
    return [*(_row(*cells) for cells in (HEADINGS, *rows)), *_doubts(report), _conclusion(report)]


def _doubts(report: Report) -> list[str]:
    if not report.twins:
        return []
    more = report.twin_count - len(report.twins)
    return [
        "À vérifier, ces règlements ont peut-être déjà été saisis (si c’est le cas, annulez l’un des deux) :",
        *(twin.sentence for twin in report.twins),
        *([f"… et {_count(more, 'autre', 'autres')}."] if more else []),
    ]


def _conclusion(report: Report) -> str:
    if report.dry_run:
        return "Essai à blanc : les fichiers sont bons, rien n’a été écrit."
    if not report.changes:
        return "Rien à changer : tout était déjà là."
    return "Import terminé."


def _row(name: str, *cells: str) -> str:
    return f"{name:<14}" + "".join(f"{cell:>12}" for cell in cells)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"
