"""A month of rents in a whole city: its preview, its page, its posting, and who else can write meanwhile."""

import shutil
from datetime import datetime, time
from pathlib import Path
from statistics import median

import apsw

from bench import server
from bench.clock import stopped
from bench.context import Bench
from bench.figures import SECONDS, Figure, counted, seconds
from bench.locks import Watch
from bench.offices import Office
from portal import db
from portal.domain.people.models import Role
from portal.domain.rents.posting import post_month, preview_month
from portal.kernel.clock import paris_day
from portal.kernel.periods import Month

MORNING = time(9)
ROUNDS = 3


def month_in_a_city(bench: Bench) -> list[Figure]:
    """Calling the next month of 100 000 dwellings, on a copy of the office that lives on the month's first day."""
    month = month_to_call(bench.city)
    copy = bench.folder / "month-to-call"
    office = copied(bench.city, copy, month)
    preview, leases = previewed(office, month)
    page = shown(office, month)
    posted, longest = called(office, month)
    shutil.rmtree(copy)
    size, apart = f"à {bench.sizes.city}", bench.unlike("city")
    return [
        Figure(
            f"L’aperçu d’un mois {size}, fait",
            preview,
            20,
            f"{counted(leases)} loyers ; fait dans la page, rien en arrière-plan{apart}",
            unit=SECONDS,
        ),
        Figure(
            f"L’aperçu d’un mois {size}, sa page",
            page,
            0.3,
            f"elle refait l’aperçu à chaque visite{apart}",
            unit=SECONDS,
        ),
        Figure(
            f"Le quittancement d’un mois {size}",
            posted,
            60,
            f"{counted(leases)} loyers, en une seule transaction{apart}",
            unit=SECONDS,
        ),
        Figure(
            f"Le plus long verrou d’écriture du quittancement {size}",
            longest,
            0.3,
            f"ce que quelqu’un d’autre attend pour écrire{apart}",
            unit=SECONDS,
        ),
    ]


def month_to_call(office: Office) -> Month:
    """Return the month after the last one asked of the leases à terme échu, nearly all of them."""
    office.use()
    with db.db.connection_context():
        (last,) = db.db.execute_sql(
            """
            SELECT max(t.month) FROM rent_term AS t JOIN lease AS l ON l.id = t.lease_id
            WHERE l.term_mode = 'in_arrears'
            """
        ).fetchone()
    return Month.parse(last).plus(1)


def copied(office: Office, to: Path, month: Month) -> Office:
    """Return a copy of an office that lives on the first day of a month, when all its rents may be called."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    shutil.copy(office.folder / "portal.toml", to)
    copy = Office(to, stopped(datetime.combine(month.first_day, MORNING)))
    source, target = (apsw.Connection(str(each.settings.database)) for each in (office, copy))
    with target.backup("main", source, "main") as backup:
        backup.step()
    source.close()
    target.close()
    return copy


def previewed(office: Office, month: Month) -> tuple[float, int]:
    """Return how long a month's preview takes, what changes included, and how many leases it calls."""
    office.use()
    on, made = paris_day(office.clock.now()), []
    with db.db.connection_context():

        def make() -> None:
            made[:] = [preview_month(month=month, on=on)]
            _ = made[0].changed

        lasted = median(seconds(make) for _ in range(ROUNDS))
    return lasted, len(made[0].calls)


def shown(office: Office, month: Month) -> float:
    """Return how long the accountant waits for the page of a month."""
    cookie, path = office.cookie_of(Role.ACCOUNTANT), f"/bureau/loyers/mois?mois={month}"
    with office.served() as port:
        return median(server.time_of_a_page(port, [path], cookie, length=0) for _ in range(ROUNDS))


def called(office: Office, month: Month) -> tuple[float, float]:
    """Return how long a month takes to post, and the longest that nobody else could write."""
    office.use()
    with db.db.connection_context(), Watch(office.settings.database) as watch:
        posted = seconds(lambda: post_month(month=month, at=office.clock.now()))
    return posted, watch.longest
