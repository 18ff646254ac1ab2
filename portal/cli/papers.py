"""`portal papers`: the papers in bulk, their keys, their files."""

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click

from portal import config, create_app, db
from portal.cli.progress import Progress
from portal.domain.papers import keys
from portal.domain.papers.printing import draw_up_month
from portal.kernel.periods import Month
from portal.web import batches
from portal.web.application import Portal
from portal.web.filters import format_size
from portal.web.papers import clean, desk_of


@click.group("papers", help="Les avis d’échéance, les quittances et les reçus.")
def papers() -> None:
    """Group the commands of the papers."""


@papers.command("notices", help="Fait un seul PDF des avis d’échéance d’un mois (2026-11), triés pour la distribution.")
@click.argument("month", metavar="MOIS")
@click.argument("out", metavar="FICHIER", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--building", metavar="CODE", default="", help="Seulement ceux d’un bâtiment.")
@click.option("--cores", type=click.IntRange(1, 64), default=None, help="Nombre de cœurs (tous, sinon).")
def notices(month: str, out: Path, building: str, cores: int | None) -> None:
    """Draw up what is missing and bind all the avis of a month; stopped, the same command goes on."""
    try:
        wanted = Month.parse(month)
    except ValueError:
        raise click.ClickException(f"« {month} » n’est pas un mois. Écrivez par exemple 2026-11.") from None
    app, progress = _app(), Progress()
    with db.db.connection_context():
        sheets = draw_up_month(
            month=wanted,
            building=building,
            desk=desk_of(app),
            at=app.clock.now(),
            told=lambda done, total: progress("Avis établis", done, total),
        )
    if not sheets:
        raise click.ClickException("Aucun avis : ce mois n’a pas été quittancé, ou ce bâtiment n’existe pas.")
    try:
        count = batches.bind(
            app,
            sheets,
            out=out,
            cores=cores or batches.cores(),
            told=lambda done, total: progress("Avis dessinés", done, total),
            make=create_app,
        )
    except BrokenProcessPool:
        raise click.ClickException("Le travail a été interrompu. Relancez la même commande : elle continue.") from None
    finally:
        progress.close()
    click.echo(f"{count} avis dans {out}.")


@papers.command("rotate-key", help="Change la clé qui signe les codes ; les papiers déjà donnés restent vérifiables.")
def rotate_key() -> None:
    """Add a key that signs from now on."""
    number = keys.rotate(_app().portal.data).current.number
    click.echo(f"La clé n° {number} signe désormais. Sauvegardez le fichier {keys.FILE} avec le reste des données.")


@papers.command("clean", help="Supprime les PDF gardés d’une mise en page précédente ; ils se refont à la demande.")
def clean_command() -> None:
    """Remove the kept PDFs that no page asks for any more."""
    files, size = clean(_app())
    click.echo(f"Fichiers supprimés : {files} ({format_size(size)})." if files else "Rien à supprimer.")


def _app() -> Portal:
    try:
        app = create_app(config.load())
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error
    db.upgrade()
    return app
