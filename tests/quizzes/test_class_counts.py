from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.class_counts import open_work_of, work_of
from quizzes.models import Override
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    GroupFactory,
    LessonFactory,
    OverrideFactory,
    ProgressFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def counted(classroom):
    return [(work.meant, work.begun, work.done) for work in work_of(classroom)]


def sit(given, student, **how):
    AttemptFactory(assigned=True, assignment=given, student=student, **how)


def test_who_handed_in_is_counted_once_and_who_began_besides(
    classroom, student, classmate
):
    given = AssignmentFactory(classroom=classroom)
    sit(given, student, handed_in=True)
    sit(given, student, handed_in=True)
    sit(given, classmate)

    assert counted(classroom) == [(2, 2, 1)]


def test_who_is_excused_is_not_counted_and_a_score_given_is_done(
    classroom, student, classmate
):
    given = AssignmentFactory(classroom=classroom)
    OverrideFactory(assignment=given, student=student, excused=True)
    OverrideFactory(assignment=given, student=classmate, score=3)
    sit(given, student, handed_in=True)
    decided = counted(classroom)

    for person in (student, classmate):
        OverrideFactory(
            assignment=given, student=person, kind=Override.Kind.NONE, score=None
        )

    assert (decided, counted(classroom)) == ([(1, 0, 1)], [(2, 1, 1)])


def test_only_those_for_whom_it_is_meant_and_who_are_still_there_count(
    classroom, student, classmate
):
    group = GroupFactory(classroom=classroom)
    group.members.add(classroom.enrolments.get(person=student))
    given = AssignmentFactory(classroom=classroom, some=True)
    given.groups.add(group)
    given.students.add(student, UserFactory())
    for person in (student, classmate, UserFactory()):
        sit(given, person, handed_in=True)

    assert counted(classroom) == [(1, 1, 1)]


@pytest.mark.parametrize("has_quiz", [True, False])
def test_a_lesson_to_read_counts_once_it_was_read_and_with_its_quiz_if_any(
    classroom, student, classmate, has_quiz
):
    lesson = LessonFactory()
    more = {} if has_quiz else {"quiz": None}
    given = AssignmentFactory(classroom=classroom, lesson=lesson, **more)
    for person in (student, classmate):
        ProgressFactory(student=person, lesson=lesson, finished=True)
    ProgressFactory(student=student)
    if has_quiz:
        sit(given, student, handed_in=True)

    [work] = work_of(classroom)

    assert work.done == (1 if has_quiz else 2)


def test_the_projector_shows_what_is_open_the_next_to_be_due_first(
    classroom, student, teacher, client
):
    now = timezone.now()

    def given(title, **times):
        AssignmentFactory(classroom=classroom, quiz__title=title, **times)

    given("Whenever")
    given("Later", due_at=now + 2 * DAY)
    given("Sooner", closes_at=now + DAY)
    given("Over", opens_at=now - 2 * DAY, closes_at=now - DAY)
    given("To come", opens_at=now + DAY)
    client.force_login(teacher)

    titles = [work.assignment.title for work in open_work_of(classroom)]
    page = client.get(reverse("quizzes:projector", args=[classroom.pk]))

    assert titles == ["Sooner", "Later", "Whenever"]
    assertContains(page, "Whenever")
    for absent in ("To come", "Over", "Sam", "student"):
        assertNotContains(page, absent)


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({}, "open"),
        ({"opens_at": timezone.now() + DAY}, "opens on"),
        ({"due_at": timezone.now() + DAY}, "due "),
        (
            {"opens_at": timezone.now() - 2 * DAY, "due_at": timezone.now() - DAY},
            "was due",
        ),
        (
            {"opens_at": timezone.now() - 2 * DAY, "closes_at": timezone.now() - DAY},
            "closed since",
        ),
    ],
)
def test_each_row_says_in_words_whether_it_is_open(
    client, classroom, teacher, times, words
):
    AssignmentFactory(classroom=classroom, **times)
    client.force_login(teacher)

    page = client.get(reverse("quizzes:class_assignments", args=[classroom.pk]))

    row = page.content.decode().partition('class="given"')[2]
    assert words in row.partition("</li>")[0]


@pytest.mark.parametrize("name", ["class_assignments", "projector"])
def test_the_fragment_is_the_same_element_of_the_page(htmx, classroom, teacher, name):
    AssignmentFactory(classroom=classroom, lesson=LessonFactory(), quiz=None)
    htmx.force_login(teacher)
    address = reverse(f"quizzes:{name}", args=[classroom.pk])

    fragment, element = htmx.fragment_and_element(address, name.replace("_", "-"))

    assert fragment == element


@pytest.mark.parametrize(
    ("name", "queries"), [("class_assignments", 19), ("projector", 12)]
)
@pytest.mark.parametrize("many", [1, 30])
def test_a_class_costs_the_same_for_any_number(
    client, classroom, teacher, django_assert_max_num_queries, many, name, queries
):
    group = GroupFactory(classroom=classroom)
    for _ in range(many):
        seat = EnrolmentFactory(classroom=classroom)
        group.members.add(seat)
        given = AssignmentFactory(
            classroom=classroom, lesson=LessonFactory(), some=True
        )
        given.groups.add(group)
        sit(given, seat.person, handed_in=True)
        ProgressFactory(student=seat.person, lesson=given.lesson, finished=True)
    client.force_login(teacher)

    with django_assert_max_num_queries(queries):
        response = client.get(reverse(f"quizzes:{name}", args=[classroom.pk]))

    assert response.status_code == 200
