import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.quizzes.classes import enrolled
from tests.tutor.factories import ExchangeFactory
from tutor import question_map
from tutor.models import Claim, Exchange

pytestmark = pytest.mark.django_db


def ask(lesson, *students, key="big-idea-2", **about):
    for student in students:
        exchange = ExchangeFactory(
            student=student, lesson=lesson, answered=True, **about
        )
        if not about:
            Claim.objects.create(
                exchange=exchange, position=0, sentence="It is.", passages=[key]
            )


def found(lesson, person):
    rows = question_map.asked_about(lesson, person)
    return [(row.passage.key, row.students) for row in rows]


@pytest.fixture
def students(teacher, classroom):
    return enrolled(classroom, 3)


def test_a_passage_that_three_asked_about_is_marked(lesson, teacher, students):
    ask(lesson, *students)
    ask(lesson, *students, about="big-idea-1")

    assert found(lesson, teacher) == [("big-idea-1", 3), ("big-idea-2", 3)]


def test_two_students_could_be_told_by_name(lesson, teacher, students):
    for _time in range(2):
        ask(lesson, *students[:2])

    assert found(lesson, teacher) == []


def test_other_peoples_students_do_not_count(
    lesson, teacher, students, other_teacher, other_student
):
    ask(lesson, *students[:2], other_student)

    assert found(lesson, teacher) == []
    assert found(lesson, other_teacher) == []


def test_what_told_of_danger_counts_nowhere(lesson, teacher, students):
    ask(lesson, *students[:2])
    ask(lesson, students[2], about="big-idea-2", state=Exchange.State.DANGER)

    assert found(lesson, teacher) == []


@pytest.mark.parametrize("count", [1, 5])
def test_it_takes_three_queries(
    lesson, teacher, students, count, django_assert_num_queries
):
    for _time in range(count):
        ask(lesson, *students)

    with django_assert_num_queries(3):
        question_map.asked_about(lesson, teacher)


def url(lesson):
    return reverse("tutor:question_map", args=[lesson.slug])


def test_the_fragment_names_nobody(htmx, lesson, teacher, students):
    ask(lesson, *students)
    htmx.force_login(teacher)

    page = htmx.get(url(lesson))

    assertContains(page, "3 of your students asked about this")
    for student in students:
        assertNotContains(page, student.display_name)
    assertNotContains(page, "Why does bread rise?")
    fragment, element = htmx.fragment_and_element(url(lesson), "question-map")
    assert fragment == element


def test_students_get_an_empty_fragment(htmx, lesson, student, students):
    ask(lesson, *students)
    htmx.force_login(student)

    fragment = htmx.swap("get", url(lesson), "question-map")

    assertContains(fragment, '<div id="question-map" class="trouble"></div>', html=True)


def test_only_a_teachers_lesson_asks_for_it(client, lesson, teacher, student):
    address, loader = reverse("lessons:me", args=[lesson.slug]), 'id="question-map"'
    client.force_login(student)
    assertNotContains(client.get(address), loader)
    client.force_login(teacher)
    assertContains(client.get(address), loader)
