"""`portal payments`: what is needed to be paid by card."""

from collections.abc import Iterator

import click

from portal.bank_settings import BankSettings
from portal.cli.staff import loaded
from portal.config import Config

RIGHT, WRONG, SAID = "✓", "✗", "·"
KEY_LENGTH = 16
NOTIFICATIONS = "/banque/notification"


@click.group("payments", help="Le paiement en ligne.")
def payments() -> None:
    """Group the commands about card payments."""


@payments.command("check", help="Dit ce qui manque ou se contredit pour être payé par carte.")
def check() -> None:
    """Print each finding; end with an error when tenants cannot pay. No key is ever printed."""
    settings = loaded()
    findings = list(findings_of(settings))
    for mark, sentence in findings:
        click.echo(f"{mark} {sentence}")
    if WRONG in {mark for mark, _ in findings}:
        raise click.exceptions.Exit(1)


def findings_of(settings: Config) -> Iterator[tuple[str, str]]:
    """Yield what is right, wrong, or to be known of the settings, each as a French sentence."""
    bank = settings.bank
    if bank.demo:
        yield SAID, "La banque de démonstration répond : aucune somme n’est prise. Il n’y a rien d’autre à régler."
        return
    yield from _shop(bank, settings)
    yield from _addresses(bank, settings)


def _shop(bank: BankSettings, settings: Config) -> Iterator[tuple[str, str]]:
    if not bank.site_id:
        yield WRONG, "Aucune boutique : « site_id » manque dans [bank]. Les locataires ne peuvent pas payer en ligne."
        return
    yield RIGHT, f"La boutique est la n° {bank.site_id}, en mode {bank.mode}."
    for name, key in (("test_key", bank.test_key), ("production_key", bank.production_key)):
        if key and len(key) != KEY_LENGTH:
            yield WRONG, f"« bank.{name} » a {len(key)} caractères : les clés de la banque en ont {KEY_LENGTH}."
        else:
            yield (RIGHT if key else SAID), f"« bank.{name} » : {'renseignée' if key else 'pas renseignée'}."
    if bank.test_key and bank.test_key == bank.production_key:
        yield WRONG, "Les deux clés sont les mêmes : chaque mode a la sienne au back-office de la banque."
    if settings.mode == "production" and bank.mode == "TEST":
        yield (
            WRONG,
            (
                "Le portail est en production et la boutique en TEST : la page de paiement reste fermée, et aucune "
                "notification n’est créditée. Les essais se font sur une installation de démonstration."
            ),
        )


def _addresses(bank: BankSettings, settings: Config) -> Iterator[tuple[str, str]]:
    site = settings.base_url.rstrip("/")
    if not settings.secure:
        yield WRONG, f"« base_url » vaut {site} : la banque n’envoie ses notifications qu’en https://."
    elif settings.base_url != site:
        yield WRONG, "« base_url » finit par une barre oblique : retirez-la, les adresses seraient fausses."
    if settings.mode == "production" and not settings.trusted_proxies:
        yield WRONG, "« trusted_proxies » vaut 0 : derrière nginx, il faut 1."
    yield SAID, f"Page de paiement : {bank.url}"
    yield SAID, f"URL de notification à écrire au back-office de la banque (TEST et PRODUCTION) : {site}{NOTIFICATIONS}"
