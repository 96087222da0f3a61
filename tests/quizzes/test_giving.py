from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from quizzes import assignments, giving, starting
from quizzes.models import Assignment, Override, PaperSheet
from quizzes.suggesting import suggested
from tendril.accounts import erasing
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    GroupFactory,
    LessonFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def assignment(classroom):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(2, quiz=quiz)
    return AssignmentFactory(classroom=classroom, quiz=quiz)


def override(assignment, student):
    Override.objects.create(
        assignment=assignment, student=student, kind="excused", reason="Was ill."
    )


def print_a_sheet(assignment, student):
    PaperSheet.objects.create(
        assignment=assignment, student=student, code="ABCD", form="A", seed=1
    )


def begin(assignment, student):
    AttemptFactory(assigned=True, assignment=assignment, student=student)


def test_work_is_given_to_groups_and_students_and_then_to_the_class_again(
    classroom, student, teacher
):
    group = GroupFactory(classroom=classroom)
    given = Assignment(
        classroom=classroom, quiz=QuizFactory(), made_by=teacher, audience="some"
    )

    giving.give(assignment=given, groups=[group], students=[student])
    some = list(given.groups.all()), list(given.students.all())
    given.audience = "class"
    giving.give(assignment=given, groups=[group], students=[student])

    assert some == ([group], [student])
    assert (given.groups.count(), given.students.count()) == (0, 0)


def test_who_is_sealed_keeps_what_was_given_to_them_alone(
    assignment, student, classmate
):
    some = Assignment.Audience.SOME
    assignment.audience = some
    giving.give(assignment=assignment, students=[student, classmate])
    erasing.ask(person=student, by=student)

    giving.give(assignment=assignment, students=[classmate])
    erasing.call_off(person=student)

    assert set(assignments.recipients(assignment)) == {student, classmate}


def test_changing_the_end_moves_that_of_running_attempts(assignment, student):
    attempt = assignments.start(assignment=assignment, student=student)
    assignment.closes_at = timezone.now() + DAY

    giving.give(assignment=assignment)

    attempt.refresh_from_db()
    assert attempt.ends_at == assignment.closes_at


def test_a_change_of_rules_does_not_take_back_a_release(assignment):
    stale = Assignment.objects.get(pk=assignment.pk)
    assignments.release(assignment=assignment)

    giving.give(assignment=stale)

    assert Assignment.objects.get().released_at


def test_what_was_begun_keeps_its_quiz(assignment, student):
    quiz = assignment.quiz
    begin(assignment, student)
    assignment.quiz = QuizFactory()

    with pytest.raises(giving.AlreadyBegun):
        giving.give(assignment=assignment)

    assert Assignment.objects.get().quiz == quiz


def test_what_was_begun_does_not_open_later_than_that(assignment, student):
    first = assignment.opens_at
    begin(assignment, student)
    assignment.opens_at = timezone.now() + DAY

    with pytest.raises(giving.AlreadyBegun):
        giving.give(assignment=assignment)

    assert Assignment.objects.get().opens_at == first


def test_what_nobody_has_begun_can_be_deleted(assignment):
    giving.take_back(assignment=assignment)

    assert not Assignment.objects.exists()


@pytest.mark.parametrize("touch", [begin, print_a_sheet, override])
def test_what_something_hangs_on_stays(assignment, student, touch):
    touch(assignment, student)

    with pytest.raises(giving.AlreadyBegun):
        giving.take_back(assignment=assignment)

    assert Assignment.objects.exists()


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"due_at": timezone.now() + DAY, "closes_at": timezone.now() + DAY},
        {"opens_at": timezone.now() + DAY, "due_at": timezone.now() + 2 * DAY},
        {"due_at": timezone.now() - DAY / 4, "opens_at": timezone.now() - DAY},
    ],
    ids=["no end", "later", "not yet open", "was due"],
)
def test_closing_ends_it_now_and_what_is_running_with_it(assignment, student, times):
    Assignment.objects.update(**times)
    begin(assignment, student)

    giving.close_now(assignment=assignment)
    once = Assignment.objects.values().get()
    giving.close_now(assignment=assignment)

    assert Assignment.objects.values().get() == once
    assert Assignment.objects.get().is_over
    assert assignment.attempts.get().ends_at == once["closes_at"]


def test_a_copy_keeps_the_hour_on_the_clock_of_the_other_class(classroom):
    classroom.time_zone = "Europe/Vienna"
    classroom.save()
    given = AssignmentFactory(
        classroom=classroom,
        opens_at=datetime(2027, 3, 22, 7, 0, tzinfo=UTC),
        due_at=datetime(2027, 3, 24, 15, 0, tzinfo=UTC),
        minutes=20,
        question_keys=["q1"],
    )

    rules = giving.rules_for(ClassroomFactory(time_zone="Asia/Kolkata"), given, 1)
    again = giving.rules_for(classroom, given, 1)
    without = giving.rules_for(classroom, given, None)

    assert rules["due_at"] == datetime(2027, 3, 31, 10, 30, tzinfo=UTC)
    # After the clocks went forward four in the afternoon is an hour earlier.
    assert again["due_at"] == datetime(2027, 3, 31, 14, 0, tzinfo=UTC)
    assert (rules["minutes"], rules["quiz"]) == (20, given.quiz_id)
    assert without.keys().isdisjoint(giving.TIMES)


def test_only_what_was_given_to_a_class_of_ones_own_is_copied(
    assignment, classroom, teacher, other_teacher
):
    def copied(person):
        return suggested(teacher=person, classroom=classroom, copy=assignment.pk)

    assert copied(teacher)["quiz"] == assignment.quiz_id
    assert copied(other_teacher) == {}


def test_an_address_suggests_what_is_published_and_picks_questions(classroom, teacher):
    quiz = QuizFactory(lesson=LessonFactory(slug="kites"))
    QuestionFactory(quiz=quiz, key="q1")
    QuestionFactory(quiz=quiz, key="q2")
    LessonFactory(slug="old", retired=True)

    found = suggested(
        teacher=teacher, classroom=classroom, quiz=quiz.slug, only="q2,nothing"
    )

    assert found == {"quiz": quiz.pk, "lesson": None, "question_keys": ["q2"]}
    gone = suggested(teacher=teacher, classroom=classroom, lesson="old")
    assert gone["lesson"] is None


def test_only_the_questions_that_were_picked_are_asked(assignment, student):
    picked = assignment.quiz.questions.first()
    Assignment.objects.update(question_keys=[picked.key])
    assignment.refresh_from_db()

    attempt = assignments.start(assignment=assignment, student=student)

    assert list(attempt.questions.all()) == [picked]


def test_what_asks_nothing_any_more_is_not_begun(assignment, student):
    assignment.quiz.questions.update(retired_at=timezone.now())

    with pytest.raises(starting.NotOpen):
        assignments.start(assignment=assignment, student=student)

    assert not assignment.attempts.exists()
