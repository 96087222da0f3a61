"""The weekly mail to a family: the family page, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from lessons.family import week_of
from quizzes.dinner import question_for
from quizzes.family import given_to, hard_lately
from tendril.accounts import mail
from tendril.accounts.models import User
from tendril.accounts.wanted_mail import WantedMail
from tendril.classrooms.access import wards_of

FRIDAY = 4

MAIL = WantedMail(
    "quizzes/mail/digest.txt", wish="wants_digest", sent_on="digest_sent_on"
)


def waiting() -> list[int]:
    """Who wants the mail and did not get it since Friday; asked at any hour.

    A site that was off on Friday sends it when it is back.
    """
    return list(MAIL.waiting(_last_friday()).values_list("pk", flat=True))


def send(person_id: int) -> None:
    """Write to one guardian, once a week however often it is called."""
    friday = _last_friday()
    person = MAIL.waiting(friday).filter(pk=person_id).first()
    if person is None:
        return
    children = list(wards_of(person).order_by("display_name", "username"))
    if children:
        MAIL.send(person, _about_all(children), since=friday)


def _last_friday() -> date:
    today = timezone.localdate()
    return today - timedelta(days=(today.weekday() - FRIDAY) % 7)


def _about_all(children: list[User]) -> dict[str, Any]:
    return {
        "children": [_about(child) for child in children],
        "family_link": mail.address_of(reverse("home:family")),
    }


def _about(child: User) -> dict[str, Any]:
    return {
        "name": str(child),
        "week": week_of(child),
        "hard": hard_lately(child),
        "given": given_to(child),
        "dinner": question_for(child),
    }
