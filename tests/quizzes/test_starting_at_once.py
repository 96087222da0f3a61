from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from quizzes import assignments, closing, grading, starting
from quizzes.models import Assignment, Attempt
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
)

ROUNDS = 15


@pytest.fixture
def assignment(transactional_db):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(2, quiz=quiz)
    return AssignmentFactory(quiz=quiz, attempts_allowed=1)


def together(*tasks):
    """Run each in a thread and a connection of its own, all at the same moment."""
    barrier = Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait(10)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def start(assignment, student):
    given = Assignment.objects.get(pk=assignment.pk)
    try:
        return assignments.start(assignment=given, student=student)
    except starting.NoAttemptLeft:
        return None


def test_two_starts_at_once_share_the_last_attempt(assignment):
    for _ in range(ROUNDS):
        student = EnrolmentFactory(classroom=assignment.classroom).person

        first, second = together(*[lambda: start(assignment, student)] * 2)  # noqa: B023

        assert first == second == Attempt.objects.get(student=student)


def test_a_start_while_the_last_attempt_is_handed_in_begins_no_other(assignment):
    def start_and_hand_in():
        attempt = start(assignment, student)
        if attempt:
            closing.hand_in(attempt=attempt)

    for _ in range(ROUNDS):
        student = EnrolmentFactory(classroom=assignment.classroom).person

        together(start_and_hand_in, start_and_hand_in)

        assert Attempt.objects.filter(student=student).count() == 1


def test_whatever_comes_first_a_release_shows_what_is_handed_in(assignment):
    for _ in range(ROUNDS):
        given = AssignmentFactory(quiz=assignment.quiz, by_teacher=True)
        student = EnrolmentFactory(classroom=given.classroom).person
        attempt = assignments.start(assignment=given, student=student)
        asked = attempt.questions.first()
        grading.submit_answers(attempt=attempt, answers={asked: ["right"]})

        together(
            lambda: assignments.release(assignment=given),  # noqa: B023
            lambda: closing.hand_in(attempt=attempt),  # noqa: B023
        )

        attempt.refresh_from_db()
        assert attempt.shows_score
