"""`portal staff`: the Office's people."""

from collections.abc import Callable

import click

from portal import config, db
from portal.domain.errors import DomainError
from portal.domain.housing.models import Lodge
from portal.domain.people import second_factor, team
from portal.domain.people.credentials import Credentials
from portal.domain.people.models import Role
from portal.kernel.clock import SystemClock

FUNCTIONS = {
    "administrateur": (Role.ADMINISTRATOR, "Direction"),
    "gestion": (Role.MANAGER, "Service gestion locative"),
    "comptabilite": (Role.ACCOUNTANT, "Service comptabilité"),
    "technique": (Role.TECHNICAL, "Service technique"),
    "loge": (Role.CARETAKER, "Votre loge"),
}


@click.group("staff", subcommand_metavar="COMMANDE…", help="Les agents de l’Office.")
def staff() -> None:
    """Group the commands about staff."""


@staff.command("add", help="Ajoute un agent et donne son mot de passe, une seule fois.")
@click.option("--name", "name", prompt="Prénom et nom", help="Prénom et nom.")
@click.option("--role", type=click.Choice(list(FUNCTIONS)), prompt="Fonction", help="Ce que l’agent fait.")
@click.option("--lodge", "code", default="", help="Code de la loge, pour un gardien.")
@click.option("--email", default="", help="Adresse de courriel.")
def add(name: str, role: str, code: str, email: str) -> None:
    """Take in a member of staff and print the login and password, once."""
    settings = loaded()
    db.use(settings.database)
    kind, function = FUNCTIONS[role]
    with db.db.connection_context():
        lodge = lodge_of(code) if kind == Role.CARETAKER else None
        given = team.hire(
            name=name.strip(), role=kind, function=function, email=email.strip(), lodge=lodge, at=SystemClock().now()
        )
    tell(given, click.echo)


@staff.command("password", help="Donne un nouveau mot de passe à un agent, une seule fois ; rouvre un accès fermé.")
@click.argument("login", metavar="IDENTIFIANT")
def password(login: str) -> None:
    """Give a member of staff a new password and print it, once; every open session of theirs ends."""
    db.use(loaded().database)
    with db.db.connection_context():
        try:
            given = team.give_password_of_login(login=login, at=SystemClock().now())
        except DomainError as error:
            raise click.ClickException(str(error)) from error
    tell(given, click.echo)


@staff.command("forget-phone", help="Retire le téléphone d’un agent (perdu, changé) ; ses sessions se ferment.")
@click.argument("login", metavar="IDENTIFIANT")
def forget_phone(login: str) -> None:
    """Forget the telephone that gave a member of staff's second code."""
    db.use(loaded().database)
    with db.db.connection_context():
        try:
            second_factor.forget_of_login(login=login, at=SystemClock().now())
        except DomainError as error:
            raise click.ClickException(str(error)) from error
    click.echo("Le téléphone est retiré : le mot de passe suffit jusqu’à ce qu’un autre soit choisi.")


def loaded() -> config.Config:
    """Return the settings, or stop with the sentence that says what is wrong with them."""
    try:
        return config.load()
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error


def lodge_of(code: str) -> Lodge:
    """Return the lodge of a code, or stop and say which there are."""
    lodge = Lodge.get_or_none(Lodge.code == code)
    if lodge is None:
        known = ", ".join(each.code for each in Lodge.select().order_by(Lodge.code)) or "aucune"
        raise click.ClickException(f"Un gardien a une loge : donnez son code avec --lodge. Loges connues : {known}.")
    return lodge


def tell(given: Credentials, say: Callable[[str], None]) -> None:
    """Print a login and password, and that they will not be printed again."""
    say(f"Identifiant : {given.login}")
    say(f"Mot de passe : {given.password}")
    say("Notez-les maintenant : ils ne seront plus affichés.")
