"""`portal init`: the settings and the first administrator of a real office."""

import click

from portal import config, db
from portal.cli.staff import tell
from portal.domain.people import team
from portal.domain.people.models import Role
from portal.kernel.clock import SystemClock

DEFAULTS = config.Office()
TWO_STEPS = "administrator manager accountant"  # those who see every file, or move money


@click.command("init", help="Prépare un Office : ses réglages, sa base de données, son premier administrateur.")
@click.option("--base-url", prompt="Adresse du site (https://…)", help="Adresse du site, en https://.")
@click.option("--office", "name", prompt="Nom de l’Office", default=DEFAULTS.name, help="Nom de l’Office.")
@click.option("--phone", prompt="Téléphone de l’Office", help="Téléphone de l’Office.")
@click.option("--email", prompt="Courriel de l’Office", default="", help="Courriel de l’Office.")
@click.option("--admin", prompt="Prénom et nom du premier administrateur", help="Premier administrateur.")
@click.option("--proxies", type=click.IntRange(0, 5), default=1, show_default=True, help="Serveurs web placés devant.")
def init(base_url: str, name: str, phone: str, email: str, admin: str, proxies: int) -> None:
    """Write portal.toml in production mode, make the database, print the first administrator's access once."""
    folder = config.data_folder()
    if (folder / "portal.toml").exists() or (folder / "portal.sqlite").exists():
        raise click.ClickException(f"{folder} contient déjà un Office : rien n’a été changé.")
    if not base_url.startswith("https://"):
        raise click.ClickException("L’adresse du site doit commencer par https:// (mots de passe et cookies).")
    if not phone.strip():
        raise click.ClickException("Il faut le téléphone de l’Office : c’est là qu’appelle qui a perdu son code.")
    office = {"name": name.strip(), "phone": phone.strip(), "email": email.strip()}
    settings = {"mode": "production", "base_url": base_url.rstrip("/"), "trusted_proxies": proxies, "office": office}
    settings["access"] = {"second_factor": TWO_STEPS}
    config.save(folder, settings)
    db.use(config.load(folder).database)
    db.upgrade()
    with db.db.connection_context():
        given = team.hire(
            name=admin.strip(),
            role=Role.ADMINISTRATOR,
            function="Direction",
            email="",
            lodge=None,
            at=SystemClock().now(),
        )
    click.echo(f"L’Office est prêt dans {folder}. Complétez {folder / 'portal.toml'} (adresse, heures, courriels).")
    tell(given, click.echo)
