from datetime import UTC, datetime, timedelta

import pytest

from quizzes import starting
from quizzes.models import Assignment
from quizzes.rules import PRACTICE, Rules
from tests.factories import AssignmentFactory, QuestionFactory, QuizFactory, UserFactory

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_practice_marks_at_once_and_limits_nothing():
    assert Rules.of(None) == PRACTICE == Rules("at_once", False, True, None, None)
    assert PRACTICE.marks_at_once
    assert PRACTICE.ends_at(NOON) is None


def test_rules_come_back_from_their_copy_as_they_were():
    rules = Rules("released", True, False, 2, 30)

    assert Rules.copied(rules.copy()) == rules


def test_minutes_are_counted_from_the_start():
    assert Rules(minutes=30).ends_at(NOON) == NOON + timedelta(minutes=30)


@pytest.mark.django_db
def test_an_attempt_keeps_the_rules_it_began_with():
    assignment = given(feedback="at_end", minutes=30)
    attempt = starting.start_assigned(assignment=assignment, student=UserFactory())

    Assignment.objects.update(feedback="at_once", minutes=None, has_hints=False)
    attempt.refresh_from_db()

    assert Rules.copied(attempt.rules) == Rules("at_end", False, True, None, 30)
    assert attempt.ends_at == attempt.started_at + timedelta(minutes=30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "open_for", "ends_after"),
    [(30, 60, 30), (30, 10, 10), (None, 10, 10), (None, None, None)],
)
def test_an_attempt_ends_with_its_minutes_or_with_the_assignment(
    minutes, open_for, ends_after
):
    assignment = given(minutes=minutes)
    attempt = starting.start_assigned(assignment=assignment, student=UserFactory())
    since = attempt.started_at
    closes_at = open_for and since + timedelta(minutes=open_for)

    ends_at = starting.end_of(attempt, Rules.copied(attempt.rules), closes_at)

    assert ends_at == (ends_after and since + timedelta(minutes=ends_after))


def given(**rules):
    quiz = QuizFactory(closed=True)
    QuestionFactory(quiz=quiz)
    return AssignmentFactory(quiz=quiz, **rules)
