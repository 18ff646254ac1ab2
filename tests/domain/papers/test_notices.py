"""An avis d’échéance says the account as it was the day its month was asked."""

from datetime import date

import pytest

from portal.config import Office
from portal.domain.housing.models import Dwelling
from portal.domain.housing.queries import leases_of
from portal.domain.papers import actions
from portal.domain.papers.content import loaded
from portal.domain.papers.drafts import Desk
from portal.domain.papers.keys import Key, Keyring
from portal.domain.papers.notices import leases_asked
from portal.kernel.periods import Month
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
DESK = Desk(Office(), Keyring((Key(1, b"first"),)), "http://localhost/verification")
OCTOBER = Month(2026, 10)


def says(tenant, month=OCTOBER):
    paper = actions.draw_up_notice(lease=leases_of(tenant=tenant)[0], month=month, desk=DESK, at=NOW)
    return loaded(paper.snapshot)


def test_it_recalls_what_was_still_due(people):
    notice = says(people.bruno)
    assert (notice.total_cents, notice.previous_cents, notice.amount_cents) == (45275, 90550, 135825)
    assert notice.called_on == date(2026, 10, 31)


def test_what_was_paid_since_then_does_not_count(people):
    assert says(people.aminata).previous_cents == 0
    assert says(people.aminata, Month(2026, 9)).amount_cents == 45275


def test_the_batch_follows_the_walk_of_who_distributes(people):
    for number, floor in ((1, "10"), (2, "9"), (3, "1")):
        lease = leases_of(tenant=(people.aminata, people.bruno, people.charlie)[number - 1])[0]
        Dwelling.update(stair="A", floor=floor).where(Dwelling.id == lease.dwelling_id).execute()
    walked = [lease.number for lease in leases_asked(month=OCTOBER)]
    assert walked == ["B-0002", "B-0001", "B-0003"]
    assert [lease.number for lease in leases_asked(month=OCTOBER, building="TIL-A")] == ["B-0003"]
    assert leases_asked(month=OCTOBER, building="?") == []


def test_many_are_drawn_up_at_once_each_once(people):
    leases = leases_asked(month=OCTOBER)
    first = actions.draw_up_notices(leases=leases[:1], month=OCTOBER, desk=DESK, at=NOW)
    every = actions.draw_up_notices(leases=leases, month=OCTOBER, desk=DESK, at=NOW)
    assert every[0].id == first[0].id
    assert [paper.rank for paper in every] == [1, 2, 3]
