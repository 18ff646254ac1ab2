"""Between the password and the telephone's code: who has given the first, in the session's signed cookie.

It opens nothing: the cookie of a session holds a token that the database knows, this one holds none.
"""

from datetime import datetime, timedelta

from flask import session

from portal.domain.people import second_factor
from portal.domain.people.models import Access
from portal.domain.people.queries import access_by_login
from portal.web.application import settings
from portal.web.clock import now
from portal.web.papers import qr_of

PATIENCE = timedelta(minutes=10)
GROUP = 4


def hold(access: Access) -> None:
    """Keep, for ten minutes, that the password of an access was given."""
    session.clear()
    until = now() + PATIENCE
    session["half_in"] = [access.login, access.password_set_at.isoformat(), until.isoformat()]


def half_in() -> Access | None:
    """Return whose password was given in this browser, unless that is long ago or no longer opens anything."""
    login, password_set_at, until = session.get("half_in") or ("", "", "")
    access = access_by_login(login=login) if login and now() < datetime.fromisoformat(until) else None
    good = access and access.closed_at is None and access.password_set_at.isoformat() == password_set_at
    return access if good else None


def secret_to_share() -> str:
    """Return the secret offered to this browser's person, the same until it is set up: a reload changes nothing."""
    return session.setdefault("second_factor", second_factor.new_secret())


def shared(login: str) -> dict:
    """Return what a page needs to share the secret: its QR code, and its letters by groups of four."""
    secret = secret_to_share()
    address = second_factor.address_of(secret=secret, login=login, office=settings().office.name)
    letters = " ".join(secret[rank : rank + GROUP] for rank in range(0, len(secret), GROUP))
    return {"qr": qr_of(address, "Code à scanner avec l’application de votre téléphone"), "letters": letters}


def set_up_here() -> None:
    """Forget the secret of this browser's person: it was set up, another telephone gets another."""
    session.pop("second_factor", None)
