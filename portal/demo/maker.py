"""Making the demonstration: files, import, letters, claims and accesses, aside first, then put in place all at once."""

import csv
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from portal import config, db
from portal.demo import papers, stories
from portal.demo.accesses import Access
from portal.demo.files import Office, write
from portal.demo.households import Times
from portal.demo.stories import Progress
from portal.domain.errors import DomainError
from portal.domain.imports.actions import import_folder
from portal.kernel.clock import paris_day

WORKPLACE = "demo-en-cours"
ACCESSES = "demo-acces.csv"
DWELLING_DIGITS = 12
SETTINGS: dict[str, Any] = {
    "mode": "demo",
    "office": {
        "siret": "000 000 001 00018",
        "phone": "01 99 00 93 60",
        "email": "contact@example.org",
        "on_call_phone": "01 99 00 93 61",
        "publication_director": "Claire Fontaine",
        "hosting": "Démonstration, hébergée sur cette machine",
        "data_officer_email": "dpo@example.org",
    },
}


@dataclass(frozen=True)
class Wish:
    """What demonstration is asked for."""

    dwellings: int = 120
    months: int = 24
    seed: int = 93600


@dataclass(frozen=True)
class Made:
    """What was made: the accesses opened, how many lines of each file were taken in, and what could not be told."""

    accesses: list[Access]
    lines: dict[str, int]
    left_out: list[str]


def make(*, data: Path, wish: Wish, at: datetime, progress: Progress) -> Made:
    """Make the demonstration in a data folder, in place of a former one.

    Cut short anywhere, it leaves a folder without settings, which the next run makes anew.
    Raises DomainError over a real office's data, or while another run is at work.
    """
    at = at.astimezone(UTC)  # in Paris, an hour of one night comes twice, and another never
    with _alone(data):
        refuse_real_office(data)
        workplace = data / WORKPLACE
        _clear(workplace)
        times, drawn = Times(paris_day(at), wish.months), partial(progress, "Logements et baux")
        office = Office.draw(wish.seed, wish.dwellings, times, drawn)
        write(office, workplace / "fichiers", partial(progress, "Fichiers de l’Office"))
        made = _fill(office, workplace, at, progress)
        _write_accesses(workplace / ACCESSES, made.accesses)
        _put_in_place(data, workplace, office.tenant_digits)
    return made


def _clear(workplace: Path) -> None:
    """Empty the workplace of what a run cut short left there. The folder stays: it says whose the database is."""
    workplace.mkdir(exist_ok=True)
    for left in workplace.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def refuse_real_office(data: Path) -> None:
    """Raise DomainError when a data folder holds anything but a demonstration, whole or half-made."""
    settings = data / "portal.toml"
    if settings.exists():
        if not config.load(data).demo:
            raise DomainError(f"{data} contient les données d’un vrai Office : la démonstration ne s’y met pas.")
    elif (data / "portal.sqlite").exists() and not (data / WORKPLACE).exists():
        raise DomainError(f"{data} contient une base sans réglages : la démonstration ne s’y met pas.")


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder: two demonstrations are never made there at once."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DomainError("Une démonstration est déjà en cours de fabrication dans ce dossier.") from None
    else:
        yield
    finally:
        os.close(folder)


def _fill(office: Office, workplace: Path, at: datetime, progress: Progress) -> Made:
    """Fill a database aside. A power cut makes it anew, so it need not be synced before it is whole."""
    db.use(workplace / "portal.sqlite")
    db.upgrade()
    with db.db.connection_context():
        db.db.execute_sql("PRAGMA synchronous = 0")
        report = import_folder(
            folder=workplace / "fichiers",
            dwelling_digits=DWELLING_DIGITS,
            tenant_digits=office.tenant_digits,
            at=at,
            progress=progress,
        )
        if report.refused:
            raise DomainError("\n".join(fault.sentence for fault in report.faults))
        desk = papers.desk_of(workplace.parent, SETTINGS["office"])
        opened, left_out = stories.tell(chance=office.chance, desk=desk, at=at, progress=progress)
        progress("Mise en place", 0, 0)
        db.db.execute_sql("PRAGMA optimize")
        db.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Made(opened, {table: counts.created for table, counts in report.counts.items()}, left_out)


def _write_accesses(path: Path, opened: list[Access]) -> None:
    """Write the accesses where only the owner of the files can read them."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\n")
        table.writerow(field.name for field in fields(Access))
        table.writerows(astuple(access) for access in opened)


def _put_in_place(data: Path, workplace: Path, tenant_digits: int) -> None:
    """Put this demonstration in place of the former one; the settings come last, for they say that it is whole."""
    (data / "portal.toml").unlink(missing_ok=True)
    for former in ("portal.sqlite", "portal.sqlite-wal", "portal.sqlite-shm"):
        (data / former).unlink(missing_ok=True)
    for folder in ("uploads", "outbox", "papers"):
        shutil.rmtree(data / folder, ignore_errors=True)
    for name in ("portal.sqlite", ACCESSES):
        _sync(workplace / name)
        (workplace / name).replace(data / name)
    references = {"dwelling_digits": DWELLING_DIGITS, "tenant_digits": tenant_digits}
    config.save(data, SETTINGS | {"references": references})
    shutil.rmtree(workplace)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
