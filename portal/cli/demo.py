"""`portal demo`: make the demonstration office."""

import logging
from dataclasses import replace
from datetime import datetime, time

import click

from portal import config
from portal.cli.progress import Progress
from portal.demo.accesses import Access
from portal.demo.cast import SMALLEST_OFFICE
from portal.demo.maker import ACCESSES, Wish, make
from portal.domain.errors import DomainError
from portal.kernel.clock import PARIS, SystemClock

ROLES = {
    "tenant": "locataire",
    "administrator": "administrateur",
    "manager": "gestion locative",
    "accountant": "comptabilité",
    "technical": "technique",
    "caretaker": "gardien",
}
COUNTED = {
    "logements": "logements",
    "locataires": "locataires",
    "baux": "baux",
    "termes": "lignes de termes",
    "reglements": "règlements",
    "ordres": "ordres et bons",
}
HEADINGS = Access("Rôle", "Identifiant", "Mot de passe", "Nom", "Réf. logement", "N°", "À savoir")


@click.command("demo", help="Fabrique l’Office de démonstration, avec des personnes inventées.")
@click.option(
    "--dwellings",
    type=click.IntRange(SMALLEST_OFFICE, 100_000),
    default=120,
    help="Nombre de logements (120 si rien n’est dit).",
)
@click.option(
    "--months", type=click.IntRange(1, 120), default=24, help="Nombre de mois de comptes (24 si rien n’est dit)."
)
@click.option("--seed", type=int, default=93600, hidden=True)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), hidden=True)
def demo(dwellings: int, months: int, seed: int, as_of: datetime | None) -> None:
    """Make the demonstration in the data folder, in place of a former one, and tell its accesses."""
    logging.getLogger("portal").addHandler(logging.NullHandler())  # its bank sends spoilt news, on purpose
    data, progress = config.data_folder(), Progress()
    at = datetime.combine(as_of.date(), time(9), PARIS) if as_of else SystemClock().now()
    try:
        made = make(data=data, wish=Wish(dwellings, months, seed), at=at, progress=progress)
    except (DomainError, config.ConfigError) as error:
        progress.close()
        raise click.ClickException(str(error)) from error
    progress.close()
    click.echo(f"{', '.join(f'{_grouped(made.lines[table])} {words}' for table, words in COUNTED.items())}.\n")
    for line in told(made.accesses):
        click.echo(line)
    if made.left_out:
        click.echo(f"\nL’Office est trop petit, ou ses comptes trop courts, pour montrer : {', '.join(made.left_out)}.")
    click.echo(f"\nCes accès sont aussi dans {data / ACCESSES}.")


def told(opened: list[Access]) -> list[str]:
    """Return the accesses as a table for a terminal."""
    names = ("role", "login", "password", "name", "dwelling_reference", "tenant_number")
    rows = [HEADINGS, *(replace(access, role=ROLES[access.role]) for access in opened)]
    widths = {name: max(len(getattr(row, name)) for row in rows) for name in names}
    return ["  ".join([*(f"{getattr(row, name):<{widths[name]}}" for name in names), row.remark]) for row in rows]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
