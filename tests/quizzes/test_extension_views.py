from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from quizzes.models import Assignment, Extension
from tests.factories import AssignmentFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def given(classroom):
    classroom.time_zone = "Europe/Vienna"
    classroom.save()
    return AssignmentFactory(classroom=classroom)


@pytest.fixture
def client(client, teacher):
    client.force_login(teacher)
    return client


def url(name, given, *more):
    return reverse(f"quizzes:{name}", args=[given.pk, *more])


@pytest.fixture
def limited(given):
    now = timezone.now()
    Assignment.objects.update(
        due_at=now + DAY, closes_at=now + 2 * DAY, minutes=20, attempts_allowed=1
    )
    given.refresh_from_db()
    return given


def test_one_student_is_given_more_and_as_everybody_again(client, limited, student):
    address = url("extend", limited, student.pk)
    more = {"due_at": "2199-03-01T16:00", "extra_minutes": "10"}

    response = client.post(address, more, follow=True)

    assertRedirects(response, url("assignment_extensions", limited))
    assertContains(response, "has more")
    added = Extension.objects.get()
    assert added.due_at == datetime(2199, 3, 1, 15, 0, tzinfo=UTC)
    assert (added.extra_minutes, added.extra_attempts) == (10, 0)
    assertContains(client.get(address), 'value="2199-03-01T16:00"')
    client.post(address, {})
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"due_at": "2020-03-01T16:00"}, "Choose a time after the one for everybody."),
        ({"closes_at": "2199-03-31T02:30"}, "The clocks go forward then"),
        ({"extra_minutes": "-1"}, "greater than or equal to 0"),
        ({"extra_attempts": "101"}, "less than or equal to 100"),
        (
            {"due_at": "2199-03-02T16:00", "closes_at": "2199-03-01T16:00"},
            "It would close before it is due.",
        ),
    ],
)
def test_what_is_no_extension_is_explained(client, limited, student, more, message):
    response = client.post(url("extend", limited, student.pk), more)

    assertContains(response, message, status_code=422)
    assert not Extension.objects.exists()


def test_only_what_is_limited_can_be_given_more_of(client, given, student):
    Assignment.objects.update(attempts_allowed=1)

    page = client.get(url("extend", given, student.pk))

    assertContains(page, "For everybody: 1.")
    assert list(page.context["form"].fields) == ["extra_attempts"]
    Assignment.objects.update(attempts_allowed=None)
    assert client.get(url("extend", given, student.pk)).status_code == 404


def test_somebody_for_whom_it_is_not_meant_is_given_nothing(
    client, limited, student, classmate, other_student
):
    Assignment.objects.update(audience="some")
    limited.students.add(student)

    for person in (classmate, other_student):
        assert client.get(url("extend", limited, person.pk)).status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_of_extensions_costs_the_same_for_any_class(
    client, limited, classroom, django_assert_max_num_queries, many
):
    for _ in range(many):
        student = EnrolmentFactory(classroom=classroom).person
        Extension.objects.create(assignment=limited, student=student, extra_attempts=1)

    with django_assert_max_num_queries(12):
        response = client.get(url("assignment_extensions", limited))

    assert response.content.decode().count("has more") == many
