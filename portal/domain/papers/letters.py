"""Quittances by post: asked for by a tenant, put in the Office's next paper batch, a duplicate when it comes again."""

from collections.abc import Callable
from datetime import datetime

from peewee import ModelSelect, fn

from portal.db import db
from portal.domain.errors import DomainError
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.papers.models import Paper, PaperLetter
from portal.domain.people.models import Tenant

MOST = 200  # quittances in one PDF; the others wait for the next
PRINTINGS_SHOWN = 20

Draw = Callable[[list[PaperLetter]], bytes]


class NothingToPostError(DomainError):
    """No quittance waits for the post."""

    sentence = "Aucune quittance à envoyer."


class AlreadyPostedError(DomainError):
    """Somebody else has just printed these quittances."""

    sentence = "Ces quittances viennent d’être imprimées. Elles sont dans « Déjà imprimées »."


def ask_by_post(*, paper: Paper, tenant: Tenant, at: datetime) -> PaperLetter:
    """Put a paper in the next paper batch, once; what an earlier letter brought comes as a duplicate."""
    with db.atomic():
        letters = list(PaperLetter.select().where(PaperLetter.paper == paper).order_by(PaperLetter.id))
        waiting = next((each for each in letters if each.printed_at is None and each.tenant_id == tenant.id), None)
        printed = any(each.printed_at for each in letters)
        return waiting or PaperLetter.create(paper=paper, tenant=tenant, asked_at=at, duplicate=int(printed))


def waiting_letters() -> list[PaperLetter]:
    """Return the quittances to be posted, sorted as a round is walked; one withdrawn since then stays here."""
    waits = PaperLetter.printed_at.is_null() & Paper.withdrawn_at.is_null()
    return list(_letters().where(waits).limit(MOST))


def printed_at(at: datetime) -> list[PaperLetter]:
    """Return the quittances printed at a moment, in the same order."""
    return list(_letters().where(PaperLetter.printed_at == at))


def printings() -> list[tuple[datetime, int]]:
    """Return the last printings, each with how many quittances it had, the latest first."""
    rows = (
        PaperLetter.select(PaperLetter.printed_at, fn.COUNT(PaperLetter.id))
        .where(PaperLetter.printed_at.is_null(False))
        .group_by(PaperLetter.printed_at)
        .order_by(PaperLetter.printed_at.desc())
        .limit(PRINTINGS_SHOWN)
    )
    return list(rows.tuples().iterator())


def print_all(*, letters: list[PaperLetter], draw: Draw, at: datetime) -> bytes:
    """Draw letters in one PDF and mark those that waited, or change nothing; those printed before keep their date.

    Raises NothingToPostError, or AlreadyPostedError when somebody was quicker.
    """
    if not letters:
        raise NothingToPostError
    drawn = draw(letters)
    waiting = [letter.id for letter in letters if letter.printed_at is None]
    with db.atomic():
        left = PaperLetter.id.in_(waiting) & PaperLetter.printed_at.is_null()
        if PaperLetter.update(printed_at=at).where(left).execute() != len(waiting):
            raise AlreadyPostedError
    return drawn


def _letters() -> "ModelSelect[PaperLetter]":
    return (
        PaperLetter.select(PaperLetter, Paper, Tenant)
        .join(Paper)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .join_from(PaperLetter, Tenant)
        .order_by(Building.code, Dwelling.stair, Dwelling.floor, Dwelling.door, PaperLetter.id)
    )
