"""What is due, under a secret address that a calendar reads: no names in it."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lessons import progress
from quizzes.models import Assignment, CalendarFeed
from quizzes.standings import standings_in
from tendril.accounts.models import User

# What was due before that is out of the calendar.
KEEP_FOR = dt.timedelta(days=60)


@transaction.atomic
def switch_on(person: User) -> None:
    """Give it an address; the one that it has stays."""
    progress.hold(person)
    CalendarFeed.objects.get_or_create(person=person, defaults={"secret": new_secret()})


@transaction.atomic
def renew(person: User) -> None:
    """Give it another address; from now on nothing is under the old one."""
    progress.hold(person)
    fresh = {"secret": new_secret(), "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(person=person, defaults=fresh)


def switch_off(person: User) -> None:
    CalendarFeed.objects.filter(person=person).delete()


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def feed_of(person: User, *, host: str) -> bytes:
    """Its text after RFC 5545; the same for as long as nothing changes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tendril//Tendril//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Due in Tendril"))
    given = Assignment.objects.given_to(person).filter(opens_at__lte=timezone.now())
    given = given.filter(quiz__retired_at=None, lesson__retired_at=None)
    since = timezone.now() - KEEP_FOR
    for standing in standings_in(person, given.with_content().order_by("pk")):
        ends_at = standing.allowance.ends_at
        if ends_at and ends_at >= since:
            calendar.add_component(event_of(standing.assignment, ends_at, host))
    return calendar.to_ical()


def event_of(assignment: Assignment, ends_at: dt.datetime, host: str) -> Event:
    event = Event()
    event.add("uid", f"assignment-{assignment.pk}@{host}")
    event.add("dtstamp", assignment.made_at)
    event.add("dtstart", ends_at.astimezone(dt.UTC))
    event.add("summary", assignment.title)
    event.add("transp", "TRANSPARENT")
    return event
