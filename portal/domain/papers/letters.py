"""Quittances by post: asked for by a tenant, put in the Office's next paper batch, a duplicate when it comes again."""

from datetime import datetime

from portal.db import db
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.papers.models import Paper, PaperLetter
from portal.domain.people.models import Tenant


def ask_by_post(*, paper: Paper, tenant: Tenant, at: datetime) -> PaperLetter:
    """Put a paper in the next paper batch, once; what an earlier letter brought comes as a duplicate."""
    with db.atomic():
        letters = list(PaperLetter.select().where(PaperLetter.paper == paper).order_by(PaperLetter.id))
        waiting = next((each for each in letters if each.printed_at is None and each.tenant_id == tenant.id), None)
        printed = any(each.printed_at for each in letters)
        return waiting or PaperLetter.create(paper=paper, tenant=tenant, asked_at=at, duplicate=int(printed))


def waiting_letters(*, tenants: set[int] | None = None) -> list[PaperLetter]:
    """Return the papers to be posted, sorted as a round is walked: building, stair, floor, door."""
    query = (
        PaperLetter.select(PaperLetter, Paper, Tenant)
        .join(Paper)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .switch(PaperLetter)
        .join(Tenant)
        .where(PaperLetter.printed_at.is_null())
        .order_by(Building.code, Dwelling.stair, Dwelling.floor, Dwelling.door, PaperLetter.id)
    )
    return [letter for letter in query if tenants is None or letter.tenant_id in tenants]


def mark_printed(*, letters: list[PaperLetter], at: datetime) -> None:
    """Say that letters were printed; one that was printed already keeps its date."""
    ids = [letter.id for letter in letters]
    PaperLetter.update(printed_at=at).where(PaperLetter.id.in_(ids), PaperLetter.printed_at.is_null()).execute()


def was_posted(*, paper: Paper) -> bool:
    """Say whether a letter brought this paper: what is read by the screen afterwards is a duplicate."""
    return PaperLetter.select().where(PaperLetter.paper == paper, PaperLetter.printed_at.is_null(False)).exists()
