import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import trouble, working_out
from quizzes.models import ItemReport
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    LessonFactory,
    PassageFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
)
from tests.quizzes.classes import enrolled

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return LessonFactory(slug="kites")


@pytest.fixture
def passages(lesson):
    return PassageFactory.create_batch(2, section__lesson=lesson)


@pytest.fixture
def quiz(lesson):
    return QuizFactory(lesson=lesson)


@pytest.fixture
def question(quiz, passages):
    return QuestionFactory(quiz=quiz, passages=[passages[1].key])


@pytest.fixture
def students(teacher, classroom):
    return enrolled(classroom, 3)


def miss(question, *students, points=0, handed_in=True, **attempt):
    for student in students:
        sitting = AttemptFactory(
            student=student,
            quiz=question.quiz,
            questions=[question],
            handed_in=handed_in,
            **attempt,
        )
        ResponseFactory(attempt=sitting, question=question, points=points)


def found(lesson, person):
    return [
        (each.passage, each.students) for each in trouble.trouble_in(lesson, person)
    ]


def test_a_passage_that_three_got_wrong_is_marked(
    lesson, question, passages, students, teacher
):
    miss(question, *students)

    assert found(lesson, teacher) == [(passages[1], 3)]


def test_two_students_could_be_told_by_name(lesson, question, students, teacher):
    miss(question, *students[:2])
    miss(question, *students[:2])
    miss(question, students[2], points=1)

    assert found(lesson, teacher) == []


def test_other_peoples_students_do_not_count(
    lesson, question, students, teacher, other_teacher, other_student
):
    miss(question, *students[:2], other_student)

    assert found(lesson, teacher) == []
    assert found(lesson, other_teacher) == []


def test_students_of_two_questions_about_one_passage_are_counted_once(
    lesson, quiz, question, passages, students, teacher
):
    check = QuestionFactory(quiz=quiz, in_the_text=True, passages=question.passages)
    miss(question, *students[:2])
    miss(check, *students[1:])

    assert found(lesson, teacher) == [(passages[1], 3)]


def test_passages_stand_in_the_order_of_the_text(
    lesson, quiz, question, passages, students, teacher
):
    other = QuestionFactory(quiz=quiz, passages=[passages[0].key, "gone-000000"])
    miss(question, *students)
    miss(other, *students)

    assert found(lesson, teacher) == [(passages[0], 3), (passages[1], 3)]


def test_it_leads_to_the_assignment_in_which_most_handed_in_a_wrong_answer(
    lesson, question, students, teacher, classroom
):
    miss(question, *students)
    first, most, last, again = AssignmentFactory.create_batch(
        4, quiz=question.quiz, classroom=classroom
    )
    [unasked] = trouble.trouble_in(lesson, teacher)
    miss(question, *students[:2], assignment=most)
    for other in (first, last):
        miss(question, students[0], assignment=other)
    miss(question, *students, assignment=AssignmentFactory(quiz=question.quiz))
    miss(question, *students, assignment=again, handed_in=False)

    (one,) = trouble.trouble_in(lesson, teacher)

    where = reverse("quizzes:question_report", args=[most.pk, question.pk])
    assert (unasked.report_url, one.report_url) == ("", where)


@pytest.mark.parametrize("count", [1, 10])
def test_the_map_takes_four_queries(
    lesson, quiz, passages, students, teacher, django_assert_num_queries, count
):
    for _ in range(count):
        question = QuestionFactory(quiz=quiz, passages=[passages[0].key])
        miss(question, *students)

    with django_assert_num_queries(4):
        trouble.trouble_in(lesson, teacher)


def test_the_fragment_names_nobody(client, htmx, lesson, question, students, teacher):
    miss(question, *students)
    htmx.force_login(teacher)

    page = htmx.get(reverse("quizzes:trouble_map", args=["kites"]))

    assertContains(page, "3 of your students were wrong about this")
    assert "no-store" in page["Cache-Control"]
    for student in students:
        assertNotContains(page, student.display_name)
    fragment, element = htmx.fragment_and_element(
        reverse("quizzes:trouble_map", args=["kites"]), "trouble-map"
    )
    assert fragment == element


def test_students_and_strangers_get_an_empty_fragment(
    htmx, lesson, question, students, student
):
    miss(question, *students)
    for person in (None, student):
        if person:
            htmx.force_login(person)

        fragment = htmx.swap(
            "get", reverse("quizzes:trouble_map", args=["kites"]), "trouble-map"
        )

        assertContains(
            fragment, '<div id="trouble-map" class="trouble"></div>', html=True
        )


def test_only_a_teachers_lesson_asks_for_it(client, lesson, teacher, student):
    address, loader = reverse("lessons:me", args=["kites"]), 'id="trouble-map"'
    assertNotContains(client.get(address), loader)
    client.force_login(student)
    assertNotContains(client.get(address), loader)
    client.force_login(teacher)
    assertContains(client.get(address), loader)


def test_the_reports_of_an_assignment_lead_to_its_place_on_the_map(
    client, teacher, classroom, students, question, passages, lesson
):
    given = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    miss(question, *students, assignment=given)
    ItemReport.objects.create(assignment=given)
    working_out.work_out(given.pk)
    client.force_login(teacher)
    place = f'href="{lesson.get_absolute_url()}#{passages[1].key}"'

    every = client.get(reverse("quizzes:difficult_questions", args=[given.pk]))
    one = client.get(reverse("quizzes:question_report", args=[given.pk, question.pk]))

    assertContains(every, f"{place}>On the map")
    assertContains(one, f"{place}>See where the lesson says it: on the map")
