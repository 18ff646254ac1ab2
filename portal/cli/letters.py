"""`portal letters`: the paper batch, at the terminal."""

import os
import secrets
from pathlib import Path

import click

from portal import create_app, db
from portal.cli.staff import loaded
from portal.domain.errors import DomainError
from portal.domain.people import letters as batch
from portal.domain.people.letters import Sheet
from portal.kernel.clock import SystemClock


@click.group("letters", subcommand_metavar="COMMANDE…", help="Les courriers à imprimer.")
def letters() -> None:
    """Group the commands about letters."""


@letters.command("print", help="Met tous les courriers à imprimer dans un seul PDF, et les note imprimés.")
@click.argument("out", metavar="FICHIER.pdf", type=click.Path(dir_okay=False, path_type=Path))
def print_letters(out: Path) -> None:
    """Write the PDF of the letters that wait; a file that is there already is left alone."""
    from portal.web.letters import drawn

    def written(sheets: list[Sheet]) -> bytes:
        """Draw and write before anything is marked: a full disk leaves the letters waiting."""
        paper = drawn(sheets)
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(paper)
        click.echo(f"Courriers imprimés : {len(sheets)}, dans {out}.")
        return paper

    if out.exists():
        raise click.ClickException(f"{out} existe déjà : rien n’a été imprimé.")
    app = create_app(loaded())
    with app.test_request_context(base_url=app.portal.base_url or None), db.db.connection_context():
        try:
            batch.print_waiting(staff=None, once_key=secrets.token_hex(16), draw=written, at=SystemClock().now())
        except DomainError as error:
            raise click.ClickException(str(error)) from error
