"""What the Office changes of its stock: a lodge that is closed, and who stands in for it."""

from datetime import date

from portal.domain.errors import DomainError
from portal.domain.housing.models import Lodge


class StandInError(DomainError):
    """Dates or a stand-in that make no sense."""


def close_lodge(*, lodge: Lodge, closed_from: date, closed_until: date | None, stand_in: Lodge | None) -> None:
    """Say that a lodge is closed, until a day or until further notice, and which lodge answers for it.

    Raises StandInError for dates upside down, or a lodge that would stand in for itself.
    """
    if closed_until and closed_until < closed_from:
        raise StandInError("Le dernier jour de fermeture vient avant le premier. Corrigez les dates.")
    if stand_in and stand_in.id == lodge.id:
        raise StandInError("Une loge ne se remplace pas elle-même. Choisissez une autre loge.")
    said = {"closed_from": closed_from, "closed_until": closed_until, "stand_in": stand_in}
    Lodge.update(**said).where(Lodge.id == lodge.id).execute()


def open_lodge(*, lodge: Lodge) -> None:
    """Say that a lodge is open again."""
    Lodge.update(closed_from=None, closed_until=None, stand_in=None).where(Lodge.id == lodge.id).execute()
