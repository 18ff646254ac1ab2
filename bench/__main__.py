"""`script/bench`: measure, and print each figure beside its budget."""

import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from bench.context import Bench
from bench.home import home_against_hello, home_in_a_large_office
from bench.imports import import_against_inserts
from bench.papers import first_receipt, notices_on_two_cores, receipt_again
from bench.posting import posting_against_inserts
from bench.table import table
from bench.weight import first_visit, swaps

MEASURES = {
    "accueil": home_against_hello,
    "grand": home_in_a_large_office,
    "quittance": first_receipt,
    "encore": receipt_again,
    "avis": notices_on_two_cores,
    "mois": posting_against_inserts,
    "import": import_against_inserts,
    "visite": first_visit,
    "fragments": swaps,
}


@click.command(help="Mesure le portail face à ses budgets : des rapports pris côte à côte, sur cette machine.")
@click.option("--folder", type=click.Path(path_type=Path), help="Où garder les Offices d’une fois à l’autre.")
@click.option("--only", type=click.Choice(list(MEASURES)), multiple=True, help="Cette mesure seulement (répétable).")
@click.option("--dwellings", default=10_000, help="Logements du grand Office (10 000 si rien n’est dit).")
@click.option("--months", default=60, help="Mois de comptes du grand Office (60 si rien n’est dit).")
def main(folder: Path | None, only: tuple[str, ...], dwellings: int, months: int) -> None:
    """Take the measures one after the other; the status is 1 when a budget is not kept."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    figures = []
    with ExitStack() as stack:
        if not folder:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder.resolve(), (dwellings, months))
        for name, measure in MEASURES.items():
            if not only or name in only:
                click.echo(f"Mesure « {name} »…", err=True)
                figures += measure(bench)
    for line in table(figures):
        click.echo(line)
    sys.exit(0 if all(figure.holds for figure in figures) else 1)


if __name__ == "__main__":
    main()
