from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.mastery import lesson_mastery, mastery_of
from quizzes.mastery_rule import State
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    LessonFactory,
    ProgressFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    SyncBatchFactory,
    TrackFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 15, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def quiz():
    quiz = QuizFactory()
    for _ in range(5):
        QuestionFactory(quiz=quiz)
    return quiz


def answer(student, question, when=MONDAY, *, points=1, attempt=None, **values):
    attempt = attempt or AttemptFactory(
        student=student, review=True, questions=[question], handed_in_at=when
    )
    return ResponseFactory(
        attempt=attempt, question=question, points=points, answered_at=when, **values
    )


def know(student, question):
    answer(student, question)
    answer(student, question, MONDAY + DAY)


def state(student, quiz):
    return lesson_mastery(student, quiz.lesson).state


def secure(student, question):
    [known] = [
        known
        for known in lesson_mastery(student, question.quiz.lesson).known
        if known.question == question
    ]
    return known.is_secure


def test_a_lesson_is_not_started_then_read_then_practised_then_secure(student, quiz):
    assert state(student, quiz) == State.NOT_STARTED

    ProgressFactory(student=student, lesson=quiz.lesson)
    assert state(student, quiz) == State.READING

    AttemptFactory(student=student, quiz=quiz, handed_in=True)
    assert state(student, quiz) == State.PRACTISED

    *four, _fifth = quiz.questions.all()
    for question in four[:3]:
        know(student, question)
    assert state(student, quiz) == State.PRACTISED

    know(student, four[3])
    assert state(student, quiz) == State.SECURE


def test_an_answer_begins_a_lesson(student, quiz):
    answer(student, QuestionFactory(quiz=quiz, in_the_text=True))
    assert state(student, quiz) == State.NOT_STARTED

    check = AttemptFactory(student=student, quiz=quiz, check=True)
    answer(student, quiz.questions.in_the_text()[0], attempt=check)

    assert state(student, quiz) == State.READING


def test_two_answers_on_one_day_are_not_two_days(student, quiz):
    question = quiz.questions.first()
    answer(student, question)
    answer(student, question, MONDAY + timedelta(hours=1))
    assert not secure(student, question)

    answer(student, question, MONDAY + DAY)
    assert secure(student, question)


def test_days_are_those_of_the_sites_time_zone(student, quiz, settings):
    question = quiz.questions.first()
    answer(student, question, MONDAY + timedelta(hours=2))
    answer(student, question, MONDAY + timedelta(hours=4))
    assert not secure(student, question)

    # Midnight there is between the two.
    settings.TIME_ZONE = "Asia/Omsk"

    assert secure(student, question)


@pytest.mark.parametrize(
    "last", [{"points": 0}, {"with_hint": True}, {"with_help": True}], ids=str
)
def test_the_last_answer_has_to_be_right_and_on_ones_own(student, quiz, last):
    question = quiz.questions.first()
    know(student, question)
    assert secure(student, question)

    answer(student, question, MONDAY + 2 * DAY, **last)

    assert not secure(student, question)


def test_a_first_miss_does_no_harm(student, quiz):
    question = quiz.questions.first()
    answer(student, question, points=0)
    answer(student, question, MONDAY + DAY)

    assert secure(student, question)


def test_answers_to_older_versions_count(student, quiz):
    question = quiz.questions.first()
    know(student, question)
    question.retired_at = timezone.now()
    question.save()
    newer = QuestionFactory(quiz=quiz, key=question.key, version=2)

    assert secure(student, newer)


def test_what_a_student_may_not_see_yet_or_took_back_tells_nothing(student, quiz):
    question = quiz.questions.first()
    assignment = AssignmentFactory(quiz=quiz, by_teacher=True)
    hidden = AttemptFactory(student=student, assignment=assignment, assigned=True)
    undone = AttemptFactory(
        student=student, quiz=quiz, batch=SyncBatchFactory(undone=True)
    )
    for attempt in (hidden, undone):
        answer(student, question, attempt=attempt)
    know(UserFactory(), question)

    mastery = lesson_mastery(student, quiz.lesson)

    assert mastery.answers == []
    assert mastery.on_my_own == 0


def test_on_my_own_is_told_from_with_help(student, quiz):
    question = quiz.questions.first()
    answer(student, question)
    answer(student, question, with_hint=True)
    answer(student, question, with_help=True)
    answer(student, question, points=0)

    mastery = lesson_mastery(student, quiz.lesson)

    assert (mastery.on_my_own, mastery.with_help) == (1, 2)


def test_a_track_is_as_far_as_its_lessons(student):
    track = TrackFactory()
    quizzes = [QuizFactory(lesson=LessonFactory(track=track)) for _ in range(5)]
    questions = [QuestionFactory(quiz=quiz) for quiz in quizzes]
    states = []
    for quiz in quizzes:
        AttemptFactory(student=student, quiz=quiz, handed_in=True)
        states.append(mastery_of(student).tracks[0].state)
    for question in questions[:4]:
        know(student, question)
        states.append(mastery_of(student).tracks[0].state)

    assert states == [*["reading"] * 4, *["practised"] * 4, "secure"]


def test_the_page_tells_states_numbers_and_the_rule(htmx, student, quiz):
    htmx.force_login(student)
    know(student, quiz.questions.first())

    page = htmx.get("/learn/mastery/")

    assertContains(page, "1 of 5 questions secure")
    assertContains(page, "2 right on my own")
    assertContains(page, "two different days")
    assertContains(page, f"/learn/mastery/{quiz.lesson.slug}/")


def test_the_panel_is_the_same_as_on_the_page(htmx, student, quiz):
    htmx.force_login(student)
    know(student, quiz.questions.first())

    fragment, element = htmx.fragment_and_element("/learn/mastery/", "my-mastery")

    assert fragment == element


def test_each_number_leads_to_its_answers_the_newest_first(htmx, student, quiz):
    htmx.force_login(student)
    question = quiz.questions.first()
    answer(student, question, readable_answer="The string", points=0)
    answer(student, question, MONDAY + DAY, readable_answer="The wind", with_hint=True)

    page = htmx.get(f"/learn/mastery/{quiz.lesson.slug}/").content.decode()

    assert page.index("The wind") < page.index("The string")
    assert "right, with a hint" in page
    assert "not right" in page
    assert "3 November 2026" in page


def test_a_closed_quiz_shows_no_question_that_was_not_answered(htmx, student):
    quiz = QuizFactory(closed=True)
    seen, unseen = QuestionFactory(quiz=quiz), QuestionFactory(quiz=quiz)
    htmx.force_login(student)
    answer(student, seen)

    page = htmx.get(f"/learn/mastery/{quiz.lesson.slug}/")

    assertContains(page, seen.stem)
    assertNotContains(page, unseen.stem)


def test_a_closed_quiz_shows_the_words_that_were_answered_not_newer_ones(htmx, student):
    quiz = QuizFactory(closed=True)
    old = QuestionFactory(quiz=quiz, retired=True)
    new = QuestionFactory(quiz=quiz, key=old.key, version=2)
    htmx.force_login(student)
    answer(student, old)

    page = htmx.get(f"/learn/mastery/{quiz.lesson.slug}/")

    assertContains(page, old.stem)
    assertNotContains(page, new.stem)


def test_of_many_answers_the_newest_five_are_listed(htmx, student, quiz):
    htmx.force_login(student)
    question = quiz.questions.first()
    for day in range(8):
        answer(student, question, MONDAY + day * DAY, readable_answer=f"Try {day}")

    page = htmx.get(f"/learn/mastery/{quiz.lesson.slug}/")

    assertContains(page, "<q>Try ", count=5)
    assertContains(page, "Try 3")
    assertNotContains(page, "Try 2")
    assertContains(page, "and 3 before")


def test_no_more_is_said_where_all_answers_are_listed(htmx, student, quiz):
    htmx.force_login(student)
    for day in range(5):
        answer(student, quiz.questions.first(), MONDAY + day * DAY)

    page = htmx.get(f"/learn/mastery/{quiz.lesson.slug}/")

    assertNotContains(page, " before<")


@pytest.mark.parametrize("count", [1, 12])
def test_pages_cost_the_same_whatever_there_is(
    htmx, student, count, django_assert_max_num_queries
):
    htmx.force_login(student)
    for _ in range(count):
        question = QuestionFactory()
        know(student, question)

    with django_assert_max_num_queries(9):
        htmx.get("/learn/mastery/")
    with django_assert_max_num_queries(9):
        htmx.get(f"/learn/mastery/{question.quiz.lesson.slug}/")
