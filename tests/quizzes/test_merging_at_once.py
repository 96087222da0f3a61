"""A device hands over while another connection writes to the same sitting."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from quizzes.merging import merge
from quizzes.models import Attempt
from tests.factories import (
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
)
from tests.quizzes.test_merging import answered

pytestmark = pytest.mark.django_db(transaction=True)


def test_points_corrected_meanwhile_stay_in_the_score():
    quiz = QuizFactory()
    first, *_others = (
        QuestionFactory(quiz=quiz, key=key) for key in ("first", "second", "third")
    )
    attempt = AttemptFactory(quiz=quiz, is_from_device=True)
    response = ResponseFactory(attempt=attempt, question=first, answer=["wrong"])
    item = answered(quiz, "second", attempt=attempt.pk)

    def hand_over():
        try:
            return merge(attempt.student, [item], None)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        # As marking again does it: the sitting is locked, then its points change.
        with transaction.atomic():
            Attempt.objects.select_for_update().get(pk=attempt.pk)
            handing_over = pool.submit(hand_over)
            # Long enough for the other connection to come up to the lock.
            time.sleep(0.3)
            attempt.responses.filter(pk=response.pk).update(points=1)
            Attempt.objects.filter(pk=attempt.pk).update(score=1)
        handing_over.result()

    attempt.refresh_from_db()
    assert attempt.score == sum(row.points for row in attempt.responses.all()) == 2
