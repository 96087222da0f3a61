"""The weekly mail to a family: the family page, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from lessons.family import week_of
from quizzes.dinner import question_for
from quizzes.family import due_for, hard_lately
from tendril.accounts import mail, signed_links
from tendril.accounts.models import User
from tendril.classrooms.access import wards_of

FRIDAY = 4


def waiting() -> list[int]:
    """Who wants the mail and did not get it since Friday; asked at any hour.

    A site that was off on Friday sends it when it is back.
    """
    return list(_waiting().values_list("pk", flat=True))


def send(person_id: int) -> None:
    """Write to one guardian, once a week however often it is called."""
    person = _waiting().filter(pk=person_id).first()
    if person is None:
        return
    children = list(wards_of(person).order_by("display_name", "username"))
    # Taken before it is sent, so that two workers do not both send it.
    if not children or not _waiting().filter(pk=person_id).update(
        digest_sent_on=timezone.localdate()
    ):
        return
    try:
        _write(person, children)
    except OSError:
        User.objects.filter(pk=person_id).update(digest_sent_on=person.digest_sent_on)
        raise


def _waiting() -> QuerySet[User]:
    return User.objects.filter(
        Q(digest_sent_on=None) | Q(digest_sent_on__lt=_last_friday()),
        wants_digest=True,
        is_active=True,
        email_confirmed_at__isnull=False,
    ).exclude(email="")


def _last_friday() -> date:
    today = timezone.localdate()
    return today - timedelta(days=(today.weekday() - FRIDAY) % 7)


def _write(person: User, children: list[User]) -> None:
    stop = signed_links.stop_link(person)
    mail.send(
        "quizzes/mail/digest.txt",
        to=person.email,
        context={
            "person": person,
            "children": [_about(child) for child in children],
            "family_link": mail.address_of(reverse("home:family")),
            "stop_link": stop,
        },
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _about(child: User) -> dict[str, Any]:
    return {
        "name": str(child),
        "week": week_of(child),
        "hard": hard_lately(child),
        "due": due_for(child),
        "dinner": question_for(child),
    }
