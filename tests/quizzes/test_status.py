from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.class_work import work_of
from quizzes.models import Override
from quizzes.status import State, help_in, status_of_class, statuses_of
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    GroupFactory,
    LessonFactory,
    OverrideFactory,
    ProgressFactory,
    ResponseFactory,
    UserFactory,
)
from tests.quizzes.taken import HOUR, given, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom):
    return given(classroom)


def closed(assignment):
    assignment.opens_at = timezone.now() - 9 * HOUR
    assignment.closes_at = timezone.now() - HOUR
    assignment.save()
    return assignment


def status(assignment, student):
    return status_of_class(assignment, [student])[assignment.pk, student.pk]


def state(assignment, student):
    return status(assignment, student).state


def test_nothing_begun_is_not_started(assignment, student):
    assert state(assignment, student) == State.NOT_STARTED


def test_who_has_not_handed_in_has_started(assignment, student):
    take(assignment, student, right=2, open_=True)

    assert state(assignment, student) == State.STARTED


@pytest.mark.parametrize(
    ("wrong", "expected"), [(3, State.DONE), (4, State.NEEDS_HELP)]
)
def test_four_wrong_answers_in_one_attempt_need_help(
    assignment, student, wrong, expected
):
    take(assignment, student, wrong=wrong, right=6 - wrong)

    assert state(assignment, student) == expected


@pytest.mark.parametrize(("wrong", "right"), [(0, 0), (0, 2), (3, 2)])
def test_what_is_left_open_is_missed_once_it_is_handed_in(
    assignment, student, wrong, right
):
    taken = take(assignment, student, wrong=wrong, right=right, open_=True)
    before = state(assignment, student)

    taken.handed_in_at = timezone.now()
    taken.save()

    found = status(assignment, student)
    assert (before, found.state) == (State.STARTED, State.NEEDS_HELP)
    assert len(found.questions) == 6 - right
    assert help_in([found]).needing == [found]


def test_what_was_left_open_and_is_right_later_is_missed_no_more(assignment, student):
    take(assignment, student, right=2)
    question = assignment.quiz.questions.order_by("position")[5]
    ResponseFactory(attempt__student=student, question=question, points=1)

    assert state(assignment, student) == State.DONE


def test_four_wrong_answers_in_two_attempts_are_not_four_in_one(assignment, student):
    take(assignment, student, wrong=2, right=4, hours_ago=5)
    take(assignment, student, wrong=2, right=4, hours_ago=3)

    assert state(assignment, student) == State.DONE


def test_a_later_attempt_with_fewer_wrong_clears_it(assignment, student):
    take(assignment, student, wrong=4, hours_ago=5)
    take(assignment, student, wrong=3, right=3, hours_ago=3)

    assert state(assignment, student) == State.DONE


def test_an_earlier_success_clears_nothing(assignment, student):
    take(assignment, student, right=6, hours_ago=5)
    take(assignment, student, wrong=4, right=2, hours_ago=3)

    assert state(assignment, student) == State.NEEDS_HELP


def test_handing_in_an_empty_sheet_clears_nothing(assignment, student):
    take(assignment, student, wrong=4, hours_ago=5)
    take(assignment, student, hours_ago=3)

    assert state(assignment, student) == State.NEEDS_HELP


def test_whoever_hands_in_nothing_needs_help_however_short_it_is(classroom, student):
    short = given(classroom, questions=2)
    taken = take(short, student)

    found = status(short, student)

    assert (found.state, len(found.questions)) == (State.NEEDS_HELP, 2)
    for question in taken.questions.all()[:1]:
        ResponseFactory(attempt__student=student, question=question, points=1)
    assert state(short, student) == State.DONE


def test_of_a_short_quiz_all_wrong_is_no_empty_sheet(classroom, student):
    short = given(classroom, questions=2)
    take(short, student, wrong=2)

    assert state(short, student) == State.DONE


def test_these_questions_right_later_anywhere_clear_it(assignment, student):
    take(assignment, student, wrong=5, right=1)
    first, second, *_rest = assignment.quiz.questions.order_by("position")
    review = AttemptFactory(student=student, review=True, questions=[first, second])
    ResponseFactory(attempt=review, question=first, points=1)
    before = status(assignment, student)

    ResponseFactory(attempt=review, question=second, points=1)

    assert (before.state, len(before.questions)) == (State.NEEDS_HELP, 4)
    assert state(assignment, student) == State.DONE


def test_the_same_questions_right_before_or_by_others_clear_nothing(
    assignment, student, classmate
):
    take(assignment, student, wrong=4)
    first = assignment.quiz.questions.order_by("position")[0]
    for person, moment in [
        (student, timezone.now() - 9 * HOUR),
        (classmate, timezone.now()),
    ]:
        ResponseFactory(
            attempt__student=person, question=first, points=1, answered_at=moment
        )

    assert state(assignment, student) == State.NEEDS_HELP


@pytest.mark.parametrize(
    ("counts", "expected"), [(True, State.DONE), (False, State.NEEDS_HELP)]
)
def test_a_right_answer_that_came_late_helps_if_it_counts(
    assignment, student, counts, expected
):
    taken = take(assignment, student, wrong=3, right=2)
    question = assignment.quiz.questions.order_by("position")[5]
    ResponseFactory(
        attempt=taken, question=question, points=1, is_late=True, counts=counts
    )

    assert state(assignment, student) == expected


def test_while_it_is_open_only_those_who_handed_in_count(
    assignment, student, classmate
):
    take(assignment, student, wrong=4, right=2)
    take(assignment, classmate, wrong=5, open_=True)

    statuses = status_of_class(assignment, [student, classmate]).values()

    assert [each.state for each in statuses] == [State.NEEDS_HELP, State.STARTED]
    assert help_in(statuses).counted == 1


def test_once_it_is_closed_everyone_who_started_counts(assignment, student, classmate):
    take(assignment, student, wrong=4, right=2)
    take(assignment, classmate, wrong=5, open_=True)
    never = EnrolmentFactory(classroom=assignment.classroom).person

    found = help_in(
        status_of_class(closed(assignment), [student, classmate, never]).values()
    )

    assert (len(found.needing), found.counted) == (2, 2)
    # The first four are wrong for both, the fifth for one.
    assert [count for _question, count in found.questions] == [2, 2, 2, 2, 1]


def test_who_may_be_later_is_counted_by_their_own_end(assignment, student):
    take(assignment, student, wrong=4, open_=True)
    later = timezone.now() + timedelta(days=1)
    closed(assignment).extensions.create(student=student, closes_at=later)

    found = status(assignment, student)

    assert (found.state, found.counts) == (State.STARTED, False)


def test_who_is_excused_needs_nothing_and_is_not_counted(assignment, student):
    take(assignment, student, wrong=4)
    OverrideFactory(assignment=assignment, student=student, excused=True)

    found = status(assignment, student)
    assert (found.state, found.counts) == (State.EXCUSED, False)

    OverrideFactory(
        assignment=assignment, student=student, kind=Override.Kind.NONE, score=None
    )
    assert state(assignment, student) == State.NEEDS_HELP


def test_a_score_that_a_teacher_gives_counts_as_done(assignment, student):
    about = {"assignment": assignment, "student": student}
    OverrideFactory(**about, score=3)
    given_points = state(assignment, student)

    OverrideFactory(**about, kind=Override.Kind.NONE, score=None)

    assert given_points == State.DONE
    assert state(assignment, student) == State.NOT_STARTED


def test_a_score_that_a_teacher_gives_counts_before_many_wrong_answers(
    assignment, student
):
    take(assignment, student, wrong=4)
    OverrideFactory(assignment=assignment, student=student, score=3)

    found = status(assignment, student)

    assert found.state == State.DONE
    assert help_in([found]).needing == []


def test_a_lesson_is_done_when_it_is_read_to_the_end(classroom, student):
    lesson = LessonFactory()
    reading = AssignmentFactory(classroom=classroom, quiz=None, lesson=lesson)
    progress = ProgressFactory(student=student, lesson=lesson)
    opened = state(reading, student)

    progress.finished_at = timezone.now()
    progress.save()

    assert (opened, state(reading, student)) == (State.STARTED, State.DONE)


def test_a_lesson_and_a_quiz_are_done_when_both_are(classroom, student):
    both = given(classroom, lesson=LessonFactory())
    take(both, student, right=6)
    handed_in = state(both, student)

    ProgressFactory(student=student, lesson=both.lesson, finished=True)

    assert (handed_in, state(both, student)) == (State.STARTED, State.DONE)


def test_what_is_for_some_is_given_to_groups_named_students_and_who_began(classroom):
    seats = EnrolmentFactory.create_batch(4, classroom=classroom)
    in_group, named, began, nobody = [seat.person for seat in seats]
    group = GroupFactory(classroom=classroom)
    group.members.add(seats[0])
    some = given(classroom, some=True)
    some.groups.add(group)
    some.students.add(named)
    take(some, began)

    works = work_of([some], [in_group, named, began, nobody])

    assert [work.is_given for work in works.values()] == [True, True, True, False]


@pytest.mark.parametrize("many", [1, 12])
def test_statuses_take_the_same_queries_for_any_number(
    classroom, many, django_assert_num_queries
):
    students = UserFactory.create_batch(many)
    assignments = [given(classroom) for _ in range(many)]
    reading = AssignmentFactory(
        classroom=classroom, quiz=None, lesson=LessonFactory(), some=True
    )
    for student in students:
        take(assignments[0], student, wrong=4)

    with django_assert_num_queries(9):
        found = statuses_of(work_of([*assignments, reading], students).values())

    assert len(found) == many * (many + 1)
