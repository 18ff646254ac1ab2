"""The `portal` command: parse, call the domain, print."""

import gettext
import importlib
import os
from pathlib import Path

import click

COMMANDS = {
    "init": "portal.cli.init:init",
    "demo": "portal.cli.demo:demo",
    "import": "portal.cli.imports:import_command",
    "staff": "portal.cli.staff:staff",
    "rents": "portal.cli.rents:rents",
    "letters": "portal.cli.letters:letters",
    "db": "portal.cli.db:database",
    "papers": "portal.cli.papers:papers",
    "payments": "portal.cli.payments:payments",
    "worker": "portal.cli.worker:worker",
}


# Click asks gettext for its own words (« Usage », the errors): they are French here, whatever the machine speaks.
os.environ["LANGUAGE"] = "fr"
gettext.bindtextdomain("messages", Path(__file__).with_name("locale"))


class Portal(click.Group):
    """The commands, each loaded only when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Name the commands in the order an office meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        return getattr(importlib.import_module(module), attribute)


@click.group(cls=Portal, subcommand_metavar="COMMANDE…", help="L’Espace locataires d’un office public de l’habitat.")
def main() -> None:
    """Run one of the commands; what it writes is for its own account only."""
    os.umask(0o077)
