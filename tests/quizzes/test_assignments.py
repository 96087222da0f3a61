from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes import assignments, closing, grading, late_answers, starting
from quizzes.models import Assignment, Attempt, Quiz, Response
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    GroupFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def assignment(classroom):
    """A closed quiz of two questions, marked when the teacher says."""
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(2, quiz=quiz)
    return AssignmentFactory(classroom=classroom, quiz=quiz, by_teacher=True)


def hand_in(assignment, student, *picks):
    attempt = starting.start_assigned(assignment=assignment, student=student)
    answers = dict(zip(attempt.questions.all(), [[p] for p in picks], strict=False))
    grading.submit_answers(attempt=attempt, answers=answers)
    closing.hand_in(attempt=attempt)
    return Attempt.objects.get(pk=attempt.pk)


def late_answer(assignment, student, in_time="wrong", late="right"):
    """An attempt that ran out, with an answer in time and one after it."""
    attempt = starting.start_assigned(assignment=assignment, student=student)
    question = attempt.questions.first()
    grading.submit_answers(attempt=attempt, answers={question: [in_time]})
    Attempt.objects.filter(pk=attempt.pk).update(
        ends_at=timezone.now() - timedelta(seconds=90)
    )
    grading.submit_answers(attempt=attempt, answers={question: [late]})
    return attempt.responses.get(is_late=True)


def test_starting_again_goes_on_with_the_open_attempt(assignment, student):
    first = assignments.start(assignment=assignment, student=student)

    assert assignments.start(assignment=assignment, student=student) == first


def test_an_attempt_that_ran_out_is_handed_in_before_another_begins(
    assignment, student
):
    first = assignments.start(assignment=assignment, student=student)
    Attempt.objects.update(ends_at=timezone.now() - timedelta(minutes=5))

    second = assignments.start(assignment=assignment, student=student)

    assert second != first
    assert assignment.attempts.filter(handed_in_at=None).get() == second


@pytest.mark.parametrize(
    "closing",
    [
        {"opens_at": timezone.now() + DAY},
        {"opens_at": timezone.now() - 2 * DAY, "closes_at": timezone.now() - DAY},
    ],
    ids=["not yet", "no more"],
)
def test_nothing_begins_while_an_assignment_is_not_open(assignment, student, closing):
    Assignment.objects.update(**closing)
    assignment.refresh_from_db()

    with pytest.raises(starting.NotOpen):
        assignments.start(assignment=assignment, student=student)

    assert not Attempt.objects.exists()


def test_nothing_begins_of_a_quiz_that_was_taken_down(assignment, student):
    Quiz.objects.update(retired_at=timezone.now())
    assignment.refresh_from_db()

    with pytest.raises(starting.NotOpen):
        assignments.start(assignment=assignment, student=student)


def test_no_more_attempts_begin_than_are_allowed(assignment, student, classmate):
    Assignment.objects.update(attempts_allowed=2)
    assignment.refresh_from_db()
    hand_in(assignment, student, "wrong")
    hand_in(assignment, student, "right")
    hand_in(assignment, classmate, "right")

    with pytest.raises(starting.NoAttemptLeft):
        assignments.start(assignment=assignment, student=student)

    assert assignment.attempts.made_by(student).count() == 2
    standing = assignments.standing_of(assignment, student)
    assert (standing.attempts_left, standing.may_begin) == (0, False)
    assert standing.best.score == 1


def test_practice_and_assignment_have_attempts_of_their_own(assignment, student):
    practice = AttemptFactory(student=student, quiz=assignment.quiz)

    assigned = assignments.start(assignment=assignment, student=student)

    assert assigned != practice


@pytest.mark.parametrize("is_shuffled", [False, True])
def test_the_order_is_everybodys_unless_it_is_shuffled(classroom, is_shuffled):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(8, quiz=quiz)
    assignment = AssignmentFactory(
        classroom=classroom, quiz=quiz, is_shuffled=is_shuffled
    )
    orders = set()
    for _ in range(4):
        student = EnrolmentFactory(classroom=classroom).person
        attempt = assignments.start(assignment=assignment, student=student)
        orders.add(tuple(sitting_of(attempt).questions))
        assert tuple(sitting_of(attempt).questions) in orders

    assert (len(orders) > 1) == is_shuffled


def test_an_order_of_ones_own_stays_when_a_load_moves_the_questions(student):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(8, quiz=quiz)
    assignment = AssignmentFactory(quiz=quiz, is_shuffled=True)
    attempt = assignments.start(assignment=assignment, student=student)
    before = list(sitting_of(attempt).questions)

    quiz.questions.filter(position=1).update(position=99)

    assert list(sitting_of(attempt).questions) == before


def test_until_they_are_released_marks_count_for_nothing_that_is_shown(
    assignment, student
):
    attempt = hand_in(assignment, student, "right", "wrong")

    assert attempt.score == 1
    assert not attempt.shows_score
    assert not Response.objects.shown().exists()


def test_releasing_shows_the_marks_of_everybody(assignment, student, classmate):
    elsewhere = AssignmentFactory(quiz=assignment.quiz, by_teacher=True)
    handed_in = [
        hand_in(assignment, student, "right", "wrong"),
        hand_in(assignment, classmate, "wrong", "wrong"),
    ]
    other = hand_in(elsewhere, student, "right")

    assignments.release(assignment=assignment)

    shown = Attempt.objects.filter(marks_shown_at__isnull=False)
    assert set(shown) == set(handed_in)
    assert other not in shown
    assert Response.objects.shown().count() == 4


def test_releasing_twice_changes_nothing(assignment, student):
    hand_in(assignment, student, "right")
    assignments.release(assignment=assignment)
    before = [*Attempt.objects.values(), *Assignment.objects.values()]

    assignments.release(assignment=assignment)

    assert [*Attempt.objects.values(), *Assignment.objects.values()] == before


def test_what_is_handed_in_after_the_release_is_shown_at_once(
    assignment, student, classmate
):
    begun = assignments.start(assignment=assignment, student=student)
    assignments.release(assignment=assignment)
    assignment.refresh_from_db()
    begun.refresh_from_db()
    assert not begun.shows_score
    assert not sitting_of(begun).shows_marks

    closing.hand_in(attempt=begun)
    later = hand_in(assignment, classmate, "right")

    begun.refresh_from_db()
    assert (begun.shows_score, later.shows_score) == (True, True)


def test_a_late_answer_counts_in_place_of_the_one_in_time_and_back(assignment, student):
    late = late_answer(assignment, student)
    in_time = late.attempt.responses.get(is_late=False)

    for counts, score in [(True, 1), (True, 1), (False, 0), (True, 1)]:
        late_answers.count_late(response=late, counts=counts)

        late.refresh_from_db()
        in_time.refresh_from_db()
        assert (late.counts, in_time.counts) == (counts, not counts)
        assert Attempt.objects.get(pk=late.attempt_id).score == score
    assert [m.answer for m in sitting_of(late.attempt).marked()] == [["right"]]


def test_a_late_answer_alone_counts_or_does_not(assignment, student):
    late = late_answer(assignment, student)
    late.attempt.responses.filter(is_late=False).delete()

    late_answers.count_late(response=late, counts=True)
    assert Attempt.objects.get().score == 1
    late_answers.count_late(response=late, counts=False)

    assert Attempt.objects.get().score == 0


def test_once_a_late_answer_counts_its_student_cannot_change_it(assignment, student):
    late = late_answer(assignment, student)
    late_answers.count_late(response=late, counts=True)

    with pytest.raises(grading.AttemptClosed):
        grading.submit_answers(attempt=late.attempt, answers={late.question: ["other"]})


def test_a_teacher_sees_before_deciding_what_a_late_answer_changes(assignment, student):
    late = late_answer(assignment, student)

    [shown] = late_answers.late_answers(assignment)
    assert (shown.score_without, shown.score_with) == (0, 1)
    assert shown.in_time.answer == ["wrong"]
    assert shown.after_in_words == "1 min 30 s"
    late_answers.count_late(response=late, counts=True)

    [shown] = late_answers.late_answers(assignment)
    assert (shown.score_without, shown.score_with) == (0, 1)


def test_only_with_the_mark_shown_in_between_may_a_late_answer_know_it(
    assignment, student
):
    late_answer(assignment, student)
    [shown] = late_answers.late_answers(assignment)
    assert not shown.may_know_the_answer

    Attempt.objects.update(marks_shown_at=timezone.now() - DAY)

    [shown] = late_answers.late_answers(assignment)
    assert shown.may_know_the_answer


@pytest.mark.parametrize("has_seen", [True, False])
def test_a_late_answer_may_know_what_another_sitting_showed(
    assignment, student, has_seen
):
    late = late_answer(assignment, student)
    seen_at = late.answered_at + (-DAY if has_seen else DAY)
    other = AttemptFactory(student=student, quiz=assignment.quiz, started_at=seen_at)
    older = QuestionFactory(
        quiz=assignment.quiz, key=late.question.key, version=2, retired=True
    )
    ResponseFactory(attempt=other, question=older, answered_at=seen_at)

    [shown] = late_answers.late_answers(assignment)

    assert shown.may_know_the_answer == has_seen


@pytest.mark.parametrize("of", ["another student", "another question", "hidden"])
def test_marks_that_tell_nothing_of_it_are_no_reason_to_doubt(assignment, student, of):
    late = late_answer(assignment, student)
    seen_at = late.answered_at - DAY
    other = AttemptFactory(
        student=UserFactory() if of == "another student" else student,
        quiz=assignment.quiz,
        started_at=seen_at,
        marks_shown_at=None if of == "hidden" else seen_at,
    )
    questions = assignment.quiz.questions
    is_other = of == "another question"
    ResponseFactory(
        attempt=other,
        question=questions.last() if is_other else late.question,
        answered_at=seen_at,
    )

    [shown] = late_answers.late_answers(assignment)

    assert not shown.may_know_the_answer


def test_after_the_class_was_shown_its_marks_a_late_answer_may_know(
    assignment, student
):
    late = late_answer(assignment, student)
    late.attempt.responses.filter(is_late=False).delete()
    assignment.released_at = late.answered_at - DAY

    [shown] = late_answers.late_answers(assignment)

    assert shown.may_know_the_answer


def test_a_class_is_whoever_learns_in_it_now(assignment, student, classmate):
    hand_in(assignment, student, "right")
    hand_in(assignment, classmate, "right")
    classmate.enrolments.all().delete()

    assert [each.person for each in assignments.work_on(assignment)] == [student]


def test_what_is_assigned_now_is_listed_the_next_to_close_first(
    assignment, student, other_teacher
):
    def given(**rules):
        return AssignmentFactory(classroom=assignment.classroom, **rules)

    now = timezone.now()
    soon = given(closes_at=now + DAY)
    sooner = given(closes_at=now + DAY / 2)
    given(opens_at=now - DAY, closes_at=now - DAY / 2)
    given(opens_at=now + DAY)
    given(quiz__retired=True)
    AssignmentFactory(classroom=other_teacher.enrolments.get().classroom)

    listed = assignments.assigned_to(student)

    assert [each.assignment for each in listed] == [sooner, soon, assignment]


def test_open_attempts_end_with_an_assignment_that_is_moved(assignment, student):
    now = timezone.now()
    assignment.closes_at = now + timedelta(hours=1)
    assignment.save()
    attempt = assignments.start(assignment=assignment, student=student)
    ResponseFactory(attempt=attempt, question=attempt.questions.first(), draft=True)

    for closes_at in (now + DAY, None):
        assignment.closes_at = closes_at
        assignments.move_ends(assignment)

        attempt.refresh_from_db()
        assert attempt.ends_at == closes_at


def test_work_for_some_is_seen_by_them_alone(classroom, student, classmate):
    group = GroupFactory(classroom=classroom)
    seat = classroom.enrolments.get(person=student)
    group.members.add(seat)
    for_group = AssignmentFactory(classroom=classroom, some=True)
    for_group.groups.add(group)
    for_one = AssignmentFactory(classroom=classroom, some=True)
    for_one.students.add(student)

    meant = [list(assignments.recipients(each)) for each in (for_group, for_one)]
    seen = [set(Assignment.objects.given_to(person)) for person in (student, classmate)]

    assert meant == [[student], [student]]
    assert seen == [{for_group, for_one}, set()]


def test_a_group_without_members_does_not_mean_everybody(classroom, student):
    given = AssignmentFactory(classroom=classroom, some=True)
    given.groups.add(GroupFactory(classroom=classroom))

    assert list(assignments.recipients(given)) == []
    assert not Assignment.objects.given_to(student)
