from decimal import Decimal

import pytest

from quizzes import overrides
from quizzes.class_work import work_of
from quizzes.models import Override
from tests.quizzes.taken import given, take

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
