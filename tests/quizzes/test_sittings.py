import pytest
from django.utils import timezone

from quizzes import starting
from quizzes.carrying import SittingLost, sitting_from, to_token
from quizzes.marking import draw_of, kind_of
from quizzes.models import Question
from quizzes.sittings import add_mark, new_sitting
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    QuestionFactory,
    QuizFactory,
    UserFactory,
    choices,
    two_choices,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return QuizFactory()


@pytest.fixture
def question(quiz):
    return QuestionFactory(quiz=quiz, body=choices(1, 5))


def keys_in_order(sitting, question):
    draw = draw_of(sitting.seed, question)
    asked = kind_of(question).ask(question.body, [], draw)
    return [choice.key for choice in asked]


def test_a_seed_always_gives_the_same_order_of_choices(quiz, question):
    sitting = new_sitting(quiz, [question])
    order = keys_in_order(sitting, question)

    same = keys_in_order(sitting_from(to_token(sitting), quiz), question)

    assert same == order


def test_a_mark_shows_the_choices_where_they_stood(quiz, question):
    sitting = new_sitting(quiz, [question])

    mark = add_mark(sitting, question, ["wrong"])

    assert [choice.key for choice in mark.shown] == keys_in_order(sitting, question)


def test_seeds_give_different_orders(quiz, question):
    orders = set()
    for seed in range(20):
        sitting = new_sitting(quiz, [question])
        sitting.seed = seed
        orders.add(tuple(keys_in_order(sitting, question)))

    assert len(orders) > 15


def test_true_stands_before_false_in_every_sitting(quiz):
    question = QuestionFactory(quiz=quiz, true_false=True)

    orders = {
        tuple(keys_in_order(new_sitting(quiz, [question]), question)) for _ in range(10)
    }

    assert orders == {("true", "false")}


def test_what_a_reader_carries_comes_back_marked(quiz, question):
    sitting = new_sitting(quiz, [question])
    sitting.hinted.add(question.key)
    add_mark(sitting, question, ["wrong"])

    back = sitting_from(to_token(sitting), quiz)

    assert back.id == sitting.id
    assert back.marked() == [add_mark(sitting, question, ["wrong"])]
    assert back.marked()[0].with_hint


def test_first_answer_stands_in_what_a_reader_carries(quiz, question):
    sitting = new_sitting(quiz, [question])
    add_mark(sitting, question, ["wrong"])
    add_mark(sitting, question, ["right"])

    assert sitting.marks[question.pk].answer == ["wrong"]


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "\0", "é" * 40])
def test_a_made_up_token_is_refused(quiz, token):
    with pytest.raises(SittingLost):
        sitting_from(token, quiz)


def test_a_token_with_one_letter_changed_is_refused(quiz, question):
    token = to_token(new_sitting(quiz, [question]))
    changed = token[:10] + ("A" if token[10] != "A" else "B") + token[11:]

    with pytest.raises(SittingLost):
        sitting_from(changed, quiz)


def test_a_token_of_another_quiz_is_refused(quiz, question):
    other = QuizFactory()

    with pytest.raises(SittingLost):
        sitting_from(to_token(new_sitting(quiz, [question])), other)


def test_a_load_meanwhile_changes_nothing_in_what_a_reader_carries(quiz, question):
    sitting = new_sitting(quiz, [question])
    mark = add_mark(sitting, question, ["wrong"])
    Question.objects.update(retired_at=timezone.now())
    body = two_choices("wrong", "Right by now", "right", "Wrong by now")
    QuestionFactory(quiz=quiz, key=question.key, version=2, body=body)

    back = sitting_from(to_token(sitting), quiz)

    assert back.marked() == [mark]
    assert not back.marked()[0].is_right


def test_a_better_key_marks_what_a_reader_carries(quiz, question):
    sitting = new_sitting(quiz, [question])
    add_mark(sitting, question, ["wrong"])
    Question.objects.update(retired_at=timezone.now())
    body = kind_of(question).extend(question.body, ["wrong"])
    better = QuestionFactory(quiz=quiz, key=question.key, version=2, body=body)
    Question.objects.filter(pk=question.pk).update(marked_by=better)

    back = sitting_from(to_token(sitting), quiz)

    assert back.marked()[0].is_right


def test_passing_takes_the_share_that_the_quiz_asks_for(quiz):
    questions = QuestionFactory.create_batch(10, quiz=quiz)
    sitting = new_sitting(quiz, questions)
    for each in questions[:6]:
        add_mark(sitting, each, ["right"])
    assert not sitting.has_passed

    add_mark(sitting, questions[6], ["right"])

    assert sitting.has_passed


def test_what_to_read_again_is_the_sections_of_the_missed_passages(quiz):
    lesson = quiz.lesson
    lesson.outline = [
        {"id": "idea", "title": "The big idea", "kind": "idea"},
        {"id": "examples", "title": "Examples", "kind": "examples"},
    ]
    known = QuestionFactory(quiz=quiz, passages=["idea-0a0a0a"])
    missed = QuestionFactory(quiz=quiz, passages=["examples-1b1b1b-2"])
    sitting = new_sitting(quiz, [known, missed])
    add_mark(sitting, known, ["right"])
    add_mark(sitting, missed, ["wrong"])

    assert [section["title"] for section in sitting.read_again()] == ["Examples"]


def test_a_load_that_moves_questions_leaves_an_open_sitting_in_its_order(quiz):
    first, second = QuestionFactory.create_batch(2, quiz=quiz)
    attempt = starting.start(quiz=quiz, student=UserFactory())

    Question.objects.filter(pk=first.pk).update(position=9)

    assert sitting_of(attempt).questions == [first, second]
