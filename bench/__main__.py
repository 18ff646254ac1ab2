"""`script/bench`: measure, and print each figure beside its budget."""

import logging
import signal
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from bench.city import pages_in_a_city
from bench.clock import stopped
from bench.context import Bench, Size, Sizes
from bench.home import home_against_hello, home_in_a_large_office
from bench.imports import import_against_inserts
from bench.months import month_in_a_city
from bench.papers import first_receipt, notices_on_two_cores, receipt_again
from bench.posting import posting_against_inserts
from bench.table import table
from bench.weight import first_visit, swaps
from portal.kernel.clock import SystemClock

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
    "ville": pages_in_a_city,
    "ville-mois": month_in_a_city,
}
BUDGETED = Sizes()


@click.command(help="Mesure le portail face à ses budgets : des rapports pris côte à côte, sur cette machine.")
@click.option("--folder", type=click.Path(path_type=Path), help="Où garder les Offices d’une fois à l’autre.")
@click.option("--only", type=click.Choice(list(MEASURES)), multiple=True, help="Cette mesure seulement (répétable).")
@click.option("--dwellings", default=BUDGETED.large.dwellings, show_default=True, help="Logements du grand Office.")
@click.option("--months", default=BUDGETED.large.months, show_default=True, help="Mois de comptes du grand Office.")
@click.option("--city", default=BUDGETED.city.dwellings, show_default=True, help="Logements de l’Office d’une ville.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), hidden=True)
def main(
    folder: Path | None, only: tuple[str, ...], dwellings: int, months: int, city: int, as_of: datetime | None
) -> None:
    """Take the measures one after the other; the status is 1 when a budget is not kept."""
    logging.getLogger("portal").addHandler(logging.NullHandler())  # the demonstration's bank sends spoilt news
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    figures = []
    with ExitStack() as stack:
        if not folder:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        sizes = Sizes(large=Size(dwellings, months), city=Size(city, BUDGETED.city.months))
        bench = Bench(folder.resolve(), sizes, stopped(as_of) if as_of else SystemClock())
        for name, measure in MEASURES.items():
            if not only or name in only:
                click.echo(f"Mesure « {name} »…", err=True)
                figures += measure(bench)
    for line in table(figures):
        click.echo(line)
    sys.exit(0 if all(figure.holds for figure in figures) else 1)


if __name__ == "__main__":
    main()
