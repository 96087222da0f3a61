import json
from dataclasses import asdict

import pytest

from quizzes import item_analysis
from quizzes.item_analysis import Analysis, analyse
from tests.factories import AssignmentFactory, QuestionFactory, ResponseFactory
from tests.quizzes.classes import enrolled, hand_in, hand_in_marks
from tests.quizzes.every_kind import FIELDS, question_of, right, wrong

pytestmark = pytest.mark.django_db

RIGHT, WRONG, WRONG_2 = ["right"], ["wrong"], ["wrong-2"]


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def questions(assignment):
    return QuestionFactory.create_batch(4, quiz=assignment.quiz)


def first(assignment):
    return Analysis.kept(through_json(analyse(assignment)["first"]))


def through_json(content):
    return json.loads(json.dumps(content))


def percent(estimate):
    return estimate and round(estimate.value * 100, 2)


def test_six_students_and_four_questions_are_what_moodle_makes_of_them(
    assignment, questions
):
    questions[3].points = 2
    questions[3].save()
    rows = ["1111", "1101", "1010", "1100", "0100", "0010"]
    attempts = hand_in_marks(assignment, questions, rows)
    for attempt, points in zip(attempts, [2, 2, 1, 1, 0, 0], strict=True):
        attempt.responses.filter(question=questions[3]).update(points=points)

    found = first(assignment)

    items = sorted(found.items, key=lambda item: item.question)
    assert [percent(item.facility) for item in items] == [66.67, 66.67, 50, 50]
    assert [percent(item.discrimination) for item in items] == [
        77.30,
        8.77,
        -22.36,
        89.11,
    ]
    assert [percent(item.efficiency) for item in items] == [100, 10, -25, 100]
    assert [percent(item.weight) for item in items] == [29.20, 19.68, 10.78, 40.34]
    assert percent(found.alpha) == 48.48
    assert round(found.mean.value, 4) == 2.8333
    assert round(found.spread, 4) == 1.6021


def test_what_is_kept_comes_back_as_it_was(assignment, questions):
    hand_in_marks(assignment, questions, ["1110", "1100", "0001", "1010"])

    kept = analyse(assignment)["first"]

    assert through_json(asdict(Analysis.kept(through_json(kept)))) == through_json(kept)


def test_the_hardest_question_comes_first(assignment, questions):
    hand_in_marks(assignment, questions, ["1101", "1001", "1011"])

    found = first(assignment)

    keys = [questions[n].key for n in (1, 2, 0, 3)]
    assert [item.key for item in found.items] == keys
    assert [item.missed for item in found.items] == [2, 2, 0, 0]


def test_first_attempts_count_and_all_of_them_where_asked(assignment, questions):
    (student,) = enrolled(assignment.classroom, 1)
    hand_in(assignment, student, dict.fromkeys(questions, RIGHT), day=2)
    hand_in(assignment, student, dict.fromkeys(questions, WRONG), day=1)

    found = analyse(assignment)

    assert [found[which]["attempts"] for which in ("first", "all")] == [1, 2]
    assert [item["missed"] for item in found["first"]["items"]] == [1, 1, 1, 1]
    assert found["all"]["items"][0]["facility"][0] == 0.5


def test_what_is_not_handed_in_or_does_not_count_is_left_out(assignment, questions):
    attempt, open_one = hand_in_marks(assignment, questions, ["1111", "1111"])
    open_one.handed_in_at = None
    open_one.save()
    ResponseFactory(
        attempt=attempt,
        question=questions[0],
        answer=WRONG,
        is_late=True,
        counts=False,
    )

    found = first(assignment)

    assert found.attempts == 1
    assert [item.missed for item in found.items] == [0, 0, 0, 0]


def test_what_is_left_open_earns_nothing(assignment, questions):
    (student,) = enrolled(assignment.classroom, 1)
    hand_in(assignment, student, dict.fromkeys(questions, RIGHT) | {questions[0]: None})

    item = first(assignment).of(questions[0])

    assert (item.asked, item.missed, item.blank) == (1, 1, 1)
    assert item.facility.value == 0


def test_versions_of_a_question_are_one(assignment):
    old = QuestionFactory(quiz=assignment.quiz, key="q1", retired=True, stem="Old?")
    new = QuestionFactory(quiz=assignment.quiz, key="q1", version=2, stem="New?")
    one, other = enrolled(assignment.classroom, 2)
    hand_in(assignment, one, {old: WRONG})
    hand_in(assignment, other, {new: RIGHT})

    (item,) = first(assignment).items

    assert (item.question, item.stem) == (new.pk, "New?")
    assert (item.asked, item.missed) == (2, 1)


def test_who_was_asked_less_is_measured_by_what_they_were_asked(assignment, questions):
    students = enrolled(assignment.classroom, 3)
    for student in students[:2]:
        hand_in(assignment, student, dict.fromkeys(questions, RIGHT))
    hand_in(assignment, students[2], dict.fromkeys(questions[:2], WRONG))

    found = first(assignment)

    assert [item.asked for item in found.items] == [3, 3, 2, 2]
    assert percent(found.of(questions[0]).discrimination) == 100
    assert found.mean.value == 4


def test_each_choice_says_who_picked_it(assignment, questions):
    asked, *others = questions
    picks = [RIGHT, RIGHT, WRONG, WRONG_2]
    for student, pick in zip(enrolled(assignment.classroom, 4), picks, strict=True):
        good = RIGHT if pick == WRONG else WRONG
        hand_in(assignment, student, {asked: pick} | dict.fromkeys(others, good))

    choices = first(assignment).of(asked).choices

    assert [(c.text, c.is_right, c.picked, c.share) for c in choices] == [
        ("The right choice 1", True, 2, 0.5),
        ("The wrong choice 1", False, 1, 0.25),
        ("The wrong choice 2", False, 1, 0.25),
    ]
    assert [percent(c.with_rest) for c in choices] == [-57.74, 100, -33.33]


def test_words_of_ones_own_are_listed_once_three_have_written_them(assignment):
    question = QuestionFactory(quiz=assignment.quiz, short=True)
    words = ["baking", "baking", "baking", "my cat Tom", "fine-tuning"]
    for student, word in zip(enrolled(assignment.classroom, 5), words, strict=True):
        hand_in(assignment, student, {question: [word]})

    (item,) = first(assignment).items

    assert [(choice.text, choice.picked) for choice in item.choices] == [("baking", 3)]
    assert "Tom" not in json.dumps(analyse(assignment))


@pytest.mark.parametrize("kind", FIELDS)
def test_every_kind_is_analysed(assignment, kind):
    question = question_of(kind, quiz=assignment.quiz)
    given = [right(question)] * 3 + [wrong(question)] * 3
    for student, answer in zip(enrolled(assignment.classroom, 6), given, strict=True):
        hand_in(assignment, student, {question: answer})

    (item,) = first(assignment).items

    assert (item.facility.value, item.missed) == (0.5, 3)
    picked = [(choice.is_right, choice.picked) for choice in item.choices]
    assert set(picked) == {(True, 3), (False, 3)}


def test_nobody_has_handed_in(assignment, questions):
    assert first(assignment) == Analysis(items=[])


@pytest.mark.parametrize("count", [1, 20])
def test_the_analysis_asks_as_often_for_many(
    assignment, django_assert_num_queries, count
):
    questions = QuestionFactory.create_batch(count, quiz=assignment.quiz)
    hand_in_marks(assignment, questions, ["1" * count] * count)

    with django_assert_num_queries(4):
        item_analysis.analyse(assignment)
