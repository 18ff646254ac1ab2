"""The day before a visit, who lives there is reminded of it."""

from datetime import datetime, time, timedelta

from portal.db import db
from portal.domain.news import actions as news
from portal.domain.works import upcoming
from portal.domain.works.models import Visit
from portal.kernel.clock import PARIS, paris_day

FROM = time(8)


def remind(*, at: datetime) -> int:
    """Note a reminder for each visit of tomorrow, from 8 o'clock in France, and return how many visits there are.

    Done again, it changes nothing. A slot that waits for the Office's agreement is not reminded: nobody has said that
    somebody comes.
    """
    if at.astimezone(PARIS).time() < FROM:
        return 0
    visits = upcoming.visits_on(day=paris_day(at) + timedelta(days=1))
    with db.atomic():
        for visit in visits:
            tell_visit(visit=visit, kind="visit_tomorrow", at=at)
    return len(visits)


def tell_visit(*, visit: Visit, kind: str, at: datetime) -> None:
    """Note that those who await a visit are to be told of it, once a kind, in the caller's transaction."""
    about = visit.claim.number if visit.claim else ""
    for tenant in upcoming.expected(visit=visit):
        news.tell(kind=kind, tenant=tenant, key=f"visit:{visit.id}", about=about, about_id=visit.id, at=at)
