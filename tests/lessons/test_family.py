from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from lessons import family
from tendril.accounts.models import Look
from tests.factories import ProgressFactory

pytestmark = pytest.mark.django_db


def read(student, days_ago, **progress):
    moment = timezone.now() - timedelta(days=days_ago)
    return ProgressFactory(
        student=student, opened_at=moment, last_read_at=moment, **progress
    )


def test_a_week_is_seven_days_the_latest_first(student, classmate):
    old = read(student, 8, finished=True)
    second = read(student, 3, finished=True)
    first = read(student, 1, finished=True)
    begun = read(student, 2)
    read(classmate, 1, finished=True)

    week = family.week_of(student)

    assert (week.finished, week.begun) == ([first, second], [begun])
    assert old not in week.finished
    assert week.last == first


def test_after_a_quiet_week_the_last_lesson_is_named(htmx, guardian, student):
    read(student, 30, lesson__title="How kites fly")
    htmx.force_login(guardian)

    page = htmx.get(reverse("lessons:family_reading", args=[student.pk]))

    assertContains(page, "Nothing in these seven days")
    assertContains(page, "How kites fly")


def test_the_panel_alone_is_what_its_page_shows(htmx, guardian, student):
    read(student, 1, lesson__title="How kites fly")
    htmx.force_login(guardian)
    url = reverse("lessons:family_reading", args=[student.pk])

    fragment, element = htmx.fragment_and_element(url, f"family-reading-{student.pk}")

    assert fragment == element


def test_a_look_is_remembered_unless_it_is_ones_own(client, guardian, student):
    url = reverse("lessons:family_reading", args=[student.pk])
    for person in (guardian, guardian, student):
        client.force_login(person)
        client.get(url)

    [look] = Look.objects.all()
    assert (look.viewer, look.student, look.what) == (guardian, student, "family")


def test_a_lesson_that_is_gone_is_named_without_a_link(client, guardian, student):
    progress = read(student, 1, lesson__retired=True, finished=True)
    client.force_login(guardian)

    page = client.get(reverse("lessons:family_reading", args=[student.pk]))

    assertContains(page, progress.lesson.title)
    assertNotContains(page, progress.lesson.get_absolute_url())


@pytest.mark.parametrize("count", [1, 5])
def test_the_panel_costs_the_same_however_much_was_read(
    client, django_assert_max_num_queries, guardian, student, count
):
    for _ in range(count):
        read(student, 1, finished=True)
        read(student, 1)
    client.force_login(guardian)

    with django_assert_max_num_queries(9):
        client.get(reverse("lessons:family_reading", args=[student.pk]))
