from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes import assignments, closing, starting
from quizzes.allowances import Allowance, allowance_of
from quizzes.extensions import extend
from quizzes.models import Assignment, Extension
from quizzes.rules import Rules
from tests.factories import (
    AssignmentFactory,
    LessonFactory,
    ProgressFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = timezone.now()


@pytest.fixture
def assignment(classroom):
    quiz = QuizFactory(closed=True)
    QuestionFactory(quiz=quiz)
    return AssignmentFactory(
        classroom=classroom,
        quiz=quiz,
        opens_at=NOW - 3 * DAY,
        due_at=NOW - 2 * DAY,
        closes_at=NOW - DAY,
        minutes=20,
        attempts_allowed=1,
    )


def allowed(assignment, **added):
    return Allowance.of(assignment, Extension(**added))


def test_without_an_extension_the_rules_are_the_assignments_own(assignment, student):
    assert allowance_of(assignment, student) == Allowance(
        assignment.opens_at, assignment.due_at, assignment.closes_at, 20, 1
    )


def test_an_extension_adds_to_the_rules(assignment):
    found = allowed(
        assignment,
        due_at=NOW + DAY,
        closes_at=NOW + 2 * DAY,
        extra_minutes=10,
        extra_attempts=2,
    )

    assert found == Allowance(
        assignment.opens_at, NOW + DAY, NOW + 2 * DAY, minutes=30, attempts_allowed=3
    )


def test_whoever_may_be_later_than_the_end_finds_it_open_until_then(assignment):
    assert allowed(assignment, due_at=NOW + DAY).closes_at == NOW + DAY


def test_an_extension_never_ends_for_one_what_goes_on_for_all(assignment):
    Assignment.objects.update(closes_at=NOW + 9 * DAY, due_at=None, minutes=None)
    assignment.refresh_from_db()

    found = allowed(assignment, closes_at=NOW + DAY, extra_minutes=10)

    assert (found.closes_at, found.due_at, found.minutes) == (NOW + 9 * DAY, None, None)


def test_what_has_closed_stays_open_for_whom_it_was_extended(
    assignment, student, classmate
):
    extend(assignment=assignment, student=student, by=student, closes_at=NOW + DAY)

    listed = [assignments.assigned_to(person) for person in (student, classmate)]
    attempt = assignments.start(assignment=assignment, student=student)

    assert [[each.assignment for each in mine] for mine in listed] == [[assignment], []]
    assert attempt.rules["minutes"] == 20
    with pytest.raises(starting.NotOpen):
        assignments.start(assignment=assignment, student=classmate)


def test_extra_attempts_and_minutes_are_in_the_rules_of_what_begins(
    assignment, student
):
    Assignment.objects.update(closes_at=None)
    assignment.refresh_from_db()
    closing.hand_in(attempt=assignments.start(assignment=assignment, student=student))
    with pytest.raises(starting.NoAttemptLeft):
        assignments.start(assignment=assignment, student=student)

    extend(
        assignment=assignment,
        student=student,
        by=student,
        extra_minutes=5,
        extra_attempts=1,
    )

    attempt = assignments.start(assignment=assignment, student=student)
    rules = Rules.copied(attempt.rules)
    assert (rules.minutes, rules.attempts_allowed) == (25, 2)
    assert attempt.ends_at == attempt.started_at + timedelta(minutes=25)
    assert assignments.standing_of(assignment, student).attempts_left == 0


def test_extending_moves_the_end_of_the_attempt_that_is_running(
    assignment, student, classmate
):
    Assignment.objects.update(closes_at=NOW + DAY)
    assignment.refresh_from_db()
    mine, other = (
        assignments.start(assignment=assignment, student=person)
        for person in (student, classmate)
    )
    before = other.ends_at

    for minutes in (10, 10, 25, 0):
        extend(
            assignment=assignment, student=student, by=student, extra_minutes=minutes
        )

        mine.refresh_from_db()
        ends_after = timedelta(minutes=20 + minutes)
        assert mine.ends_at == mine.started_at + ends_after
    other.refresh_from_db()
    assert other.ends_at == before
    assert not Extension.objects.exists()


def test_moving_the_end_for_all_leaves_what_one_was_given(assignment, student):
    Assignment.objects.update(minutes=None, closes_at=NOW + 3 * DAY)
    assignment.refresh_from_db()
    attempt = assignments.start(assignment=assignment, student=student)
    extend(assignment=assignment, student=student, by=student, closes_at=NOW + 2 * DAY)
    assignment.closes_at = NOW + DAY
    assignment.save()

    assignments.move_ends(assignment)

    attempt.refresh_from_db()
    assert attempt.ends_at == NOW + 2 * DAY


@pytest.mark.parametrize("has_read", [True, False])
@pytest.mark.parametrize("has_quiz", [True, False])
def test_a_lesson_is_done_once_it_was_read_and_its_quiz_handed_in(
    classroom, student, has_read, has_quiz
):
    quiz = QuizFactory()
    QuestionFactory(quiz=quiz)
    lesson = LessonFactory()
    given = AssignmentFactory(
        classroom=classroom, lesson=lesson, quiz=quiz if has_quiz else None
    )
    if has_read:
        ProgressFactory(student=student, lesson=lesson, finished=True)

    before = assignments.standing_of(given, student)
    if has_quiz:
        closing.hand_in(attempt=assignments.start(assignment=given, student=student))
    [work] = assignments.work_on(given)

    assert before.is_done == (has_read and not has_quiz)
    assert work.is_done == has_read
    assert assignments.assigned_to(student)[0].is_done == has_read


def test_what_is_done_after_it_was_due_is_late_and_before_that_overdue(
    assignment, student
):
    Assignment.objects.update(closes_at=None)
    assignment.refresh_from_db()
    before = assignments.standing_of(assignment, student)

    closing.hand_in(attempt=assignments.start(assignment=assignment, student=student))
    after = assignments.standing_of(assignment, student)

    assert (before.is_overdue, before.is_late) == (True, False)
    assert (after.is_overdue, after.is_late) == (False, True)


def test_what_is_left_is_listed_before_what_is_done_and_by_its_end(classroom, student):
    def given(**rules):
        return AssignmentFactory(classroom=classroom, **rules)

    done = given(due_at=NOW + DAY / 4, lesson=LessonFactory(), quiz=None)
    ProgressFactory(student=student, lesson=done.lesson, finished=True)
    whenever = given()
    later = given(due_at=NOW + 2 * DAY)
    sooner = given(closes_at=NOW + DAY)

    listed = assignments.assigned_to(student)

    assert [each.assignment for each in listed] == [sooner, later, whenever, done]


def test_one_quiz_in_two_classes_is_two_pieces_of_work(
    assignment, student, other_teacher
):
    elsewhere = other_teacher.enrolments.get().classroom
    student.enrolments.create(classroom=elsewhere)
    other = AssignmentFactory(classroom=elsewhere, quiz=assignment.quiz)
    Assignment.objects.update(closes_at=None)
    assignment.refresh_from_db()

    first = assignments.start(assignment=assignment, student=student)
    closing.hand_in(attempt=first)
    second = assignments.start(assignment=other, student=student)

    assert second != first
    assert assignments.standing_of(assignment, student).is_done
    assert not assignments.standing_of(other, student).is_done
    assert {each.assignment for each in assignments.assigned_to(student)} == {
        assignment,
        other,
    }
