"""The worker makes the avis of a month: each once, in order, whatever stops it on the way."""

import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from portal import jobs
from portal.db import db
from portal.domain.papers import printing
from portal.domain.papers.models import NoticeBatch, Paper
from portal.kernel.periods import Month
from portal.web import batches, notice_batches
from tests.people import NOW

OCTOBER = Month(2026, 10)
NUMBER = re.compile(r"A-2026-\d{6}")


@pytest.fixture
def batch(database, people, monkeypatch) -> NoticeBatch:
    """The three avis of October, bound two by two."""
    monkeypatch.setattr(batches, "LOT", 2)
    return ask(people)


def ask(people, kept=False) -> NoticeBatch:
    return printing.ask(month=OCTOBER, building="", kept=kept, staff=people.accountant, at=NOW)


def make(app, clock, **more) -> bool:
    return notice_batches.make_next(app=app, clock=clock, **more)


def numbers(app, batch) -> list[str]:
    pages = PdfReader(notice_batches.file_of(app, batch)).pages
    return [NUMBER.search(page.extract_text())[0] for page in pages]


def state(batch) -> tuple:
    row = NoticeBatch.get_by_id(batch.id)
    return row.done, row.total, bool(row.ready_at), bool(row.stopped_at)


def test_nothing_is_made_when_nothing_was_asked(app, database, clock):
    assert make(app, clock) is False


def test_the_file_has_each_avis_once_in_the_printers_order(app, clock, batch, people):
    assert [make(app, clock), make(app, clock)] == [True, False]
    assert state(batch) == (3, 3, True, False)
    assert numbers(app, batch) == ["A-2026-000001", "A-2026-000002", "A-2026-000003"]
    assert [paper.lease.number for paper in Paper.select().order_by(Paper.rank)] == ["B-0001", "B-0002", "B-0003"]


def test_killed_between_two_lots_it_goes_on_where_it_was(app, clock, batch, people, monkeypatch):
    drawn = []
    draw = batches.draw_lot

    def dies_after_one(lot):
        if drawn:
            raise SystemExit
        drawn.append(lot)
        return draw(lot)

    with monkeypatch.context() as killed:
        killed.setattr(batches, "draw_lot", dies_after_one)
        with pytest.raises(SystemExit):
            make(app, clock)
    assert state(batch) == (2, 3, False, False)
    assert notice_batches.size_of(app, batch) is None
    ask(people)
    monkeypatch.setattr(batches, "draw_lot", lambda lot: drawn.append(lot) or draw(lot))
    assert make(app, clock)
    assert len(drawn) == 2  # the first lot was not drawn again
    assert numbers(app, batch) == ["A-2026-000001", "A-2026-000002", "A-2026-000003"]
    assert Paper.select().count() == 3


def test_a_worker_that_leaves_stops_between_two_lots_and_says_nothing(app, clock, batch):
    asked = []
    assert make(app, clock, leaving=lambda: asked.append(1) or len(asked) > 1) is False
    assert state(batch)[2:] == (False, False)
    assert printing.next_to_make() == batch


def test_a_fault_is_logged_and_the_next_press_goes_on(app, clock, batch, people, monkeypatch, caplog):
    def fails(_lot):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(batches, "draw_lot", fails)
        assert make(app, clock)
    assert state(batch) == (0, 3, False, True)
    assert "2026-10 stopped" in caplog.text
    assert make(app, clock) is False
    ask(people)
    assert make(app, clock)
    assert state(batch) == (3, 3, True, False)


def test_made_again_it_is_the_same_papers(app, clock, batch, people):
    make(app, clock)
    notice_batches.file_of(app, batch).unlink()
    ask(people)
    make(app, clock)
    assert Paper.select().count() == 3
    assert numbers(app, batch)[0] == "A-2026-000001"


def test_the_file_goes_after_thirty_days_and_the_papers_stay(app, clock, batch, monkeypatch):
    make(app, clock)
    monkeypatch.setattr(jobs, "SystemClock", lambda: clock)
    monkeypatch.setattr(jobs.config, "load", lambda: app.portal)
    for days, there in ((30, True), (1, False)):
        clock.at += timedelta(days=days)
        db.close()
        jobs.clean_papers.call_local()
        assert notice_batches.file_of(app, batch).exists() is there
    db.connect()
    assert Paper.select().count() == 3
