from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.models import Override
from tendril.accounts.models import Look
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    OverrideFactory,
    ResponseFactory,
)
from tests.quizzes.taken import given, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom, teacher):
    return given(classroom, by_teacher=True)


@pytest.fixture
def as_teacher(htmx, teacher):
    htmx.force_login(teacher)
    return htmx


def book_url(classroom, query=""):
    return reverse("quizzes:gradebook", args=[classroom.pk]) + query


def work_url(assignment, student, name="student_work"):
    return reverse(f"quizzes:{name}", args=[assignment.pk, student.pk])


def change(client, assignment, student, **data):
    return client.post(work_url(assignment, student, "override"), data)


def looks():
    rows = Look.objects.order_by("student__username", "what")
    return [(row.viewer.username, row.student.username, row.what) for row in rows]


def test_a_field_leads_to_the_answers(as_teacher, assignment, student):
    take(assignment, student, wrong=4, right=2)

    page = as_teacher.get(book_url(assignment.classroom))

    link = f'<a href="{work_url(assignment, student)}">2<small>needs help</small>'
    assertContains(page, link)


def test_headings_sort_and_say_how_it_is_sorted(as_teacher, assignment, student):
    group = GroupFactory(classroom=assignment.classroom)
    group.members.add(student.enrolments.get())
    query = f"?sort={assignment.pk}&group={group.pk}"

    page = as_teacher.get(book_url(assignment.classroom, query))

    assertContains(page, 'aria-sort="ascending"', count=1)
    assertContains(page, f'href="?sort=-{assignment.pk}&amp;group={group.pk}"')


@pytest.mark.parametrize(
    "query", ["?group=1e9", "?group=" + "9" * 40, "?group=%00", "?sort=%FF", "?group=²"]
)
def test_a_query_that_makes_no_sense_shows_the_whole_class(
    as_teacher, assignment, student, query
):
    page = as_teacher.get(book_url(assignment.classroom, query))

    assertContains(page, "Sam")


def test_a_group_of_another_class_is_no_group_here(
    as_teacher, assignment, student, other_student
):
    group = GroupFactory(classroom=other_student.enrolments.get().classroom)

    page = as_teacher.get(book_url(assignment.classroom, f"?group={group.pk}"))

    assertContains(page, "Sam")
    assertNotContains(page, "Robin")


def test_an_empty_gradebook_says_what_to_do(as_teacher, classroom, student):
    assertContains(as_teacher.get(book_url(classroom)), "Nothing is given yet")

    student.enrolments.get().delete()

    assertContains(as_teacher.get(book_url(classroom)), "Nobody is here yet")


def test_looking_at_marks_and_answers_is_remembered(
    as_teacher, assignment, student, classmate
):
    as_teacher.get(book_url(assignment.classroom))
    as_teacher.get(work_url(assignment, student))

    assert looks() == [
        ("teacher", "classmate", "marks"),
        ("teacher", "student", "answers"),
        ("teacher", "student", "marks"),
    ]


def test_taking_the_file_along_is_a_look_too(as_teacher, assignment, student):
    as_teacher.get(reverse("quizzes:gradebook_file", args=[assignment.classroom_id]))

    assert looks() == [("teacher", "student", "marks")]


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_takes_the_same_queries_for_any_class(
    as_teacher, classroom, many, django_assert_num_queries
):
    for _ in range(many):
        assignment = given(classroom)
        student = EnrolmentFactory(classroom=classroom).person
        take(assignment, student, wrong=4)
    cache.clear()

    with django_assert_num_queries(16):
        as_teacher.get(book_url(classroom))


def test_the_answers_stand_there_as_they_are_marked(as_teacher, assignment, student):
    take(assignment, student, wrong=1, right=1)

    page = as_teacher.get(work_url(assignment, student))

    assertContains(page, "Answered, right", count=1)
    assertContains(page, "Not quite.", count=1)
    assertContains(page, "Left open.", count=4)
    assertContains(page, "2 of 6", count=0)
    # It is not the teacher's, and only a student may say so.
    assertNotContains(page, "Your answer")
    assertNotContains(page, "I think I am right")


def test_an_attempt_that_is_not_handed_in_shows_what_is_filled_in(
    as_teacher, assignment, student
):
    taken = take(assignment, student, open_=True)
    question = assignment.quiz.questions.first()
    ResponseFactory(attempt=taken, question=question, draft=True, answer=["right"])

    page = as_teacher.get(work_url(assignment, student))

    assertContains(page, "Not marked yet.", count=1)
    assertContains(page, "Left open.", count=5)


def test_any_attempt_can_be_looked_at(as_teacher, assignment, student, classmate):
    worse = take(assignment, student, wrong=6, hours_ago=5)
    take(assignment, student, right=6, hours_ago=3)
    others = take(assignment, classmate, wrong=6)
    url = work_url(assignment, student)

    assertContains(as_teacher.get(url), "Not quite.", count=0)
    assertContains(as_teacher.get(f"{url}?attempt={worse.pk}"), "Not quite.", count=6)
    for nonsense in (others.pk, "nonsense", "%00"):
        page = as_teacher.get(f"{url}?attempt={nonsense}")
        assertContains(page, "Not quite.", count=0)


def test_what_was_never_given_to_a_student_is_not_there(
    as_teacher, classroom, student, other_student
):
    some = given(classroom, some=True)

    for person in (student, other_student):
        assert as_teacher.get(work_url(some, person)).status_code == 404


def test_a_score_is_changed_with_a_reason(as_teacher, assignment, student):
    take(assignment, student, right=2)
    data = {"decision": "score", "score": "3,5", "reason": "Question 2 was unclear."}

    url = work_url(assignment, student, "override")
    page = as_teacher.swap("post", url, "student-work", data)

    assert Override.objects.get().score == Decimal("3.5")
    assertContains(page, "3.5 of 6")
    assertContains(page, "Question 2 was unclear.")
    assertContains(page, "Ms Field")
    assertNotContains(page, "<html")


def test_excusing_can_be_taken_back(as_teacher, assignment, student):
    take(assignment, student, right=2)
    change(as_teacher, assignment, student, decision="excuse", reason="Ill.")
    page = as_teacher.get(work_url(assignment, student))
    assertContains(page, "Let the answers count again")

    change(as_teacher, assignment, student, decision="take-back", reason="Not ill.")

    page = as_teacher.get(work_url(assignment, student))
    assertNotContains(page, "Let the answers count again")
    assertContains(page, "As answered in place of: excused")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"decision": "score", "score": "3"}, "Say in a few words why."),
        ({"decision": "excuse", "reason": "\u200b"}, "Say in a few words why."),
        ({"decision": "excuse", "reason": "x" * 301}, "you wrote 301"),
        ({"decision": "score", "reason": "y"}, "Write how many points count."),
        ({"decision": "score", "reason": "y", "score": "7"}, "from 0 to 6."),
        ({"decision": "score", "reason": "y", "score": "-1"}, "from 0 to 6."),
        ({"decision": "score", "reason": "y", "score": "NaN"}, "as a number"),
        ({"decision": "score", "reason": "y", "score": "1e999"}, "number"),
        ({"decision": "score", "reason": "y", "score": "1.234"}, "two digits"),
        ({"decision": "score", "reason": "y", "score": "six"}, "as a number"),
        ({"decision": "burn", "reason": "y"}, "Press one of the buttons."),
        ({"reason": "y"}, "Press one of the buttons."),
    ],
)
def test_what_is_no_override_changes_nothing_and_says_why(
    as_teacher, assignment, student, data, message
):
    take(assignment, student, right=2)

    response = change(as_teacher, assignment, student, **data)

    assertContains(response, message, status_code=422)
    if reason := data.get("reason", "").strip():
        assertContains(response, f">{reason}</textarea>", status_code=422)
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("data", "shown"),
    [({"score": Decimal("4.5")}, "4.5 of 6"), ({"excused": True}, "You are excused")],
)
def test_a_student_reads_what_counts_and_why(client, classroom, student, data, shown):
    assignment = given(classroom)
    take(assignment, student, right=2)
    OverrideFactory(assignment=assignment, student=student, reason="Ill.", **data)
    client.force_login(student)

    page = client.get(assignment.get_absolute_url())

    assertContains(page, shown)
    assertContains(page, "Ill.")


def test_a_student_reads_no_score_before_the_marks_are_shown(
    client, assignment, student
):
    OverrideFactory(assignment=assignment, student=student, score=5, reason="Paper.")
    client.force_login(student)
    before = client.get(assignment.get_absolute_url())

    assignment.released_at = timezone.now()
    assignment.save()

    assertNotContains(before, "Paper.")
    assertContains(client.get(assignment.get_absolute_url()), "Paper.")


def test_what_was_taken_back_is_no_longer_shown(client, classroom, student):
    assignment = given(classroom)
    about = {"assignment": assignment, "student": student}
    OverrideFactory(**about, reason="A slip.")
    OverrideFactory(**about, kind=Override.Kind.NONE, score=None, reason="Put right.")
    client.force_login(student)

    page = client.get(assignment.get_absolute_url())

    assertNotContains(page, "A slip.")
    assertNotContains(page, "Put right.")


def test_a_score_without_attempts_says_of_how_much(as_teacher, assignment, student):
    OverrideFactory(assignment=assignment, student=student, score=5)

    page = as_teacher.get(reverse("quizzes:assignment_work", args=[assignment.pk]))

    assertContains(page, "<td>5 of 6 ")
