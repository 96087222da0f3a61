import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from quizzes.models import Attempt, Question, ReviewCard
from quizzes.prepared import Prepared
from tests.factories import AttemptFactory, QuestionFactory, QuizFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_whatever_the_values():
    attempts = AttemptFactory.create_batch(2)
    prepared = Prepared(lambda pk: Attempt.objects.filter(pk=pk))

    found = [prepared(attempt.pk) for attempt in attempts]

    assert found == [[attempt] for attempt in attempts]
    assert [vars(row[0]).keys() for row in found] == [vars(attempts[0]).keys()] * 2
    assert found[0][0].started_at == attempts[0].started_at
    assert prepared(uuid.uuid4()) == []


def test_each_value_goes_to_its_own_place():
    """Django sorts what a filter is given by name."""
    student, other = UserFactory.create_batch(2)
    quiz = QuizFactory()
    card = ReviewCard.objects.create(student=student, quiz=quiz, key="q1")
    prepared = Prepared(
        lambda student, quiz: ReviewCard.objects.filter(student=student, quiz=quiz)
    )
    # Written while both values are the same.
    prepared(1, 1)

    assert prepared(student.pk, quiz.pk) == [card]
    assert prepared(other.pk, quiz.pk) == []


def test_annotations_come_along():
    question = QuestionFactory(quiz__title="Kites")
    prepared = Prepared(
        lambda pk: Question.objects.filter(pk=pk).annotate(
            title=F("quiz__title"), double=F("points") + F("points")
        )
    )

    [found] = prepared(question.pk)

    assert (found.title, found.double, found.body) == ("Kites", 2, question.body)


def test_more_values_are_another_query():
    questions = QuestionFactory.create_batch(3)
    prepared = Prepared(lambda *pks: Question.objects.filter(pk__in=pks))

    assert set(prepared(questions[0].pk)) == {questions[0]}
    assert set(prepared(*[q.pk for q in questions])) == set(questions)


def test_what_always_stands_there_stays():
    for pk in (1, 2):
        QuestionFactory(pk=pk, kind="single", position=1)
    prepared = Prepared(
        lambda pk, kind: Question.objects.filter(pk=pk, kind=kind, position=1)
    )

    assert [question.pk for question in prepared(2, "single")] == [2]
    assert prepared(2, "short") == []


def test_tuples_are_those_of_a_values_list():
    question = QuestionFactory()
    rows = Question.objects.values_list("quiz__title", "body", "quiz__pass_share")
    prepared = Prepared(lambda pk: rows.filter(pk=pk))

    assert prepared.tuples(question.pk) == [list(rows.get())]


def test_a_value_that_the_query_changes_on_its_way_is_refused():
    prepared = Prepared(lambda pk: Question.objects.filter(pk=pk + 1))

    with pytest.raises(ValueError, match="Not all that it takes"):
        prepared(1)


def test_no_sql_is_written_twice():
    written = []
    prepared = Prepared(lambda pk: written.append(pk) or Question.objects.filter(pk=pk))

    for pk in range(3):
        prepared(pk)

    assert len(written) == 1


def test_moments_and_what_follows_from_them_stand_in_the_sql_as_well():
    early, later = [
        AttemptFactory(started_at=datetime(year, 5, 17, 12, tzinfo=UTC))
        for year in (2001, 2004)
    ]
    prepared = Prepared(
        lambda now: Attempt.objects.filter(
            started_at__lte=now,
            started_at__gt=now - timedelta(days=500),
            started_at__date__lt=now.date(),
        ),
        lambda now: [now - timedelta(days=500), now.date()],
    )

    assert prepared(datetime(2002, 1, 1, tzinfo=UTC)) == [early]
    assert prepared(datetime(2005, 1, 1, tzinfo=UTC)) == [later]
    assert prepared(datetime(2004, 5, 17, 13, tzinfo=UTC)) == []
