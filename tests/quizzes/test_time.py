from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes import closing, grading, starting
from quizzes.models import Attempt, Response
from quizzes.stored_sittings import sitting_of
from quizzes.tasks import close_overdue
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def start():
    """Begin a closed quiz of three questions that has a limit of time."""

    def start(feedback="at_end", **rules):
        quiz = QuizFactory(closed=True)
        QuestionFactory.create_batch(3, quiz=quiz)
        assignment = AssignmentFactory(
            quiz=quiz, minutes=30, feedback=feedback, **rules
        )
        student = EnrolmentFactory(classroom=assignment.classroom).person
        return starting.start_assigned(assignment=assignment, student=student)

    return start


def let_pass(attempt, seconds):
    """As if its time had ended that many seconds ago."""
    ended = timezone.now() - timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=ended - timedelta(minutes=30), ends_at=ended
    )
    in_time = ended - timedelta(minutes=1)
    attempt.responses.update(answered_at=in_time)
    attempt.responses.marked().update(marked_at=in_time)
    attempt.refresh_from_db()
    return ended


def answer(attempt, number, pick, **options):
    question = attempt.questions.all()[number - 1]
    grading.submit_answers(attempt=attempt, answers={question: [pick]}, **options)


def kept(attempt):
    return [
        (r.answer, r.points, r.is_late, r.counts)
        for r in attempt.responses.order_by("question", "is_late")
    ]


@pytest.mark.parametrize("seconds", [-60, 5, 55])
def test_up_to_a_minute_after_the_end_an_answer_counts(start, seconds):
    attempt = start()
    let_pass(attempt, seconds)

    answer(attempt, 1, "right")
    closing.hand_in(attempt=attempt)

    attempt.refresh_from_db()
    assert kept(attempt) == [(["right"], 1, False, True)]
    assert attempt.score == 1


@pytest.mark.parametrize("feedback", ["at_once", "at_end", "released"])
def test_a_later_answer_is_kept_as_late_and_does_not_count(start, feedback):
    attempt = start(feedback)
    answer(attempt, 1, "wrong")
    ended = let_pass(attempt, 65)

    answer(attempt, 2, "right")

    attempt.refresh_from_db()
    assert kept(attempt) == [
        (["wrong"], 0, False, True),
        (["right"], 1, True, False),
    ]
    assert (attempt.score, attempt.handed_in_at) == (0, ended)


def test_what_was_filled_in_counts_when_the_time_runs_out(start):
    attempt = start()
    answer(attempt, 1, "right", is_draft=True)
    ended = let_pass(attempt, 65)

    closed = closing.close_if_over(attempt)

    assert (closed.score, closed.handed_in_at) == (1, ended)
    assert closed.shows_score


def test_within_the_minute_nothing_is_handed_in_by_itself(start):
    attempt = start()
    let_pass(attempt, 55)

    assert closing.close_if_over(attempt).handed_in_at is None
    assert closing.close_overdue() == 0


def test_the_task_hands_in_what_ran_out_and_nothing_else(start):
    over, running, unlimited = start(), start(), start()
    let_pass(over, 65)
    Attempt.objects.filter(pk=unlimited.pk).update(ends_at=None)

    close_overdue()
    close_overdue()

    open_ones = Attempt.objects.filter(handed_in_at=None)
    assert set(open_ones) == {running, unlimited}


def test_a_late_answer_stands_beside_the_one_in_time(start):
    attempt = start()
    answer(attempt, 1, "right")
    let_pass(attempt, 65)

    answer(attempt, 1, "wrong")

    assert kept(attempt) == [
        (["right"], 1, False, True),
        (["wrong"], 0, True, False),
    ]
    sitting = sitting_of(closing.close_if_over(Attempt.objects.get(pk=attempt.pk)))
    assert [mark.answer for mark in sitting.marked()] == [["right"]]


def test_the_same_answer_again_is_no_late_one(start):
    attempt = start()
    answer(attempt, 1, "right")
    let_pass(attempt, 65)

    answer(attempt, 1, "right")
    answer(attempt, 2, "right")
    answer(attempt, 2, "right")

    assert Response.objects.filter(is_late=True).count() == 1


def test_a_late_answer_may_change_and_what_it_was_is_kept(start):
    attempt = start()
    let_pass(attempt, 65)

    answer(attempt, 1, "right")
    answer(attempt, 1, "wrong")

    late = attempt.responses.get()
    assert (late.answer, late.points) == (["wrong"], 0)
    assert [before["answer"] for before in late.history] == [["right"]]


def test_no_late_answer_changes_one_whose_mark_was_shown(start):
    attempt = start("at_once")
    answer(attempt, 1, "wrong")
    let_pass(attempt, 65)

    with pytest.raises(grading.AttemptClosed):
        answer(attempt, 1, "right")

    assert kept(attempt) == [(["wrong"], 0, False, True)]


def test_a_draft_and_a_new_answer_that_come_late_together_are_both_kept(start):
    attempt = start("at_once")
    answer(attempt, 1, "wrong", is_draft=True)
    let_pass(attempt, 65)
    first, second = attempt.questions.all()[:2]

    grading.submit_answers(
        attempt=attempt, answers={first: ["right"], second: ["right"]}
    )

    late = attempt.responses.filter(is_late=True)
    assert {r.question_id: r.answer for r in late} == {
        first.pk: ["right"],
        second.pk: ["right"],
    }
    assert attempt.responses.get(is_late=False).answer == ["wrong"]


def test_what_stands_does_not_keep_a_new_late_answer_out(start):
    attempt = start("at_once")
    answer(attempt, 1, "wrong")
    let_pass(attempt, 65)
    first, second = attempt.questions.all()[:2]

    grading.submit_answers(
        attempt=attempt, answers={first: ["right"], second: ["right"]}
    )

    assert [r.question_id for r in attempt.responses.filter(is_late=True)] == [
        second.pk
    ]


@pytest.mark.parametrize("seconds", [-600, 5, 65])
def test_whoever_handed_in_early_changes_nothing_any_more(start, seconds):
    attempt = start()
    answer(attempt, 1, "wrong")
    closing.hand_in(attempt=attempt)
    if seconds > 0:
        early = timezone.now() - timedelta(seconds=seconds + 60)
        Attempt.objects.update(
            handed_in_at=early, ends_at=early + timedelta(seconds=60)
        )

    with pytest.raises(grading.AttemptClosed):
        answer(attempt, 1, "right")
    with pytest.raises(grading.AttemptClosed):
        answer(attempt, 2, "right")

    assert kept(attempt) == [(["wrong"], 0, False, True)]


def test_after_the_clock_handed_in_an_answer_on_its_way_is_kept(start):
    attempt = start()
    let_pass(attempt, 2)
    closing.hand_in(attempt=attempt)

    answer(attempt, 1, "right")

    assert kept(attempt) == [(["right"], 1, True, False)]


def test_no_time_is_over_without_a_limit(start):
    attempt = start()
    Attempt.objects.update(ends_at=None)
    attempt.refresh_from_db()

    answer(attempt, 1, "right")

    assert kept(attempt) == [(["right"], 0, False, True)]
    assert not attempt.ran_out
