from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import assignments, overrides
from quizzes.class_work import work_of
from quizzes.models import Override
from tests.factories import OverrideFactory
from tests.quizzes.taken import HOUR, given, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(classroom, student, teacher):
    assignment = given(classroom)
    take(assignment, student, wrong=2, right=4)
    return {"assignment": assignment, "student": student, "by": teacher}


def test_each_word_is_added_with_what_counted_before(about):
    overrides.change_score(**about, score=Decimal("5.5"), reason="Question 2.")
    overrides.excuse(**about, reason="Ill.")
    overrides.take_back(**about, reason="Wrong child.")

    rows = Override.objects.order_by("pk")
    assert [(row.kind, row.score, row.before, row.reason) for row in rows] == [
        ("score", Decimal("5.5"), "4 of 6", "Question 2."),
        ("excused", None, "5.5 of 6", "Ill."),
        ("none", None, "excused", "Wrong child."),
    ]
    assert {row.made_by for row in rows} == {about["by"]}


def test_the_same_word_twice_is_one(about):
    for _ in range(2):
        overrides.change_score(**about, score=Decimal(5), reason="Question 2.")

    assert Override.objects.count() == 1


def test_the_same_word_after_another_is_said_again(about):
    overrides.excuse(**about, reason="Ill.")
    overrides.take_back(**about, reason="Not ill.")
    overrides.excuse(**about, reason="Ill.")

    assert Override.objects.count() == 3


def test_there_is_nothing_to_take_back_before_anything_was_said(about):
    overrides.take_back(**about, reason="Why not.")

    assert not Override.objects.exists()


def test_an_override_changes_no_answer(about):
    attempt = about["assignment"].attempts.get()

    overrides.change_score(**about, score=Decimal(0), reason="Copied.")

    attempt.refresh_from_db()
    assert attempt.score == 4


def test_it_holds_for_one_student_and_one_assignment(about, classroom, classmate):
    other = given(classroom)
    overrides.excuse(**about, reason="Ill.")

    works = work_of([about["assignment"], other], [about["student"], classmate])

    excused = [place for place, work in works.items() if work.is_excused]
    assert excused == [(about["assignment"].pk, about["student"].pk)]


@pytest.mark.parametrize(
    ("said", "shown"),
    [({"score": 3}, ">3 of 6 points</span>"), ({"excused": True}, ">excused</span>")],
)
def test_a_students_list_says_what_counts(client, about, said, shown):
    student, assignment = about["student"], about["assignment"]
    OverrideFactory(student=student, assignment=assignment, **said)
    client.force_login(student)

    page = client.get(reverse("quizzes:assigned"))

    assertContains(page, shown)
    assertNotContains(page, "4 of 6")


def test_no_list_of_a_student_tells_a_score_before_the_marks_are_shown(
    client, classroom, student
):
    assignment = given(classroom, by_teacher=True)
    OverrideFactory(student=student, assignment=assignment, score=3)
    client.force_login(student)
    urls = [reverse("quizzes:assigned"), reverse("quizzes:seen_work")]
    before = [client.get(url) for url in urls]

    assignments.release(assignment=assignment)

    shown = (">3 of 6 points</span>", "<td>3</td>")
    for page, url, score in zip(before, urls, shown, strict=True):
        assertNotContains(page, score)
        assertContains(client.get(url), score)


@pytest.mark.parametrize("word", [{"excused": True}, {"score": 3}])
def test_what_is_decided_is_last_and_never_overdue(student, classroom, word):
    decided, open_one = given(classroom), given(classroom)
    decided.opens_at -= HOUR
    decided.due_at = open_one.opens_at
    decided.save()
    OverrideFactory(student=student, assignment=decided, **word)

    standings = assignments.assigned_to(student)

    assert [each.assignment for each in standings] == [open_one, decided]
    assert not any(each.is_overdue for each in standings)


@pytest.mark.parametrize("many", [1, 10])
def test_words_take_the_same_queries_for_any_number(
    classroom, student, many, django_assert_max_num_queries
):
    given_to_all = [given(classroom) for _ in range(many)]
    for assignment in given_to_all:
        OverrideFactory(student=student, assignment=assignment)

    with django_assert_max_num_queries(5):
        words = overrides.words_to(student, given_to_all)

    assert len(words) == many
