"""`portal worker`: the work behind the pages."""

import fcntl
import logging

import click

from portal import config, db
from portal.kernel.clock import SystemClock


@click.command("worker", help="Fait le travail de fond (envoi des courriels) jusqu’à Ctrl-C. Un seul à la fois.")
def worker() -> None:
    """Run the background work of the data folder; a second worker on the same folder refuses to start."""
    from portal.jobs import Beat, huey, own_address, send_demo_notices

    try:
        settings = config.load()
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with (settings.data / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException("Le travail de fond tourne déjà sur ces données.") from None
        db.use(settings.database)
        if settings.bank.demo:
            Beat(lambda: send_demo_notices(address=own_address(), clock=SystemClock())).start()
        huey.create_consumer(workers=1, periodic=True, initial_delay=0.5, max_delay=5).run()
