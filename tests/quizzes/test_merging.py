import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.device import AnsweredItem
from quizzes import starting
from quizzes.merging import merge
from quizzes.models import Attempt, Dispute, Question, Response
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    SyncBatchFactory,
    UserFactory,
    two_choices,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def batch(student):
    return SyncBatchFactory(student=student)


@pytest.fixture
def quiz():
    quiz = QuizFactory()
    for key in ("q1", "q2"):
        QuestionFactory(quiz=quiz, key=key)
    return quiz


def answered(quiz, question="q1", answer=("right",), **values):
    return AnsweredItem(
        **{
            "kind": "answered",
            "id": uuid.uuid4(),
            "attempt": uuid.UUID(int=1),
            "quiz": quiz.slug,
            "question": question,
            "version": 1,
            "answer": list(answer),
            "happened_at": NOON,
        }
        | values
    )


def told(outcomes):
    return [(outcome.status, outcome.reason) for outcome in outcomes]


def test_answers_from_a_device_are_marked_here(student, batch, quiz):
    items = [answered(quiz), answered(quiz, "q2", ["wrong"])]

    outcomes = merge(student, items, batch)

    attempt = Attempt.objects.get()
    assert told(outcomes) == [("added", None), ("added", None)]
    assert (attempt.score, attempt.max_score) == (1, 2)
    assert attempt.handed_in_at == NOON
    assert {r.id for r in attempt.responses.all()} == {item.id for item in items}


def test_sent_twice_changes_nothing(student, batch, quiz):
    items = [answered(quiz), answered(quiz, "q2")]
    merge(student, items, batch)
    before = list(Response.objects.values())

    outcomes = merge(student, items, batch)

    assert told(outcomes) == [("known", None), ("known", None)]
    assert list(Response.objects.values()) == before


def test_a_sitting_waits_for_its_last_answer_from_the_device(student, batch, quiz):
    merge(student, [answered(quiz)], batch)
    assert Attempt.objects.get().handed_in_at is None

    merge(student, [answered(quiz, "q2")], batch)
    assert Attempt.objects.get().handed_in_at is not None


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_order_any_splitting_and_any_repeats_end_the_same(data, student, quiz):
    Response.objects.all().delete()
    Attempt.objects.all().delete()
    items = [
        answered(quiz, "q1", ["wrong"], happened_at=NOON),
        answered(quiz, "q1", ["right"], happened_at=NOON - timedelta(minutes=1)),
        answered(quiz, "q2", ["right"], happened_at=NOON),
        answered(quiz, "q2", ["wrong"], happened_at=NOON, attempt=uuid.UUID(int=2)),
    ]
    sent = data.draw(st.permutations(items + data.draw(st.permutations(items))))
    cut = data.draw(st.integers(0, len(sent)))

    merge(student, sent[:cut], None)
    merge(student, sent[cut:], None)

    end = Response.objects.order_by("attempt", "question")
    assert list(end.values_list("attempt", "question__key", "answer")) == [
        (uuid.UUID(int=1), "q1", ["right"]),
        (uuid.UUID(int=1), "q2", ["right"]),
        (uuid.UUID(int=2), "q2", ["wrong"]),
    ]
    assert Attempt.objects.get(pk=uuid.UUID(int=1)).score == 2


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_what_a_quiz_asked_then_is_the_same_in_any_order(data, student, quiz):
    Response.objects.all().delete()
    Attempt.objects.all().delete()
    Question.objects.exclude(key__in=["q1", "q2"]).delete()
    changed_at = NOON - timedelta(seconds=30)
    gained = data.draw(st.booleans())
    when = {"created_at": changed_at} if gained else {"retired_at": changed_at}
    QuestionFactory(quiz=quiz, key="q3", **when)
    before = NOON - timedelta(minutes=1)
    items = [
        answered(quiz, "q1"),
        answered(quiz, "q1", happened_at=before),
        answered(quiz, "q2"),
    ]
    sent = data.draw(st.permutations(items))
    cut = data.draw(st.integers(0, len(sent)))

    merge(student, sent[:cut], None)
    merge(student, sent[cut:], None)

    attempt = Attempt.objects.get()
    asked = sorted(question.key for question in attempt.questions.all())
    is_handed_in = attempt.handed_in_at is not None
    assert (asked, attempt.question_count, attempt.max_score, is_handed_in) == (
        (["q1", "q2"], 2, 2, True) if gained else (["q1", "q2", "q3"], 3, 3, False)
    )


def test_what_was_answered_whole_is_handed_in_though_the_quiz_has_grown(
    student, batch, quiz
):
    QuestionFactory(quiz=quiz, key="q3", created_at=NOON + timedelta(hours=1))

    merge(student, [answered(quiz), answered(quiz, "q2")], batch)

    attempt = Attempt.objects.get()
    assert (attempt.handed_in_at, attempt.max_score) == (NOON, 2)


def test_a_clock_that_is_behind_makes_a_quiz_no_shorter(student, batch, quiz):
    long_ago = NOON - timedelta(days=2000)

    merge(student, [answered(quiz, happened_at=long_ago)], batch)

    attempt = Attempt.objects.get()
    assert (attempt.handed_in_at, attempt.question_count) == (None, 2)


def test_what_was_reworded_while_a_device_asked_it_is_awaited_as_it_was(
    student, batch, quiz
):
    later = NOON + timedelta(hours=1)
    Question.objects.filter(key="q2").update(retired_at=later)
    QuestionFactory(quiz=quiz, key="q2", version=2, created_at=later)
    merge(student, [answered(quiz)], batch)
    asked = Attempt.objects.get().questions
    assert set(asked.values_list("key", "version")) == {("q1", 1), ("q2", 1)}

    merge(student, [answered(quiz, "q2")], batch)

    assert Attempt.objects.get().handed_in_at == NOON


def test_each_item_that_cannot_be_taken_says_why_and_sinks_no_other(
    student, batch, quiz
):
    closed = QuizFactory(closed=True)
    QuestionFactory(quiz=closed, key="q1")
    items = [
        answered(quiz).model_copy(update={"quiz": "no-such-quiz"}),
        answered(quiz, "q9"),
        answered(closed),
        answered(quiz, version=2),
        answered(quiz, answer=["elsewhere"]),
        answered(quiz, answer=["right", "wrong"]),
        answered(quiz),
    ]

    outcomes = merge(student, items, batch)

    assert told(outcomes) == [
        ("rejected", "unknown-quiz"),
        ("rejected", "unknown-question"),
        ("rejected", "unknown-question"),
        ("rejected", "unknown-question"),
        ("rejected", "unknown-choice"),
        ("rejected", "unknown-choice"),
        ("added", None),
    ]
    assert Response.objects.count() == 1


def test_what_a_closed_quiz_asks_inside_the_text_is_taken(student, batch):
    closed = QuizFactory(closed=True)
    QuestionFactory(quiz=closed, key="c1", in_the_text=True)

    outcomes = merge(student, [answered(closed, "c1")], batch)

    assert told(outcomes) == [("added", None)]
    assert Attempt.objects.get().purpose == Attempt.Purpose.CHECK


def test_an_attempt_begun_here_takes_nothing_from_a_device(student, batch, quiz):
    attempt = starting.start(quiz=quiz, student=student)

    outcomes = merge(student, [answered(quiz, attempt=attempt.pk)], batch)

    assert told(outcomes) == [("rejected", "refused")]
    assert not attempt.responses.exists()


def test_ids_of_somebody_else_are_refused(batch, quiz):
    theirs = answered(quiz)
    merge(UserFactory(), [theirs], None)
    copied = [theirs, answered(quiz, "q2")]

    outcomes = merge(batch.student, copied, batch)

    assert told(outcomes) == [("rejected", "refused"), ("rejected", "refused")]
    assert Response.objects.count() == 1


def test_what_was_undone_does_not_come_back(student, batch, quiz):
    item = answered(quiz)
    merge(student, [item], batch)
    batch.undone_at = timezone.now()
    batch.save()

    outcomes = merge(student, [item, answered(quiz, "q2")], None)

    assert told(outcomes) == [("rejected", "undone"), ("rejected", "undone")]


def test_a_clock_that_runs_ahead_counts_as_now(student, batch, quiz):
    ahead = timezone.now() + timedelta(days=400)

    merge(student, [answered(quiz, happened_at=ahead)], batch)

    assert Response.objects.get().answered_at <= timezone.now()


def test_an_older_version_of_a_question_is_marked_as_it_was_asked(student, batch, quiz):
    old = quiz.questions.get(key="q1")
    Question.objects.filter(pk=old.pk).update(retired_at=NOON)
    body = two_choices("wrong", "Right by now", "right", "Wrong by now")
    QuestionFactory(quiz=quiz, key="q1", version=2, body=body)

    merge(student, [answered(quiz)], batch)

    attempt = Attempt.objects.get()
    assert attempt.score == 1
    assert set(attempt.questions.all()) == {old, quiz.questions.get(key="q2")}


def test_two_versions_answered_in_one_sitting_are_both_shown(student, batch, quiz):
    Question.objects.filter(key="q1").update(retired_at=NOON)
    QuestionFactory(quiz=quiz, key="q1", version=2)

    merge(student, [answered(quiz), answered(quiz, version=2)], batch)

    assert len(sitting_of(Attempt.objects.get()).marks) == 2


def test_an_unfinished_sitting_from_a_device_leaves_room_for_one_here(
    student, batch, quiz
):
    merge(student, [answered(quiz)], batch)

    begun = starting.start(quiz=quiz, student=student)

    assert begun.pk != uuid.UUID(int=1)
    assert Attempt.objects.count() == 2


def test_a_hand_over_costs_the_same_few_lookups_whatever_its_size(
    student, quiz, django_assert_max_num_queries
):
    AttemptFactory(student=student, quiz=quiz)
    many = [answered(quiz, attempt=uuid.uuid4()) for _ in range(20)]
    merge(student, many, None)

    with django_assert_max_num_queries(12):
        merge(student, many, None)


def test_a_disputed_answer_is_not_replaced_by_an_earlier_one(student, batch, quiz):
    merge(student, [answered(quiz, answer=["wrong"])], batch)
    Dispute.objects.create(response=Response.objects.get(), why="It is.", group="g")
    earlier = NOON - timedelta(hours=1)

    outcomes = merge(student, [answered(quiz, happened_at=earlier)], batch)

    assert told(outcomes) == [("known", None)]
    assert Response.objects.get().answer == ["wrong"]
