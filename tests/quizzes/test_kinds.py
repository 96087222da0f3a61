from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.kinds import kind_of
from quizzes.models import Question
from tests.factories import ChoiceFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def question_with(rights, wrongs, **traits):
    question = QuestionFactory(**traits)
    right = [ChoiceFactory(question=question, right=True).key for _ in range(rights)]
    wrong = [ChoiceFactory(question=question).key for _ in range(wrongs)]
    return question, right, wrong


def points(question, answer):
    return kind_of(question).grade(question, answer)


def test_the_right_choice_earns_the_points_and_a_wrong_one_none():
    question, right, wrong = question_with(1, 3, points=2)

    assert points(question, right) == 2
    assert points(question, [wrong[0]]) == 0


def test_each_wrong_pick_takes_away_what_a_right_one_gave():
    question, right, wrong = question_with(3, 2, multiple=True)

    assert points(question, right) == 1
    assert points(question, right[:2]) == Decimal("0.67")
    assert points(question, [*right, wrong[0]]) == Decimal("0.67")
    assert points(question, [right[0], wrong[0]]) == 0
    assert points(question, wrong) == 0


def test_picking_everything_is_not_a_way_to_full_marks():
    question, right, wrong = question_with(2, 2, multiple=True)

    assert points(question, right + wrong) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picks=st.sets(st.integers(0, 4)))
def test_points_stay_between_none_and_all_whatever_the_order(picks, five_choices):
    question, keys = five_choices
    answer = [keys[pick] for pick in picks]

    given_points = points(question, answer)

    assert 0 <= given_points <= question.points
    assert points(question, answer[::-1]) == given_points


@pytest.fixture
def five_choices():
    _question, right, wrong = question_with(3, 2, multiple=True, points=3)
    return Question.objects.prefetch_related("choices").get(), right + wrong


def test_an_answer_has_the_shape_of_its_kind():
    single, right, wrong = question_with(1, 2)
    multiple, rights, _ = question_with(2, 2, multiple=True)

    def fits(question, answer):
        return kind_of(question).is_answer(question, answer)

    assert fits(single, right)
    assert not fits(single, [])
    assert not fits(single, right + wrong)
    assert not fits(single, rights[:1])
    assert fits(multiple, rights)
    assert not fits(multiple, [])
    assert not fits(multiple, [rights[0], rights[0]])
    assert not fits(multiple, [rights[0], "elsewhere"])


def test_the_readable_answer_is_in_the_words_of_the_choices():
    question = QuestionFactory(multiple=True)
    first = ChoiceFactory(question=question, text="Clear examples", right=True)
    ChoiceFactory(question=question, text="More colours")
    third = ChoiceFactory(question=question, text="A list", right=True)

    readable = kind_of(question).readable(question, [third.key, first.key])

    assert readable == "Clear examples; A list"
