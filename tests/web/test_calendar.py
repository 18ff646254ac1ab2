"""A visit in one's calendar: the right moment, and one appointment whatever its moves."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from portal.config import ClaimDelays
from portal.domain.claims import actions as claims
from portal.domain.claims.recording import Act
from portal.domain.housing.models import Building
from portal.domain.housing.queries import leases_of
from portal.domain.works import visits
from portal.domain.works.models import Order, Visit
from portal.domain.works.upcoming import Appointment
from portal.web.calendar import place_of
from tests.people import NOW


def act(at=NOW, **more) -> Act:
    return Act(at=at, delays=ClaimDelays(), **more)


def span(days: int, starts: str = "08:00", ends: str = "10:00") -> visits.Span:
    return visits.Span(NOW.date() + timedelta(days=days), starts, ends)


@pytest.fixture
def visit(database, people) -> Visit:
    """A visit proposed to Aminata, tomorrow from 8 to 10."""
    claim = claims.file_claim(
        tenant=people.aminata,
        lease=leases_of(tenant=people.aminata)[0],
        place="dwelling",
        nature="plomberie",
        description="Fuite.",
        once_key="a",
        at=NOW,
        delays=ClaimDelays(),
    )
    return visits.propose(staff=people.technical, span=span(1), act=act(), claim=claim)


@pytest.fixture
def fetch(client_of, people):
    """Open the file of a visit as Aminata does; return it as it is, and read."""

    def ask(visit: Visit) -> tuple[bytes, Calendar]:
        content = client_of(people.aminata).get(f"/espace/reclamations/passages/{visit.id}.ics").data
        return content, Calendar.from_ical(content)

    return ask


def event(calendar: Calendar):
    return calendar.walk("VEVENT")[0]


def test_it_says_when_and_where_without_a_time_zone_to_guess(visit, fetch):
    _, calendar = fetch(visit)
    one = event(calendar)
    assert one.decoded("dtstart") == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 8 o'clock in Paris, in winter
    assert one.decoded("dtend") == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert one["location"] == "4 rue Les Peupliers, 93600 Aulnay-sous-Bois"
    assert (calendar["method"], one["status"]) == ("PUBLISH", "TENTATIVE")


def test_summer_time_is_counted(visit, fetch):
    Visit.update(day=datetime(2027, 7, 1).date()).execute()
    assert event(fetch(visit)[1]).decoded("dtstart").hour == 6


def test_lines_end_and_fold_as_calendars_want_them(visit, fetch):
    content, _ = fetch(visit)
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"DTSTAMP:20261123T100000Z" in content


def test_moved_it_stays_one_appointment_and_takes_the_place_of_the_first(visit, fetch, people):
    first = event(fetch(visit)[1])
    later = visits.move(visit=visit, staff=people.technical, span=span(2, "14:00", "16:00"), act=act())
    for each in (visit, later):
        again = event(fetch(each)[1])
        assert again["uid"] == first["uid"]
        assert again["sequence"] == first["sequence"] + 1
        assert again.decoded("dtstart").day == 25


def test_cancelled_it_goes_from_the_calendar(visit, fetch, people):
    uid = event(fetch(visit)[1])["uid"]
    visits.cancel(visit=visit, staff=people.technical, act=act(words="Le plombier est malade."))
    _, calendar = fetch(visit)
    assert calendar["method"] == "CANCEL"
    assert (event(calendar)["uid"], event(calendar)["status"]) == (uid, "CANCELLED")


def test_another_visit_after_one_nobody_kept_is_another_appointment(visit, fetch, people):
    visits.agree(visit=visit, tenant=people.aminata, act=act())
    after = NOW + timedelta(days=1, hours=1)
    visits.say_nobody_came(visit=visit, act=act(at=after), tenant=people.aminata)
    other = visits.propose(staff=people.technical, span=span(3), act=act(at=after), claim=visit.claim)
    assert event(fetch(visit)[1])["uid"] != event(fetch(other)[1])["uid"]


def test_nothing_of_the_tenant_is_in_it(visit, fetch):
    content, _ = fetch(visit)
    for word in (b"KE", b"Fuite", b"0148790000"):
        assert word not in content.replace(b"-//Espace locataires//FR", b"")


def test_a_visit_to_the_shared_parts_is_at_their_building():
    building = Building(address="3 allée des Peupliers", postcode="93600", city="Aulnay-sous-Bois")
    there = Appointment(Visit(order=Order(building=building)), first_id=1, times=0)
    assert place_of(there) == "3 allée des Peupliers, 93600 Aulnay-sous-Bois"
