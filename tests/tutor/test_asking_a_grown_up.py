from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains

pytestmark = pytest.mark.django_db


def test_who_has_asked_a_grown_up_reads_when_and_may_ask_again_in_a_week(
    htmx, student, guardian, lesson, monkeypatch
):
    htmx.force_login(student)
    panel = reverse("tutor:panel", args=[lesson.slug])
    assertNotContains(htmx.get(panel), "You asked on")

    htmx.post(reverse("tutor:ask_grown_up", args=[lesson.slug]))

    today = date_format(timezone.now(), "j F")
    page = htmx.get(panel)
    assertContains(page, f"You asked on {today}.")
    assertNotContains(page, "Ask a grown-up")

    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = htmx.get(panel)
    assertContains(page, f"You asked on {today}.")
    assertContains(page, "Ask a grown-up")
