import pytest

from quizzes.models import PaperSheet
from quizzes.paper_sheets import (
    SIGNS,
    make_sheets,
    papers_of,
    sheets_of,
    variants_of,
    without_sheet,
)
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    assignment = AssignmentFactory()
    QuestionFactory.create_batch(6, quiz=assignment.quiz)
    return assignment


def join(assignment, count=4):
    return [
        EnrolmentFactory(classroom=assignment.classroom).person for _ in range(count)
    ]


def printed(assignment):
    """What stands on each sheet, by its code."""
    return {
        paper.sheet.code: (paper.sheet.seed, [q.pk for q in paper.questions])
        for paper in papers_of(sheets_of(assignment))
    }


def test_everybody_gets_a_sheet_and_neighbours_another_form(assignment):
    students = join(assignment)

    make_sheets(assignment=assignment)

    sheets = list(sheets_of(assignment))
    assert [sheet.student for sheet in sheets] == students
    assert [sheet.form for sheet in sheets] == ["A", "B", "A", "B"]
    assert len({sheet.code for sheet in sheets}) == 4


def test_codes_are_short_and_without_look_alikes(assignment):
    join(assignment)

    make_sheets(assignment=assignment)

    codes = [sheet.code for sheet in sheets_of(assignment)]
    assert {len(code) for code in codes} == {3}
    assert set("".join(codes)) <= set(SIGNS)
    assert not set(SIGNS) & set("AEIOU01258BSZGLQV")


def test_the_second_form_asks_the_same_in_another_order(assignment):
    join(assignment)
    make_sheets(assignment=assignment)

    a, b, _, other_b = papers_of(sheets_of(assignment))

    assert a.questions == list(assignment.quiz.questions.all())
    assert a.questions != b.questions == other_b.questions
    assert set(a.questions) == set(b.questions)
    assert a.sheet.seed != b.sheet.seed == other_b.sheet.seed


def test_two_questions_change_places_too():
    assignment = AssignmentFactory()
    one, two = QuestionFactory.create_batch(2, quiz=assignment.quiz)
    join(assignment, 2)
    make_sheets(assignment=assignment)

    _a, b = papers_of(sheets_of(assignment))

    assert b.questions == [two, one]


def test_making_them_again_changes_nothing(assignment):
    join(assignment)
    make_sheets(assignment=assignment)
    before = printed(assignment)

    assert make_sheets(assignment=assignment) == []
    assert printed(assignment) == before


def test_who_joins_later_gets_a_sheet_beside_those_printed(assignment):
    join(assignment, 3)
    make_sheets(assignment=assignment)
    before = printed(assignment)
    [late] = join(assignment, 1)

    [sheet] = make_sheets(assignment=assignment)

    after = printed(assignment)
    assert (sheet.student, sheet.form) == (late, "B")
    assert before.items() <= after.items()
    assert len({seed for seed, _questions in after.values()}) == 2


def test_a_sheet_typed_in_is_followed_by_another_only_when_asked_for(assignment):
    [student, _other] = join(assignment, 2)
    make_sheets(assignment=assignment)
    done = assignment.paper_sheets.get(student=student)
    done.attempt = AttemptFactory(assigned=True, assignment=assignment, student=student)
    done.save()

    assert make_sheets(assignment=assignment) == []
    [again] = make_sheets(assignment=assignment, again=True)
    assert again.student == student
    assert make_sheets(assignment=assignment, again=True) == []


def test_only_those_for_whom_it_is_meant_have_a_sheet(assignment):
    stays, leaves = join(assignment, 2)
    make_sheets(assignment=assignment)

    leaves.enrolments.all().delete()

    assert [sheet.student for sheet in sheets_of(assignment)] == [stays]
    assert without_sheet(assignment, PaperSheet.objects.none()) == [stays]


def test_a_sheet_asks_only_the_questions_that_are_given(assignment):
    assignment.question_keys = [assignment.quiz.questions.last().key]
    assignment.save()
    join(assignment, 1)
    make_sheets(assignment=assignment)

    [paper] = papers_of(sheets_of(assignment))

    assert paper.questions == [assignment.quiz.questions.last()]


def test_the_key_knows_what_was_printed_before_a_quiz_was_changed(assignment):
    join(assignment, 1)
    make_sheets(assignment=assignment)
    QuestionFactory(quiz=assignment.quiz)
    join(assignment, 2)
    make_sheets(assignment=assignment)

    variants = variants_of(papers_of(sheets_of(assignment)))

    assert [(v.form, len(v.questions), len(v.codes)) for v in variants] == [
        ("A", 6, 1),
        ("A", 7, 1),
        ("B", 7, 1),
    ]


def test_without_questions_or_students_there_is_nothing_to_print(assignment):
    assert make_sheets(assignment=assignment) == []

    empty = AssignmentFactory()
    join(empty)

    assert make_sheets(assignment=empty) == []
