"""`portal worker`: the work behind the pages."""

import fcntl
import logging

import click

from portal import config, create_app, db
from portal.kernel.clock import SystemClock

A_LOT_SECONDS = 10  # the avis being drawn when one stops are left whole


@click.command("worker", help="Fait le travail de fond (envoi des courriels) jusqu’à Ctrl-C. Un seul à la fois.")
def worker() -> None:
    """Run the background work of the data folder; a second worker on the same folder refuses to start."""
    from portal.jobs import Beat, huey, own_address, send_demo_notices
    from portal.web.notice_batches import make_next

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
        app = create_app(settings)
        printer = Beat(lambda: make_next(app=app, clock=app.clock, leaving=printer.over.is_set))
        printer.start()
        if settings.bank.demo:
            Beat(lambda: send_demo_notices(address=own_address(), clock=SystemClock())).start()
        huey.create_consumer(workers=1, periodic=True, initial_delay=0.5, max_delay=5).run()
        printer.stop()
        printer.join(A_LOT_SECONDS)
