import pytest
from django.db import connection

from quizzes import disputes, grading, marking_again, review, tasks
from quizzes.models import Attempt, MarkChange, ReviewCard
from tests.factories import AttemptFactory, QuestionFactory, SyncBatchFactory
from tests.quizzes.answered import answer_in, answered, contest, points, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(short=True, key="q1")


@pytest.fixture
def accept(question, admin):
    """Accept "training more", and leave the marking to the test."""

    def accept(response):
        return disputes.accept(dispute=contest(response), by=admin)

    return accept


@pytest.fixture(autouse=True)
def _at_full_speed(monkeypatch):
    monkeypatch.setattr(marking_again, "TURN", 0)


def all_changes():
    rows = MarkChange.objects.order_by("response_id")
    return list(rows.values("response", "before", "after", "changed_at"))


def state_of(correction):
    correction.refresh_from_db()
    return (
        correction.done_count,
        correction.answer_count,
        bool(correction.finished_at),
    )


def test_every_answer_is_marked_and_each_change_noted_once(question, accept):
    responses = answered(question, ["training more"], ["fine-tuning"], ["baking"])
    correction = accept(responses[0])

    tasks.mark_again(correction.pk)

    assert (points(responses), scores(responses)) == ([1, 1, 0], [1, 1, 0])
    (change,) = MarkChange.objects.all()
    assert (change.response, change.before, change.after) == (responses[0], 0, 1)
    assert state_of(correction) == (3, 3, True)
    assert {r.marked_with for r in responses} == {correction.question}


def test_twice_is_as_good_as_once(question, accept):
    responses = answered(question, *[["training more"]] * 5)
    correction = accept(responses[0])
    tasks.mark_again(correction.pk)
    before = all_changes(), points(responses), scores(responses), state_of(correction)

    tasks.mark_again(correction.pk)

    after = all_changes(), points(responses), scores(responses), state_of(correction)
    assert after == before


class Killed(Exception):
    pass


@pytest.mark.parametrize("statements", range(1, 30, 4))
def test_killed_at_any_moment_it_goes_on_where_it_was(question, accept, statements):
    responses = answered(question, *[["training more"], ["baking"]] * 3)
    correction = accept(responses[0])

    def dying(execute, sql, params, many, context, left=[statements]):  # noqa: B006
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return execute(sql, params, many, context)

    with pytest.raises(Killed), connection.execute_wrapper(dying):
        marking_again.mark_again(correction, most_at_once=2)
    for response in responses:
        # No sitting is ever left with a score that its answers do not make.
        assert scores([response]) == points([response])

    correction.refresh_from_db()
    marking_again.mark_again(correction, most_at_once=2)

    assert points(responses) == scores(responses) == [1, 0] * 3
    assert len(all_changes()) == 3
    assert state_of(correction) == (6, 6, True)


def test_all_points_of_a_sitting_are_added_up(question, accept):
    other = QuestionFactory(quiz=question.quiz, key="q2")
    attempt = AttemptFactory(quiz=question.quiz, questions=[question, other])
    wrong = answer_in(attempt, question, ["training more"])
    answer_in(attempt, other, ["right"])
    answer_in(attempt, question, ["training more"], is_late=True, counts=False)

    tasks.mark_again(accept(wrong).pk)

    assert scores([wrong]) == [2]
    assert MarkChange.objects.count() == 2


def test_a_draft_is_left_to_its_student(question, accept):
    (wrong,) = answered(question, ["training more"])
    draft = answer_in(AttemptFactory(quiz=question.quiz), question, ["training more"])
    type(draft).objects.filter(pk=draft.pk).update(marked_at=None, points=0)

    tasks.mark_again(accept(wrong).pk)

    draft.refresh_from_db()
    assert (draft.points, draft.marked_with) == (0, None)


def test_what_was_undone_is_marked_too_and_comes_back_right(question, accept):
    batch = SyncBatchFactory(undone=True)
    wrong, undone = answered(question, ["training more"]) + answered(
        question, ["training more"], batch=batch, student=batch.student
    )

    tasks.mark_again(accept(wrong).pk)

    assert points([undone]) == [1]


def test_an_answer_marked_by_the_old_key_meanwhile_is_found(question, accept):
    responses = answered(question, ["training more"])
    correction = accept(responses[0])
    tasks.mark_again(correction.pk)
    # Its question was read before the new key came, and it was kept after that.
    assert question.marked_by is None
    (straggler,) = answered(question, ["training more"])
    assert marking_again.unfinished() == [correction.pk]

    tasks.mark_again(correction.pk)

    assert points([straggler]) == scores([straggler]) == [1]
    assert marking_again.unfinished() == []
    assert state_of(correction) == (2, 2, True)
    assert MarkChange.objects.count() == 2


def test_a_correction_that_stopped_is_swept_up(question, accept):
    correction = accept(answered(question, ["training more"])[0])

    assert marking_again.unfinished() == [correction.pk]

    tasks.mark_again(correction.pk)

    assert marking_again.unfinished() == []


def test_a_correction_overtaken_by_a_later_one_leaves_the_answers_to_it(
    question, accept
):
    one, two = answered(question, ["training more"], ["teaching"])
    first = accept(one)
    two.question.refresh_from_db()
    second = accept(two)

    tasks.mark_again(second.pk)
    tasks.mark_again(first.pk)

    assert points([one, two]) == [1, 1]
    assert state_of(first)[2]
    changes = MarkChange.objects.values_list("correction", "response")
    assert set(changes) == {(second.pk, one.pk), (second.pk, two.pk)}


def test_review_follows_the_marks_as_if_they_had_always_been_so(question, accept):
    student, other = AttemptFactory.create_batch(2)
    mixed = answered(
        question,
        ["training more"],
        ["baking"],
        ["training more"],
        ["fine-tuning"],
        students=[student.student] * 2 + [other.student] * 2,
    )
    for person in (student.student, other.student):
        review.learn(person, [question])
    before = due_cards()

    tasks.mark_again(accept(mixed[0]).pk)

    after = due_cards()
    assert (len(before), len(after)) == (2, 1)
    ReviewCard.objects.all().delete()
    for person in (student.student, other.student):
        review.learn(person, [question])
    assert due_cards() == after


def due_cards():
    cards = ReviewCard.objects.exclude(due_at=None)
    return set(cards.values_list("student", "due_at"))


def test_a_sitting_begun_before_the_correction_is_marked_by_the_new_key(
    question, accept, student
):
    attempt = AttemptFactory(student=student, quiz=question.quiz)
    correction = accept(answered(question, ["training more"])[0])
    tasks.mark_again(correction.pk)
    asked = attempt.questions.select_related("marked_by").get()

    grading.submit_answers(attempt=attempt, answers={asked: ["training more"]})

    response = attempt.responses.get()
    assert (response.points, response.marked_with) == (1, correction.question)
    assert Attempt.objects.get(pk=attempt.pk).score == 1
    assert marking_again.unfinished() == []


def test_many_answers_take_few_queries(question, accept, django_assert_max_num_queries):
    student = AttemptFactory().student
    few = answered(question, *[["training more"]] * 60, student=student)
    correction = accept(few[0])

    with django_assert_max_num_queries(25):
        tasks.mark_again(correction.pk)

    assert sum(points(few)) == 60


def test_marking_waits_for_the_transaction_and_then_for_a_worker(
    question, accept, django_capture_on_commit_callbacks
):
    (wrong,) = answered(question, ["training more"])

    with django_capture_on_commit_callbacks() as queued:
        correction = accept(wrong)

    assert len(queued) == 1
    assert state_of(correction) == (0, 1, False)


def test_an_older_correction_that_still_runs_takes_nothing_from_a_newer_one(
    question, accept
):
    one, two = answered(question, ["training more"], ["teaching"])
    first = accept(one)
    to_do = marking_again._next_answers(first.question, 10)
    points_by_first = marking_again.PointsByKey(first.question, [question])
    two.question.refresh_from_db()
    second = accept(two)
    tasks.mark_again(second.pk)

    first.refresh_from_db()
    marking_again._mark_some(first, points_by_first, to_do)

    assert points([one, two]) == [1, 1]
    assert {one.marked_with, two.marked_with} == {second.question}
