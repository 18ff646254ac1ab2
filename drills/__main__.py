"""`script/drills`: do the long exercises, and print each figure beside its target."""

import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from secrets import randbelow

import click

from bench.table import table
from drills.clock import any_day
from drills.context import Drill
from drills.disk import full_disk, nothing_written
from drills.fuzz import addresses, forms, notifications
from drills.histories import properties
from drills.kill import killed
from drills.mail import relay
from drills.update import updated

DRILLS = {
    "banque": notifications,
    "formulaires": forms,
    "adresses": addresses,
    "histoires": properties,
    "coupures": killed,
    "disque": full_disk,
    "lecture-seule": nothing_written,
    "courriels": relay,
    "mise-a-jour": updated,
    "horloge": any_day,
}
LARGEST_SEED = 2**32


@click.command(
    help="Fait les longs exercices : ce que les tests n’essaient qu’un peu, par milliers et sous les pannes."
)
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Où travailler (un dossier provisoire si rien n’est dit)."
)
@click.option("--only", type=click.Choice(list(DRILLS)), multiple=True, help="Cet exercice seulement (répétable).")
@click.option("--seed", type=int, help="La graine du hasard, pour refaire le même exercice.")
@click.option("--rounds", type=click.IntRange(1), help="Combien d’essais par exercice (chacun a son nombre sinon).")
def main(folder: Path | None, only: tuple[str, ...], seed: int | None, rounds: int | None) -> None:
    """Do the exercises one after the other; the status is 1 when a target is missed."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    seed, figures = randbelow(LARGEST_SEED) if seed is None else seed, []
    click.echo(f"Graine : {seed} (--seed {seed} refait les mêmes exercices).", err=True)
    with ExitStack() as stack:
        folder = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-drills-")))
        drill = Drill(folder.resolve(), seed, rounds)
        for name, exercise in DRILLS.items():
            if not only or name in only:
                click.echo(f"Exercice « {name} »…", err=True)
                figures += exercise(drill)
    for line in table(figures):
        click.echo(line)
    sys.exit(0 if all(figure.holds for figure in figures) else 1)


if __name__ == "__main__":
    main()
