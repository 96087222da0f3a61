import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.class_status import overviews_of
from quizzes.status import State
from tests.factories import (
    EnrolmentFactory,
    LessonFactory,
    OverrideFactory,
    ProgressFactory,
)
from tests.quizzes.taken import HOUR, given, take

pytestmark = pytest.mark.django_db


def panel(classroom):
    return reverse("quizzes:class_status", args=[classroom.pk])


def work(assignment):
    return reverse("quizzes:assignment_work", args=[assignment.pk])


def test_who_needs_help_stands_first_and_who_is_done_last(classroom):
    first, second = given(classroom), given(classroom)
    people = [
        EnrolmentFactory(classroom=classroom, person__display_name=name).person
        for name in ("Abe", "Ann", "Ben", "Cem", "Dee")
    ]
    abe, ann, ben, cem, _dee = people
    take(first, abe, right=6)
    for assignment in (first, second):
        take(assignment, ann, right=6)
        take(assignment, ben, right=1, open_=True)
    take(first, cem, wrong=4)

    found = overviews_of(classroom)

    assert [(str(o.student), o.state, o.done) for o in found] == [
        ("Cem", State.NEEDS_HELP, 0),
        ("Dee", State.NOT_STARTED, 0),
        ("Abe", State.STARTED, 1),
        ("Ben", State.STARTED, 0),
        ("Ann", State.DONE, 2),
    ]


@pytest.mark.parametrize(("right", "is_open"), [(6, False), (4, True)])
def test_who_has_begun_one_of_two_has_started(classroom, student, right, is_open):
    first, _second = given(classroom), given(classroom)
    take(first, student, right=right, open_=is_open)

    [overview] = overviews_of(classroom)

    assert (overview.state, overview.done) == (State.STARTED, int(not is_open))


def test_what_one_is_excused_from_says_nothing_of_the_rest(classroom, student):
    first, second = given(classroom), given(classroom)
    take(first, student, right=6)
    OverrideFactory(assignment=second, student=student, excused=True)
    [some] = overviews_of(classroom)

    OverrideFactory(assignment=first, student=student, excused=True)

    [none] = overviews_of(classroom)
    assert (some.state, none.state) == (State.DONE, State.EXCUSED)


def test_who_is_excused_from_everything_is_excused_and_nothing_else(
    client, classroom, teacher, student
):
    OverrideFactory(assignment=given(classroom), student=student, excused=True)
    client.force_login(teacher)

    page = client.get(panel(classroom))

    assertContains(page, '<span class="state is-excused">excused</span>')
    assertNotContains(page, "0 of 0 done")


def test_only_what_is_open_and_meant_for_somebody_is_asked_of_them(classroom):
    student = EnrolmentFactory(classroom=classroom).person
    given(classroom, some=True)
    given(
        classroom,
        opens_at=timezone.now() - 2 * HOUR,
        closes_at=timezone.now() - HOUR,
    )
    excused = given(classroom)
    OverrideFactory(assignment=excused, student=student, excused=True)

    [overview] = overviews_of(classroom)

    assert [status.assignment for status in overview.statuses] == [excused]
    assert (overview.done, overview.asked) == (0, 0)


def test_each_name_leads_to_the_work_that_matters(htmx, classroom, teacher, student):
    given(classroom)
    troubled = given(classroom)
    take(troubled, student, wrong=5)
    htmx.force_login(teacher)

    fragment, element = htmx.fragment_and_element(panel(classroom), "class-status")
    page = htmx.get(panel(classroom))

    assert fragment == element
    link = reverse("quizzes:student_work", args=[troubled.pk, student.pk])
    assertContains(page, f'<a href="{link}">Sam</a>')
    assertContains(page, f"6 questions not right in {troubled.title}")
    assertContains(page, "0 of 2 done")


def test_an_empty_class_and_one_without_work_say_so(
    client, classroom, teacher, student
):
    client.force_login(teacher)
    assertContains(client.get(panel(classroom)), "nothing open")

    student.enrolments.get().delete()

    assertContains(client.get(panel(classroom)), "Nobody has joined this class yet.")


@pytest.mark.parametrize("many", [1, 12])
def test_the_panel_takes_the_same_queries_for_any_class(
    client, classroom, teacher, many, django_assert_num_queries
):
    for _ in range(many):
        take(given(classroom), EnrolmentFactory(classroom=classroom).person, wrong=4)
    client.force_login(teacher)
    cache.clear()

    with django_assert_num_queries(13):
        client.get(panel(classroom))


def words_of(page, start, end="</tr>"):
    """The statuses that a row says."""
    row = page.content.decode().partition(start)[2].partition(end)[0]
    return re.findall(r'<span class="state is-([\w-]+)">', row)


def test_all_lists_of_a_class_say_how_far_each_student_is(
    client, classroom, teacher, student, classmate
):
    closes_at = timezone.now() + HOUR
    take(given(classroom, closes_at=closes_at), student, wrong=4)
    client.force_login(teacher)
    [assignment] = classroom.assignments.all()

    panel = client.get(reverse("quizzes:class_panel"))
    extensions = client.get(
        reverse("quizzes:assignment_extensions", args=[assignment.pk])
    )

    for page in (panel, extensions):
        assert words_of(page, f"{student}") == ["needs-help"]
        assert words_of(page, f"{classmate}") == ["not-started"]


def test_each_class_in_the_list_has_its_own_statuses(
    client, classroom, teacher, student
):
    other = EnrolmentFactory(person=teacher, teacher=True).classroom
    EnrolmentFactory(person=student, classroom=other)
    take(given(other), student, right=6)
    given(classroom)
    client.force_login(teacher)

    page = client.get(reverse("quizzes:class_panel"))

    words = {
        each: words_of(page, f'<a href="{each.get_absolute_url()}">', "</table>")
        for each in (classroom, other)
    }
    assert words == {classroom: ["not-started"], other: ["done"]}


@pytest.mark.parametrize(
    ("wrong", "right", "word"), [(0, 6, "done"), (0, 0, "not-started")]
)
def test_the_list_of_assignments_says_how_far_the_class_is(
    client, classroom, teacher, student, wrong, right, word
):
    assignment = given(classroom)
    if right:
        take(assignment, student, right=right)
    client.force_login(teacher)

    page = client.get(reverse("quizzes:class_assignments", args=[classroom.pk]))

    assert words_of(page, 'class="given"', "</li>") == ["open", word]


def test_the_list_of_assignments_leads_to_who_needs_help(
    client, classroom, teacher, student, classmate
):
    assignment = given(classroom)
    take(assignment, student, wrong=4)
    take(assignment, classmate, right=6)
    client.force_login(teacher)

    page = client.get(reverse("quizzes:class_assignments", args=[classroom.pk]))

    there = reverse("quizzes:assignment_work", args=[assignment.pk])
    assertContains(page, f'<a class="state is-needs-help" href="{there}#help">')
    assertContains(page, "1 of 2 needs help")


@pytest.mark.parametrize("many", [1, 12])
def test_the_lists_of_all_classes_take_the_same_queries_for_any_number(
    client, teacher, many, django_assert_num_queries
):
    for _ in range(many):
        classroom = EnrolmentFactory(person=teacher, teacher=True).classroom
        take(given(classroom), EnrolmentFactory(classroom=classroom).person, wrong=4)
    client.force_login(teacher)
    cache.clear()

    with django_assert_num_queries(15):
        client.get(reverse("quizzes:class_panel"))


def test_a_lesson_that_was_only_opened_is_begun(client, classroom, teacher, student):
    both = given(classroom, lesson=LessonFactory())
    ProgressFactory(student=student, lesson=both.lesson)
    client.force_login(teacher)

    page = client.get(reverse("quizzes:assignment_work", args=[both.pk]))

    assert words_of(page, f">{student}<") == ["started"]
    assertContains(page, "lesson opened")
    assertNotContains(page, "not begun")


def test_the_work_page_leads_to_who_needs_help_and_with_what(
    client, classroom, teacher, student, classmate
):
    assignment = given(classroom)
    take(assignment, student, wrong=4, right=2)
    take(assignment, classmate, right=6)
    hardest = assignment.quiz.questions.order_by("position")[0]
    client.force_login(teacher)

    page = client.get(work(assignment))

    assertContains(page, "1 of 2 needs help")
    assertContains(page, 'href="#help"')
    assertContains(page, "4 questions not right yet")
    assertContains(page, "Only those who need help are counted here")
    assertContains(page, hardest.stem)
    assertContains(page, '<span class="state is-needs-help">needs help</span>')
    assertContains(page, '<span class="state is-done">done</span>')


def test_the_work_page_says_that_nobody_needs_help(client, classroom, teacher, student):
    assignment = given(classroom)
    client.force_login(teacher)
    assertNotContains(client.get(work(assignment)), "needs help")

    take(assignment, student, right=6)

    assertContains(client.get(work(assignment)), "None of 1 needs help")
