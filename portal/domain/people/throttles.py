"""Brakes on guessing, in the database: they hold across processes and restarts.

A try is counted before it is judged, in a transaction of its own, so that tries made at once all count.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.db import db
from portal.domain.errors import TooManyTriesError
from portal.domain.people.models import Throttle
from portal.kernel.clock import PARIS

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONGEST_WAIT_MINUTES = 60


@dataclass(frozen=True)
class Growing:
    """So many tries are free; each further one is followed by a wait of 1, 2, 4… minutes, an hour at most."""

    name: str
    free: int


@dataclass(frozen=True)
class Hourly:
    """So many tries within one hour of the clock."""

    name: str
    most: int


SIGN_IN_LOGIN = Growing("sign_in_login", 5)
SECOND_FACTOR = Growing("second_factor", 5)
SIGN_IN_ADDRESS = Hourly("sign_in_address", 30)
REQUEST_ADDRESS = Hourly("request_address", 10)
REQUEST_REFERENCE = Hourly("request_reference", 5)
REQUEST_ALL = Hourly("request_all", 300)
LOST_ADDRESS = Hourly("lost_address", 10)
LOST_EMAIL = Hourly("lost_email", 3)
VERIFY_ADDRESS = Hourly("verify_address", 60)
VERIFY_ALL = Hourly("verify_all", 3000)


def count(*spent: tuple[Growing | Hourly, str], at: datetime) -> None:
    """Count one try under each brake, unless one of them refuses it.

    Raises TooManyTriesError, whose sentence says when the next try is allowed.
    """
    with db.atomic():
        Throttle.delete().where(Throttle.last_at < at - DAY).execute()
        counted = [(brake, _counted(_key(brake, what, at))) for brake, what in spent]
        waits = [until for brake, row in counted if (until := _refused_until(brake, row, at))]
        if not waits:
            for brake, row in counted:
                _add(brake, row, at)
    if waits:
        raise TooManyTriesError(sentence_for(max(waits)), max(waits))


def forget(brake: Growing, what: str) -> None:
    """Forget the failures under a brake: the person has proved who they are."""
    Throttle.delete().where(Throttle.key == _key(brake, what, None)).execute()


def give_back(brake: Hourly, what: str, *, at: datetime) -> None:
    """Uncount one try that was good."""
    Throttle.update(tries=Throttle.tries - 1).where(Throttle.key == _key(brake, what, at), Throttle.tries > 0).execute()


def sentence_for(until: datetime) -> str:
    """Say when to try again, in the Office's time, to the minute after."""
    local = (until + timedelta(seconds=59)).astimezone(PARIS)
    return f"Trop d’essais ont été faits. Réessayez à {local.hour} h {local.minute:02d}."


def network_of(address: str) -> str:
    """Return what counts as one visitor: an IPv4 address, or the 64 first bits of an IPv6 one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(known) if known.version == 4 else str(ipaddress.ip_interface(f"{known}/64").network)


def _counted(key: str) -> Throttle:
    return Throttle.get_or_none(Throttle.key == key) or Throttle(key=key, tries=0)


def _refused_until(brake: Growing | Hourly, row: Throttle, at: datetime) -> datetime | None:
    if isinstance(brake, Hourly):
        return _hour(at) + HOUR if row.tries >= brake.most else None
    return row.until if row.until and row.until > at else None


def _add(brake: Growing | Hourly, row: Throttle, at: datetime) -> None:
    row.tries += 1
    row.last_at = at
    if isinstance(brake, Growing) and row.tries >= brake.free:
        minutes = min(2 ** (row.tries - brake.free), LONGEST_WAIT_MINUTES)
        row.until = at + timedelta(minutes=minutes)
    row.save()


def _key(brake: Growing | Hourly, what: str, at: datetime | None) -> str:
    window = _hour(at).isoformat() if at and isinstance(brake, Hourly) else ""
    return hashlib.sha256("\0".join((brake.name, window, what)).encode()).hexdigest()


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
