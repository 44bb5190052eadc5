"""A session as a file for calendars."""

from datetime import datetime

from icalendar import Calendar, Event

from training.models import TrainingSession


def calendar_file(session: TrainingSession, *, title: str, url: str, at: datetime) -> bytes:
    """The session as iCalendar (RFC 5545). title: of its course; url: of its page; at: the server's clock.

    A changed session has the same identifier, so that a calendar moves what it has; a cancelled one takes it out.
    """
    event = Event()
    event.add("uid", f"{session.public_id}@thindan")
    event.add("sequence", int(session.updated_at.timestamp()) - int(session.created_at.timestamp()))
    event.add("dtstamp", at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", f"{session.course_code} {title}")
    event.add("location", f"{session.place}, {session.unit}" if session.unit else session.place)
    event.add("url", url)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    file = Calendar()
    file.add("prodid", "-//Thindan//Training sessions//EN")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if session.is_cancelled else "PUBLISH")
    file.add_component(event)
    written: bytes = file.to_ical()
    return written
