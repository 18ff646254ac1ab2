"""`portal db`: the database's own upkeep."""

import click

from portal import config, db


@click.group("db", subcommand_metavar="COMMANDE…", help="La base de données.")
def database() -> None:
    """Group the commands of the database."""


@database.command("upgrade", help="Met la base de données à jour ; sans effet si elle l’est déjà.")
def upgrade() -> None:
    """Apply the migrations still to come."""
    try:
        settings = config.load()
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error
    db.use(settings.database)
    applied = db.upgrade()
    click.echo(f"Mises à jour appliquées : {', '.join(applied)}." if applied else "La base de données est à jour.")
