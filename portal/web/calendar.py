"""A visit as a file for one's calendar (RFC 5545)."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response
from icalendar import Alarm, Calendar, Event

from portal.domain.works.upcoming import Appointment
from portal.web.application import settings
from portal.web.mail import page_url
from portal.web.sending import kept

REMINDER = timedelta(days=-1)


def calendar_response(appointment: Appointment) -> Response:
    """Answer with an appointment: opened again after a change, it takes the place of the one in the calendar."""
    return kept(calendar_of(appointment), f"passage-{appointment.visit.day.isoformat()}.ics", "text/calendar")


def calendar_of(appointment: Appointment) -> bytes:
    """Return the file: one event in UTC, whose UID is that of the appointment whatever its moves."""
    visit, host = appointment.visit, urlsplit(settings().base_url).hostname
    event = Event()
    event.add("uid", f"passage-{appointment.first_id}@{host}")
    event.add("sequence", appointment.times)
    event.add("dtstamp", visit.changed_at)
    event.add("dtstart", visit.starts_at.astimezone(visit.changed_at.tzinfo))
    event.add("dtend", visit.ends_at.astimezone(visit.changed_at.tzinfo))
    event.add("summary", "Passage chez vous : " + (visit.order.contractor.name if visit.order else "l’Office"))
    event.add("description", said_of(appointment))
    event.add("location", place_of(appointment))
    event.add("status", status_of(appointment))
    if not appointment.is_cancelled:
        event.add_component(reminder())
    calendar = Calendar()
    calendar.add("prodid", "-//Espace locataires//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()


def said_of(appointment: Appointment) -> str:
    """Return what the event says: what it is about, and where to change it."""
    visit = appointment.visit
    about = f"Réclamation n° {visit.claim.number}" if visit.claim else visit.order.subject if visit.order else ""
    return f"{about}. Pour changer de moment : {page_url('tenant.home')}"


def place_of(appointment: Appointment) -> str:
    """Return the address of the dwelling, or of the building whose shared parts are to be repaired."""
    claim, order = appointment.visit.claim, appointment.visit.order
    dwelling = claim.lease.dwelling if claim else order.dwelling if order else None
    building = dwelling.building if dwelling else order.building if order else None
    return f"{building.address}, {building.postcode} {building.city}" if building else ""


def status_of(appointment: Appointment) -> str:
    """Return how sure the event is."""
    if appointment.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if appointment.visit.state == "proposed" else "CONFIRMED"


def reminder() -> Alarm:
    """Return the alarm of the day before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Quelqu’un passe demain")
    alarm.add("trigger", REMINDER)
    return alarm
