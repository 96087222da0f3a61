from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes import item_reports, working_out
from quizzes.models import ItemReport
from tests.factories import AssignmentFactory, QuestionFactory
from tests.quizzes.classes import hand_in_marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def questions(assignment):
    questions = QuestionFactory.create_batch(2, quiz=assignment.quiz)
    hand_in_marks(assignment, questions, ["11", "10", "00"])
    return questions


@pytest.fixture
def asking(assignment, django_capture_on_commit_callbacks):
    """Ask, and say what was queued."""

    def ask():
        with django_capture_on_commit_callbacks() as queued:
            kept = item_reports.kept_or_asked(assignment)
        return kept, len(queued)

    return ask


def test_the_first_who_asks_has_it_worked_out(assignment, questions, asking):
    kept, queued = asking()

    assert (kept.is_pending, kept.analysis(), queued) == (True, None, 1)


def test_whoever_asks_meanwhile_waits_for_the_same(assignment, questions, asking):
    asking()

    kept, queued = asking()

    assert (kept.is_pending, queued) == (True, 0)


def test_what_was_worked_out_is_kept(assignment, questions, asking):
    asking()
    working_out.work_out(assignment.pk)

    kept, queued = asking()

    assert (kept.is_pending, queued) == (False, 0)
    assert kept.analysis().attempts == 3
    assert kept.made_at


def test_working_it_out_twice_changes_nothing(assignment, questions, asking):
    asking()
    working_out.work_out(assignment.pk)
    made_at = ItemReport.objects.get().made_at

    working_out.work_out(assignment.pk)

    assert ItemReport.objects.get().made_at == made_at


def test_what_was_handed_in_since_asks_for_another(assignment, questions, asking):
    asking()
    working_out.work_out(assignment.pk)
    hand_in_marks(assignment, questions, ["11"])

    kept, queued = asking()

    assert (kept.is_pending, queued) == (True, 1)
    assert kept.analysis().attempts == 3
    working_out.work_out(assignment.pk)
    assert asking()[0].analysis().attempts == 4


def test_marks_that_changed_ask_for_another(assignment, questions, asking):
    asking()
    working_out.work_out(assignment.pk)
    assignment.attempts.filter(score=0).update(score=1)

    assert asking()[1] == 1


def test_what_never_came_is_asked_for_again(assignment, questions, asking):
    asking()
    ItemReport.objects.update(asked_at=timezone.now() - timedelta(minutes=3))

    assert [asking()[1] for _ in range(2)] == [1, 0]


def test_asking_for_what_is_kept_takes_two_queries(
    assignment, questions, asking, django_assert_num_queries
):
    asking()
    working_out.work_out(assignment.pk)

    with django_assert_num_queries(2):
        item_reports.kept_or_asked(assignment)
