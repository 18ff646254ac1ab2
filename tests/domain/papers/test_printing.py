"""The avis of a month are asked for once, by the accountant, for every building or one."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError
from portal.domain.papers import printing
from portal.domain.papers.models import NoticeBatch
from portal.kernel.periods import Month
from tests.people import NOW, rents

pytestmark = pytest.mark.usefixtures("database")
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def ask(people, building="", kept=True, at=NOW, month=OCTOBER) -> NoticeBatch:
    return printing.ask(month=month, building=building, kept=kept, staff=people.accountant, at=at)


def test_each_building_says_how_many_rents_were_asked():
    asked = {place.code: place.count for place in printing.places_asked(month=OCTOBER)}
    assert asked == {"PEU-A": 2, "TIL-A": 1}
    assert printing.places_asked(month=NOVEMBER) == []


def test_asked_twice_it_is_one_file_and_one_trace(people):
    first, again = ask(people), ask(people, at=NOW + timedelta(minutes=1))
    assert (first, first.total) == (again, 3)
    assert NoticeBatch.get().asked_at == NOW
    assert Trace.select().where(Trace.act == "printed_letters").count() == 1


def test_one_building_is_another_file(people):
    assert [ask(people).total, ask(people, "PEU-A").total, ask(people, "TIL-A").total] == [3, 2, 1]
    assert [batch.building for batch in printing.batches_of(month=OCTOBER)] == ["", "PEU-A", "TIL-A"]


def test_a_file_that_is_ready_is_made_again_only_when_it_is_gone_or_more_was_asked(people):
    printing.note_ready(batch=ask(people), count=3, at=NOW)
    assert ask(people).ready_at == NOW
    assert ask(people, kept=False).under_way
    printing.note_ready(batch=NoticeBatch.get(), count=3, at=NOW)
    rents(people.nadia, 1, pays=False)
    assert (ask(people).under_way, NoticeBatch.get().total, NoticeBatch.select().count()) == (True, 4, 1)


def test_what_stopped_goes_on_when_it_is_asked_again(people):
    batch = ask(people)
    printing.note_stopped(batch=batch, at=NOW)
    assert printing.next_to_make() is None
    assert ask(people) == batch
    assert printing.next_to_make() == batch


@pytest.mark.parametrize(("month", "building"), [(NOVEMBER, ""), (OCTOBER, "XXX")])
def test_a_month_or_a_building_without_rents_has_no_avis(people, month, building):
    with pytest.raises(printing.NothingAskedError):
        ask(people, building, month=month)
    assert NoticeBatch.select().count() == 0


@pytest.mark.parametrize("name", ["admin", "manager", "technical", "loge"])
def test_the_accountant_alone_asks(people, name):
    with pytest.raises(NotAllowedError):
        printing.ask(month=OCTOBER, building="", kept=True, staff=getattr(people, name), at=NOW)


@pytest.mark.parametrize(
    "wrong", [{"total": 0}, {"done": 4}, {"done": -1}, {"ready_at": NOW}, {"month": "2026"}], ids=str
)
def test_a_file_that_cannot_be_is_refused_by_the_database(people, wrong):
    ask(people)
    with pytest.raises(Exception, match="CHECK"):
        NoticeBatch.update(wrong).execute()


def test_there_is_one_file_of_a_month_and_a_building(people):
    ask(people)
    with pytest.raises(Exception, match="UNIQUE"):
        NoticeBatch.create(month=OCTOBER, staff=people.accountant, asked_at=NOW, total=1)
    assert not db.in_transaction()
