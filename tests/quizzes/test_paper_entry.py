from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes import assignments, closing, grading
from quizzes.kinds import KINDS
from quizzes.models import Assignment, Attempt, Response, ReviewCard
from quizzes.paper_entry import MarksReleased, type_in
from quizzes.paper_sheets import papers_of
from quizzes.starting import NoAttemptLeft
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    QuestionFactory,
)
from tests.quizzes.every_kind import question_of, right, wrong
from tests.quizzes.printed import PaperSheetFactory

pytestmark = pytest.mark.django_db
Feedback = Assignment.Feedback


def paper_for(assignment, **values):
    student = EnrolmentFactory(classroom=assignment.classroom).person
    sheet = PaperSheetFactory(assignment=assignment, student=student, **values)
    return reread(sheet)


def reread(sheet):
    [paper] = papers_of(type(sheet).objects.filter(pk=sheet.pk))
    return paper


def assignment_with(count, **values):
    assignment = AssignmentFactory(**values)
    QuestionFactory.create_batch(count, quiz=assignment.quiz)
    return assignment


def what_is_kept(attempt):
    attempt.refresh_from_db()
    fields = ["answer", "readable_answer", "points", "is_late", "counts", "with_hint"]
    return {
        "marks": list(attempt.responses.order_by("question").values(*fields)),
        "is_marked": [r.marked_at is not None for r in attempt.responses.all()],
        "score": (attempt.score, attempt.max_score, attempt.question_count),
        "is_handed_in": attempt.handed_in_at is not None,
        "is_shown": attempt.marks_shown_at is not None,
        "cards": list(
            ReviewCard.objects.filter(student=attempt.student)
            .order_by("key")
            .values_list("key", flat=True)
        ),
        "shown": Response.objects.shown().of(attempt.student).count(),
    }


@pytest.mark.parametrize("feedback", Feedback)
def test_a_sheet_is_marked_and_reviewed_as_the_same_answers_on_the_screen(feedback):
    assignment = AssignmentFactory(feedback=feedback)
    questions = [question_of(kind, quiz=assignment.quiz) for kind in KINDS]
    answers = {q: right(q) if n % 2 else wrong(q) for n, q in enumerate(questions)}
    # One is left open.
    answers.pop(questions[0])
    classmate = EnrolmentFactory(classroom=assignment.classroom).person
    on_screen = assignments.start(assignment=assignment, student=classmate)
    grading.submit_answers(attempt=on_screen, answers=answers)
    closing.hand_in(attempt=on_screen)

    typed_in = type_in(paper=paper_for(assignment, form_b=True), answers=answers)

    assert what_is_kept(typed_in) == what_is_kept(on_screen)
    assert len(what_is_kept(typed_in)["marks"]) == len(KINDS) - 1


def test_the_review_of_a_sheet_has_the_order_that_was_printed():
    assignment = assignment_with(5, is_shuffled=True, at_end=True)
    paper = paper_for(assignment, form_b=True)

    attempt = type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    sitting = sitting_of(Attempt.objects.get(pk=attempt.pk))
    assert sitting.questions == paper.questions
    assert sitting.seed == paper.sheet.seed
    assert sitting.is_from_paper


def test_a_sheet_knows_no_clock_and_comes_after_the_end():
    yesterday = timezone.now() - timedelta(days=1)
    assignment = assignment_with(
        1, minutes=5, opens_at=yesterday - timedelta(days=1), closes_at=yesterday
    )
    paper = paper_for(assignment)

    attempt = type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    attempt.refresh_from_db()
    assert (attempt.ends_at, attempt.ran_out, attempt.score) == (None, False, 1)
    assert not attempt.responses.get().is_late


@pytest.mark.parametrize(("printed", "is_late"), [(4, False), (1, True)])
def test_nobody_is_late_because_of_who_types_it_in(printed, is_late):
    now = timezone.now()
    opened, due = now - timedelta(days=5), now - timedelta(days=2)
    assignment = assignment_with(1, opens_at=opened, due_at=due)
    paper = paper_for(assignment, made_at=now - timedelta(days=printed))

    type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    standing = assignments.standing_of(assignment, paper.sheet.student)
    assert (standing.is_done, standing.is_late) == (True, is_late)


def test_an_attempt_more_for_one_student_is_there_on_paper_too():
    assignment = assignment_with(1, attempts_allowed=1)
    paper = paper_for(assignment)
    assignments.start(assignment=assignment, student=paper.sheet.student)
    assignment.extensions.create(student=paper.sheet.student, extra_attempts=1)

    type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    assert assignment.attempts.count() == 2


def test_it_does_not_touch_what_is_open_on_the_screen():
    assignment = assignment_with(1)
    paper = paper_for(assignment)
    begun = assignments.start(assignment=assignment, student=paper.sheet.student)

    type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    begun.refresh_from_db()
    assert begun.handed_in_at is None
    assert assignment.attempts.count() == 2


def test_typing_in_twice_makes_one_attempt():
    assignment = assignment_with(1)
    paper = paper_for(assignment)
    answers = {paper.questions[0]: ["right"]}

    once = type_in(paper=paper, answers=answers)
    twice = type_in(paper=paper, answers=answers)

    assert once == twice == assignment.attempts.get()
    assert once.responses.get().history == []


def test_a_sheet_without_answers_is_handed_in_with_no_points():
    paper = paper_for(assignment_with(2, at_end=True))

    attempt = type_in(paper=paper, answers={})

    attempt.refresh_from_db()
    assert attempt.handed_in_at
    assert (attempt.score, attempt.max_score) == (0, 2)


def test_no_more_attempts_than_are_allowed():
    assignment = assignment_with(1, attempts_allowed=1)
    paper = paper_for(assignment)
    assignments.start(assignment=assignment, student=paper.sheet.student)

    with pytest.raises(NoAttemptLeft):
        type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    paper.sheet.refresh_from_db()
    assert paper.sheet.attempt is None
    assert assignment.attempts.count() == 1


def test_a_correction_is_marked_anew_and_keeps_what_stood_there():
    paper = paper_for(assignment_with(3, at_end=True))
    one, two, three = paper.questions
    type_in(paper=paper, answers={one: ["wrong"], two: ["right"]})

    attempt = type_in(paper=paper, answers={one: ["right"], three: ["right"]})

    attempt.refresh_from_db()
    kept = {r.question_id: r for r in attempt.responses.all()}
    assert attempt.score == 2
    assert (kept[one.pk].answer, kept[one.pk].points) == (["right"], 1)
    assert [row["answer"] for row in kept[one.pk].history] == [["wrong"]]
    assert (kept[two.pk].answer, kept[two.pk].marked_at) == ([], None)
    assert [row["answer"] for row in kept[two.pk].history] == [["right"]]
    assert kept[three.pk].points == 1


def test_a_correction_moves_the_cards_of_the_review():
    paper = paper_for(assignment_with(2, at_end=True))
    one, two = paper.questions
    student = paper.sheet.student
    type_in(paper=paper, answers={one: ["right"], two: ["wrong"]})
    due_before = set(student.review_cards.filter(due_at__isnull=False))

    type_in(paper=paper, answers={one: ["wrong"], two: ["right"]})

    due = student.review_cards.filter(due_at__isnull=False)
    assert {card.key for card in due_before} == {two.key}
    assert {card.key for card in due} == {one.key}


def test_once_the_marks_are_released_answers_stay():
    assignment = assignment_with(2, by_teacher=True)
    paper = paper_for(assignment)
    one, two = paper.questions
    attempt = type_in(paper=paper, answers={one: ["wrong"]})
    assignments.release(assignment=assignment)

    type_in(paper=paper, answers={one: ["wrong"]})
    with pytest.raises(MarksReleased):
        type_in(paper=paper, answers={one: ["right"], two: ["right"]})

    attempt.refresh_from_db()
    assert attempt.score == 0
    assert attempt.responses.get().history == []


def test_what_is_typed_in_after_the_release_is_shown_at_once():
    assignment = assignment_with(1, by_teacher=True)
    paper = paper_for(assignment)
    assignments.release(assignment=assignment)

    attempt = type_in(paper=paper, answers={paper.questions[0]: ["right"]})

    attempt.refresh_from_db()
    assert attempt.shows_score


def test_a_better_key_marks_a_correction():
    paper = paper_for(assignment_with(1, at_end=True))
    asked = paper.questions[0]
    type_in(paper=paper, answers={asked: ["right"]})
    better = {"choices": [c | {"right": True} for c in asked.body["choices"]]}
    asked.marked_by = QuestionFactory(
        quiz=asked.quiz, key=asked.key, version=2, body=better, retired=True
    )
    asked.save()

    attempt = type_in(paper=reread(paper.sheet), answers={asked: ["wrong"]})

    response = attempt.responses.get()
    assert (response.points, response.marked_with) == (1, asked.marked_by)
