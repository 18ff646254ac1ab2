"""How much waits for a member of staff: the numbers of the menu, in one query whatever their number."""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import Select, Value

from portal.db import db
from portal.domain.claims import queue
from portal.domain.messages import queries as messages
from portal.domain.people import letters, policy
from portal.domain.people.models import Staff


@dataclass(frozen=True)
class Waiting:
    """What the menu of the Office counts."""

    unread: int = 0
    letters: int = 0
    claims: int = 0


def waiting_for(*, staff: Staff, at: datetime, on: date) -> Waiting:
    """Return what waits for a member of staff on a day; what the role may not see counts as nothing."""
    prints = policy.may_print_letters(staff)
    counted = (
        messages.unread_count(staff=staff, on=on),
        letters.waiting_count(on=on) if prints else Value(0),
        queue.pressing_count(staff=staff, at=at, on=on),
    )
    columns = [each.alias(f"n{rank}") for rank, each in enumerate(counted)]
    return Waiting(*Select(None, columns).bind(db).tuples().execute(db)[0])
