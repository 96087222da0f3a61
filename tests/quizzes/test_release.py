import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes.assignments import Concerned, concerned_by_release
from tests.factories import EnrolmentFactory, GroupFactory, OverrideFactory
from tests.quizzes.taken import given, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom, teacher):
    return given(classroom, by_teacher=True)


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


def url(name, of):
    return reverse(f"quizzes:{name}", args=[of.pk])


def test_it_is_asked_first_and_says_whom_it_concerns(as_teacher, assignment):
    people = [EnrolmentFactory(classroom=assignment.classroom).person for _ in range(7)]
    for person in people[:2]:
        take(assignment, person, right=6)
    take(assignment, people[2], right=1, open_=True)
    # What nobody waits for: it is not asked of them, or decided.
    OverrideFactory(assignment=assignment, student=people[3], excused=True)
    OverrideFactory(assignment=assignment, student=people[4], score=3)

    page = as_teacher.get(url("release", assignment))

    assert concerned_by_release(assignment) == Concerned(2, 1, 2)
    assertContains(page, "2 students have handed in and wait for the marks.")
    assertContains(page, "1 student is in the middle of it.")
    assertContains(page, "2 students have not begun.")
    assertContains(page, "This cannot be taken back.")
    assignment.refresh_from_db()
    assert assignment.released_at is None


@pytest.mark.parametrize("page", ["assignment_work", "gradebook"])
def test_the_marks_are_shown_from_two_pages(as_teacher, assignment, student, page):
    attempt = take(assignment, student, right=6)
    there = url(page, assignment if page == "assignment_work" else assignment.classroom)
    release = url("release", assignment)
    release += "?back=gradebook" if page == "gradebook" else ""
    assertContains(as_teacher.get(there), f'href="{release}"')
    assertContains(as_teacher.get(release), f'<a class="button plain" href="{there}"')

    answer = as_teacher.post(release)

    assertRedirects(answer, there, fetch_redirect_response=False)
    after = as_teacher.get(there)
    assertContains(after, f"The marks of “{assignment.title}” are shown to everybody.")
    assertNotContains(after, "Show the marks to everybody")
    attempt.refresh_from_db()
    assert attempt.shows_score
    assertRedirects(as_teacher.get(release), there, fetch_redirect_response=False)


def test_a_gradebook_of_a_group_counts_nobody_by_the_button_for_all(
    as_teacher, assignment, student, classmate
):
    group = GroupFactory(classroom=assignment.classroom)
    group.members.add(student.enrolments.get())
    for person in (student, classmate):
        take(assignment, person, right=6)

    book = url("gradebook", assignment.classroom)
    page = as_teacher.get(f"{book}?group={group.pk}")

    assertContains(page, "Show the marks to everybody")
    assertNotContains(page, "1 student")
    assertContains(as_teacher.get(url("release", assignment)), "2 students have handed")


@pytest.mark.parametrize("many", [1, 12])
def test_asking_takes_the_same_queries_for_any_class(
    as_teacher, assignment, many, django_assert_num_queries
):
    for _ in range(many):
        student = EnrolmentFactory(classroom=assignment.classroom).person
        take(assignment, student, right=6)
    cache.clear()

    with django_assert_num_queries(8):
        as_teacher.get(url("release", assignment))
