import pytest

from quizzes import item_answers
from tests.factories import AssignmentFactory, EnrolmentFactory, QuestionFactory
from tests.quizzes.classes import enrolled, hand_in
from tests.quizzes.every_kind import FIELDS, question_of, right, wrong

pytestmark = pytest.mark.django_db

RIGHT, WRONG, WRONG_2 = ["right"], ["wrong"], ["wrong-2"]


@pytest.fixture
def assignment(classroom):
    return AssignmentFactory(classroom=classroom)


@pytest.fixture
def question(assignment):
    return QuestionFactory(quiz=assignment.quiz)


def groups(assignment, question, **options):
    answers = item_answers.answers_to(assignment, [question.key], **options)
    return [
        (group.is_right, group.mark and group.mark.answer, group.people)
        for group in item_answers.groups_of(answers)
    ]


def test_equal_answers_stand_together_the_wrong_ones_first(assignment, question):
    people = enrolled(assignment.classroom, 6)
    given = [RIGHT, WRONG_2, WRONG, WRONG, RIGHT, None]
    for student, answer in zip(people, given, strict=True):
        hand_in(assignment, student, {question: answer})

    assert groups(assignment, question) == [
        (False, WRONG, people[2:4]),
        (False, None, people[5:]),
        (False, WRONG_2, people[1:2]),
        (True, RIGHT, [people[0], people[4]]),
    ]


def test_the_first_attempt_tells_and_all_of_them_where_asked(assignment, question):
    (student,) = enrolled(assignment.classroom, 1)
    hand_in(assignment, student, {question: RIGHT}, day=2)
    hand_in(assignment, student, {question: WRONG}, day=1)

    assert groups(assignment, question) == [(False, WRONG, [student])]
    assert groups(assignment, question, first_only=False) == [
        (False, WRONG, [student]),
        (True, RIGHT, [student]),
    ]


def test_who_left_the_class_is_named_no_more(assignment, question):
    stays, leaves = enrolled(assignment.classroom, 2)
    for student in (stays, leaves):
        hand_in(assignment, student, {question: WRONG})
    assignment.classroom.enrolments.get(person=leaves).delete()

    assert groups(assignment, question) == [(False, WRONG, [stays])]


def test_answers_to_other_versions_are_among_them(assignment):
    old = QuestionFactory(quiz=assignment.quiz, key="q1", retired=True)
    new = QuestionFactory(quiz=assignment.quiz, key="q1", version=2)
    people = enrolled(assignment.classroom, 2)
    hand_in(assignment, people[0], {old: WRONG})
    hand_in(assignment, people[1], {new: WRONG})

    assert groups(assignment, new) == [(False, WRONG, people)]
    assert item_answers.asked_of(assignment) == [new]


@pytest.mark.parametrize("kind", FIELDS)
def test_answers_of_every_kind_are_redrawn(assignment, kind):
    question = question_of(kind, quiz=assignment.quiz)
    given = [right(question), wrong(question)]
    for student, answer in zip(enrolled(assignment.classroom, 2), given, strict=True):
        hand_in(assignment, student, {question: answer})

    answers = item_answers.answers_to(assignment, [question.key])
    missed, got = item_answers.groups_of(answers)

    assert (missed.is_right, got.is_right) == (False, True)
    assert missed.mark.shown != got.mark.shown
    assert missed.mark.place != got.mark.place


def test_those_who_missed_any_of_several_are_named_once(assignment, question):
    other = QuestionFactory(quiz=assignment.quiz)
    people = enrolled(assignment.classroom, 3)
    hand_in(assignment, people[0], {question: WRONG, other: WRONG})
    hand_in(assignment, people[1], {question: RIGHT, other: WRONG})
    hand_in(assignment, people[2], {question: RIGHT, other: RIGHT})

    answers = item_answers.answers_to(assignment, [question.key, other.key])

    assert item_answers.missed_by(answers) == people[:2]


def test_a_follow_up_asks_only_its_own_questions(assignment, question):
    QuestionFactory(quiz=assignment.quiz)
    assignment.question_keys = [question.key]

    assert item_answers.asked_of(assignment) == [question]


def test_teachers_answers_are_nobodys(assignment, question, teacher):
    hand_in(assignment, teacher, {question: WRONG})
    EnrolmentFactory(classroom=assignment.classroom)

    assert groups(assignment, question) == []
