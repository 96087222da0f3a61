"""Two people, or two workers, in the same moment, on connections of their own.

Without the lock in `corrections.hold` both write the same version, on PostgreSQL;
without the one in `disputes._hold_open` both settle one dispute.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from quizzes import disputes, marking_again
from quizzes.models import Dispute, Question
from tests.factories import QuestionFactory, UserFactory
from tests.quizzes.answered import answered, contest, mark_all, points

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10


def at_once(*actions):
    """What each returned or raised."""
    barrier = Barrier(len(actions))

    def run(action):
        try:
            connection.ensure_connection()
            barrier.wait(10)
            return action()
        except disputes.AlreadySettled as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_two_answers_accepted_at_once_are_both_in_the_key():
    admin = UserFactory(admin=True)
    for _ in range(ROUNDS):
        question = QuestionFactory(short=True)
        responses = answered(question, ["teaching"], ["baking"])
        first, second = map(contest, responses)

        at_once(
            lambda one=first: disputes.accept(dispute=one, by=admin),
            lambda other=second: disputes.accept(dispute=other, by=admin),
        )
        mark_all()

        versions = Question.objects.filter(quiz=question.quiz).order_by("version")
        assert [version.version for version in versions] == [1, 2, 3]
        assert sorted(versions[2].body["answers"][1:]) == ["baking", "teaching"]
        assert versions.current().get() == versions[2]
        assert points(responses) == [1, 1]


def test_one_dispute_is_settled_once():
    admin = UserFactory(admin=True)
    for _ in range(ROUNDS):
        (wrong,) = answered(QuestionFactory(short=True), ["teaching"])
        dispute = contest(wrong)

        came = at_once(
            lambda one=dispute: disputes.accept(dispute=one, by=admin),
            lambda one=dispute: disputes.decline(dispute=one, by=admin, word="No."),
        )
        mark_all()

        refused = [isinstance(each, disputes.AlreadySettled) for each in came]
        assert sorted(refused) == [False, True]
        accepted = refused == [False, True]
        dispute = Dispute.objects.get(pk=dispute.pk)
        assert dispute.state == ("accepted" if accepted else "declined")
        assert points([wrong]) == [int(accepted)]


def test_two_workers_mark_each_answer_once(monkeypatch):
    monkeypatch.setattr(marking_again, "TURN", 0)
    question = QuestionFactory(short=True)
    responses = answered(question, *[["teaching"]] * 100)
    made = disputes.accept(dispute=contest(responses[0]), by=UserFactory(admin=True))
    worker = partial(marking_again.mark_again, made, most_at_once=4)

    at_once(worker, worker)

    made.refresh_from_db()
    assert (made.done_count, made.changes.count()) == (100, 100)
    assert points(responses) == [1] * 100
