import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import assignments, dinner, family
from quizzes.models import Extension
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    LessonFactory,
    OverrideFactory,
    PassageFactory,
    ProgressFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def lesson():
    return LessonFactory(title="How kites fly")


@pytest.fixture
def passage(lesson):
    return PassageFactory(
        section__lesson=lesson, key="wind-00aa11", aliases=["wind-000000"]
    )


def ask_about(passage, **question):
    keys = {"passages": [passage.key]} | question
    return QuestionFactory(quiz__lesson=passage.lesson, **keys)


def miss(question, student, days_ago=1, **response):
    moment = timezone.now() - timedelta(days=days_ago)
    return ResponseFactory(
        attempt__student=student,
        attempt__quiz=question.quiz,
        attempt__handed_in=True,
        question=question,
        answered_at=moment,
        **response,
    )


def test_what_was_hard_is_told_by_the_passage(student, passage):
    first = ask_about(passage)
    second = QuestionFactory(quiz=first.quiz, passages=["wind-000000"])
    miss(first, student)
    miss(second, student)

    [hard] = family.hard_lately(student)

    assert (hard.lesson, hard.passage, hard.count) == (passage.lesson, passage, 2)
    assert hard.url == f"{passage.lesson.get_absolute_url()}#{passage.key}"


def test_what_was_answered_since_is_hard_no_more(student, passage):
    question = ask_about(passage)
    miss(question, student, days_ago=2)
    miss(question, student, days_ago=1, right=True)

    assert family.hard_lately(student) == []


def test_only_the_last_seven_days_count_and_only_ones_own(student, classmate, passage):
    question = ask_about(passage)
    miss(question, student, days_ago=8)
    miss(question, classmate)

    assert family.hard_lately(student) == []


def test_what_the_student_may_not_know_yet_the_family_does_not_either(student, passage):
    question = ask_about(passage)
    miss(question, student, attempt__marks_shown_at=None)

    assert family.hard_lately(student) == []


def test_what_is_due_is_what_is_not_handed_in(student, classroom):
    open_one = AssignmentFactory(classroom=classroom)
    done = AssignmentFactory(classroom=classroom)
    AttemptFactory(student=student, assigned=True, assignment=done, handed_in=True)
    over = timezone.now() - timedelta(days=1)
    AssignmentFactory(
        classroom=classroom, opens_at=over - timedelta(days=1), closes_at=over
    )

    assert [each.assignment for each in family.given_to(student).due] == [open_one]


def closed(classroom, days, **rules):
    """So many days ago."""
    over = timezone.now() - timedelta(days=days)
    since = {"opens_at": over - WEEK, "closes_at": over}
    return AssignmentFactory(classroom=classroom, **since, **rules)


def test_what_closed_undone_is_missed_for_two_weeks(
    client, guardian, student, classroom
):
    yesterday, last_week = closed(classroom, 1), closed(classroom, 7)
    done = closed(classroom, 3)
    AttemptFactory(student=student, assigned=True, assignment=done, handed_in=True)
    OverrideFactory(student=student, assignment=closed(classroom, 4), excused=True)
    closed(classroom, 15)
    client.force_login(guardian)

    found = family.given_to(student)
    page = client.get(reverse("quizzes:family_work", args=[student.pk]))

    assert [each.assignment for each in found.missed] == [yesterday, last_week]
    assert found.due == []
    assertContains(page, '<span class="state is-overdue">missed</span>', 2)


def test_who_got_more_time_has_missed_it_after_that_time(student, classroom):
    late, longer = closed(classroom, 20), closed(classroom, 5)
    now = timezone.now()
    for given, ends in ((late, now - WEEK), (longer, now + WEEK)):
        Extension.objects.create(assignment=given, student=student, closes_at=ends)

    found = family.given_to(student)

    assert [each.assignment for each in found.missed] == [late]
    assert [each.assignment for each in found.due] == [longer]


@pytest.mark.parametrize(
    ("handed_in", "read", "word"),
    [(False, False, "not begun"), (True, False, "begun"), (False, True, "begun")],
)
def test_each_thing_that_is_due_has_one_word_for_how_far_it_is(
    client, guardian, student, classroom, handed_in, read, word
):
    given = AssignmentFactory(classroom=classroom, lesson=LessonFactory())
    if handed_in:
        AttemptFactory(student=student, assigned=True, assignment=given, handed_in=True)
    if read:
        ProgressFactory(student=student, lesson=given.lesson, finished=True)
    client.force_login(guardian)

    page = client.get(reverse("quizzes:family_work", args=[student.pk]))

    row = page.content.decode().partition(f"<strong>{given.title}</strong>")[2]
    states = re.findall(r'<span class="state[^>]*>([^<]*)<', row.partition("</li>")[0])
    assert states == [word]


def test_a_lesson_is_due_until_it_is_read(student, classroom):
    given = AssignmentFactory(classroom=classroom, quiz=None, lesson=LessonFactory())
    before = [each.assignment for each in family.given_to(student).due]

    ProgressFactory(student=student, lesson=given.lesson, finished=True)

    assert before == [given]
    assert family.given_to(student).due == []


def test_what_is_overdue_is_said_to_be_and_namesakes_are_told_apart(
    client, guardian, student, classroom
):
    yesterday = timezone.now() - timedelta(days=1)
    quiz = QuizFactory(title="Strings")
    since = {"classroom": classroom, "quiz": quiz, "opens_at": yesterday - WEEK}
    AssignmentFactory(**since, due_at=yesterday)
    AssignmentFactory(**since)
    client.force_login(guardian)

    page = client.get(reverse("quizzes:family_work", args=[student.pk]))

    overdue = '<span class="state is-overdue">overdue</span>'
    state = '<span class="state">not begun</span>'
    assertContains(page, f"<strong>Strings</strong>{overdue}{state}", html=True)
    assertContains(page, f"<strong>Strings #2</strong>{state}", html=True)


def decided(given):
    words = [each.word for each in given.decided]
    return [word.is_excuse or word.score for word in words]


def test_what_a_teacher_decided_is_due_no_more(client, guardian, student, classroom):
    about = {"student": student, "assignment__classroom": classroom}
    OverrideFactory(**about, excused=True)
    OverrideFactory(**about, score=4)
    client.force_login(guardian)

    given = family.given_to(student)
    page = client.get(reverse("quizzes:family_work", args=[student.pk]))

    assert (given.due, sorted(map(str, decided(given)))) == ([], ["4 of 0", "True"])
    assertContains(page, "What a teacher decided")
    assertContains(page, ">excused</span>")
    assertContains(page, ">4 of 0 points</span>")


def test_the_family_reads_no_score_before_the_marks_are_shown(student, classroom):
    assignment = AssignmentFactory(classroom=classroom, by_teacher=True)
    OverrideFactory(student=student, assignment=assignment, score=4)
    before = family.given_to(student)

    assignments.release(assignment=assignment)

    assert (len(before.due), before.decided) == (1, [])
    assert decided(family.given_to(student)) == ["4 of 0"]


def read(student, lesson, days_ago=1):
    moment = timezone.now() - timedelta(days=days_ago)
    ProgressFactory(
        student=student, lesson=lesson, opened_at=moment, last_read_at=moment
    )


def test_dinner_asks_a_check_question_of_the_latest_lesson(student, lesson):
    read(student, lesson)
    read(student, LessonFactory(), days_ago=3)
    quiz = QuizFactory(lesson=lesson)
    for stem in ("Why does a kite need wind?", "Which of these fly?", "Kites fly."):
        QuestionFactory(quiz=quiz, in_the_text=True, stem=stem)

    found = dinner.question_for(student)

    assert (found.lesson, found.stem) == (lesson, "Why does a kite need wind?")
    assert dinner.question_for(student) == found


def test_dinner_never_asks_what_a_quiz_asks_at_its_end(student, lesson):
    read(student, lesson)
    QuestionFactory(quiz__lesson=lesson, stem="Why does a kite need wind?")

    assert dinner.question_for(student).stem == ""


@pytest.mark.parametrize(
    ("of_lesson", "expected"),
    [
        ({"key_terms": [{"id": "lift", "name": "lift", "definition": "-"}]}, "lift"),
        ({"outline": [{"id": "wind", "title": "Wind", "kind": "idea"}]}, "Wind"),
        ({}, "How kites fly"),
    ],
)
def test_dinner_falls_back_on_terms_sections_and_the_title(
    client, guardian, student, of_lesson, expected
):
    read(student, LessonFactory(title="How kites fly", **of_lesson))
    client.force_login(guardian)

    page = client.get(reverse("quizzes:family_work", args=[student.pk]))

    assertContains(page, f"“{expected}”")


def test_dinner_asks_nothing_where_nothing_was_read(student, lesson):
    read(student, lesson, days_ago=9)
    read(student, LessonFactory(retired=True))

    assert dinner.question_for(student) is None


def test_the_panel_alone_is_what_its_page_shows(
    htmx, guardian, student, classroom, passage
):
    question = ask_about(passage)
    wrong = miss(question, student, readable_answer="My very wrong answer")
    AssignmentFactory(classroom=classroom, quiz__title="Strings")
    htmx.force_login(guardian)
    url = reverse("quizzes:family_work", args=[student.pk])

    fragment, element = htmx.fragment_and_element(url, f"family-work-{student.pk}")
    page = htmx.get(url)

    assert fragment == element
    assertContains(page, passage.text)
    assertContains(page, "Strings")
    # Where help is needed, not what was said.
    assertNotContains(page, wrong.readable_answer)


@pytest.mark.parametrize("count", [1, 5])
def test_the_panel_costs_the_same_however_much_there_is(
    client, django_assert_max_num_queries, guardian, student, classroom, count
):
    for _ in range(count):
        passage = PassageFactory()
        miss(ask_about(passage), student)
        AssignmentFactory(classroom=classroom)
        read(student, passage.lesson)
    client.force_login(guardian)

    with django_assert_max_num_queries(14):
        client.get(reverse("quizzes:family_work", args=[student.pk]))
