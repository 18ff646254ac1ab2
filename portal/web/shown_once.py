"""A login and password on their way to the one page that shows them, in the signed HttpOnly cookie of the session."""

from dataclasses import asdict

from flask import session

from portal.domain.people.actions import Credentials


def keep(place: str, given: Credentials) -> None:
    """Hold credentials for the next page."""
    session[f"once:{place}"] = asdict(given)


def is_waiting(place: str) -> bool:
    """Say whether something was kept and not yet shown."""
    return f"once:{place}" in session


def take(place: str) -> Credentials | None:
    """Return what was kept and forget it: a second look finds nothing."""
    held = session.pop(f"once:{place}", None)
    return Credentials(**held) if held else None
