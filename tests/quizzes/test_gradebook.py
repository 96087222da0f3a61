from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from quizzes import assignments
from quizzes.gradebook import gradebook_of
from quizzes.gradebook_order import Order, ordered
from quizzes.models import Override
from quizzes.scores import points_text
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    GroupFactory,
    LessonFactory,
    OverrideFactory,
    ProgressFactory,
    QuestionFactory,
    UserFactory,
)
from tests.quizzes.taken import HOUR, given, take

pytestmark = pytest.mark.django_db


def only_cell(classroom):
    [row] = gradebook_of(classroom).rows
    [cell] = row.cells
    return cell


def said(classroom):
    cell = only_cell(classroom)
    return cell.score_text, cell.remarks


def test_the_best_attempt_counts(classroom, student):
    assignment = given(classroom)
    take(assignment, student, wrong=1, right=5, hours_ago=5)
    take(assignment, student, wrong=3, right=3, hours_ago=3)

    assert said(classroom) == ("5", [])


def test_what_is_not_handed_in_has_no_score(classroom, student):
    assignment = given(classroom)
    assert said(classroom) == ("", ["not started"])

    take(assignment, student, right=2, open_=True)

    assert said(classroom) == ("", ["started"])


def test_all_else_is_said_in_words(classroom, student):
    assignment = given(classroom, by_teacher=True, opens_at=timezone.now() - 9 * HOUR)
    assignment.due_at = timezone.now() - 8 * HOUR
    assignment.save()
    take(assignment, student, wrong=4, right=2)

    assert said(classroom) == ("2", ["needs help", "late", "not shown"])

    assignments.release(assignment=assignment)
    assignment.extensions.create(student=student, due_at=timezone.now())

    assert said(classroom) == ("2", ["needs help"])


def test_the_newest_word_of_a_teacher_holds(classroom, student):
    assignment = given(classroom)
    take(assignment, student, right=3)
    about = {"assignment": assignment, "student": student}

    OverrideFactory(**about, score=Decimal("4.5"))
    changed = said(classroom)
    OverrideFactory(**about, excused=True)
    excused = said(classroom)
    OverrideFactory(**about, kind=Override.Kind.NONE, score=None)

    assert changed == ("4.5", ["changed"])
    assert excused == ("", ["excused"])
    assert said(classroom) == ("3", [])


def test_what_was_asked_otherwise_says_of_how_much(classroom, student, classmate):
    assignment = given(classroom, questions=6)
    take(assignment, student, right=6)
    other = take(assignment, classmate, right=3)
    take(assignment, EnrolmentFactory(classroom=classroom).person, right=6)
    other.max_score = 5
    other.save()

    book = gradebook_of(classroom)

    assert book.rows[0].cells[0].remarks == ["of 5"]
    assert book.columns[0].max_score == 6


def test_before_anybody_began_the_column_tells_what_is_asked_now(classroom, student):
    assignment = given(classroom, questions=3)
    QuestionFactory(quiz=assignment.quiz, points=2, key="chosen")
    QuestionFactory(quiz=assignment.quiz, retired=True)
    some_of_it = AssignmentFactory(
        classroom=classroom, quiz=assignment.quiz, question_keys=["chosen"]
    )
    AssignmentFactory(classroom=classroom, quiz=None, lesson=LessonFactory())

    columns = gradebook_of(classroom).columns

    assert {c.assignment: c.max_score for c in columns if c.max_score is not None} == {
        assignment: 5,
        some_of_it: 2,
    }


def test_the_total_leaves_out_what_is_excused_and_not_handed_in(classroom, student):
    first, second, third, _never = (given(classroom) for _ in range(4))
    take(first, student, right=5)
    take(second, student, right=1)
    take(third, student, right=6)
    OverrideFactory(assignment=third, student=student, excused=True)

    [row] = gradebook_of(classroom).rows

    assert (row.total.points, row.total.most) == (6, 12)


def test_without_any_score_there_is_no_total(classroom, student):
    given(classroom)

    [row] = gradebook_of(classroom).rows

    assert (row.total_text, row.total_max_text) == ("", "")


def test_what_has_not_opened_has_no_column_yet(classroom, student):
    given(classroom, opens_at=timezone.now() + timedelta(days=1))
    opened = given(classroom)
    given(EnrolmentFactory().classroom)

    assert [c.assignment for c in gradebook_of(classroom).columns] == [opened]


def test_it_holds_those_who_learn_there_now(classroom, student, classmate):
    take(given(classroom), classmate, right=6)
    classmate.enrolments.get().delete()

    assert gradebook_of(classroom).students == [student]


def test_it_shows_one_group_of_the_class(classroom, student, classmate):
    group = GroupFactory(classroom=classroom, name="Kites")
    group.members.add(student.enrolments.get())

    book = gradebook_of(classroom, group)

    assert [(row.student, row.groups) for row in book.rows] == [(student, ["Kites"])]


@pytest.fixture
def three(classroom, teacher):
    """A has half, B nothing yet, C all of it."""
    assignment = given(classroom)
    names = ["Ann", "Ben", "Cem"]
    people = [UserFactory(display_name=name) for name in names]
    for person in people:
        EnrolmentFactory(classroom=classroom, person=person)
    take(assignment, people[0], right=3)
    take(assignment, people[2], right=6)
    return assignment


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", "ABC"),
        ("-name", "CBA"),
        ("total", "ACB"),
        ("-total", "CAB"),
        ("{}", "ACB"),
        ("-{}", "CAB"),
        ("nonsense", "ABC"),
        ("999999999999", "ABC"),
    ],
)
def test_it_stands_in_the_order_that_is_asked_for(classroom, three, asked, names):
    book = gradebook_of(classroom)

    order = Order.of(asked.format(three.pk), book)

    assert "".join(str(s)[0] for s in ordered(book, order).students) == names


@pytest.mark.parametrize(("downward", "names"), [("", "BCA"), ("-", "ACB")])
def test_what_has_no_score_is_sorted_by_how_far_everybody_is(
    classroom, teacher, downward, names
):
    lesson = LessonFactory()
    reading = AssignmentFactory(classroom=classroom, quiz=None, lesson=lesson)
    people = [UserFactory(display_name=name) for name in ("Ann", "Ben", "Cem")]
    for person in people:
        EnrolmentFactory(classroom=classroom, person=person)
    ProgressFactory(student=people[0], lesson=lesson, finished=True)
    ProgressFactory(student=people[2], lesson=lesson)
    book = gradebook_of(classroom)

    order = Order.of(f"{downward}{reading.pk}", book)

    assert "".join(str(s)[0] for s in ordered(book, order).students) == names


def test_a_heading_asked_for_again_turns_the_order_round(classroom, three):
    book = gradebook_of(classroom)
    order = Order.of("total", book)

    assert (order.next("total"), order.next("name")) == ("-total", "name")
    assert (order.aria("total"), order.aria("name")) == ("ascending", "")
    assert Order.of("-total", book).next("total") == "total"


def test_points_have_the_digits_they_need():
    texts = [points_text(Decimal(n)) for n in ("7.00", "7.50", "7.25", "100", "0")]

    assert texts == ["7", "7.5", "7.25", "100", "0"]
    with translation.override("de"):
        assert points_text(Decimal("7.5")) == "7,5"


@pytest.mark.parametrize("many", [1, 10])
def test_it_takes_the_same_queries_for_any_size(
    classroom, many, django_assert_num_queries
):
    group = GroupFactory(classroom=classroom)
    seats = EnrolmentFactory.create_batch(many, classroom=classroom)
    group.members.set(seats)
    assignments = [given(classroom, some=True) for _ in range(many)]
    AssignmentFactory(classroom=classroom, quiz=None, lesson=LessonFactory())
    for seat in seats:
        take(assignments[0], seat.person, wrong=4, right=2)
        OverrideFactory(assignment=assignments[-1], student=seat.person)

    with django_assert_num_queries(14):
        book = gradebook_of(classroom)
        assert [row.total_text for row in book.rows] == [
            "1" if many == 1 else "3"
        ] * many
