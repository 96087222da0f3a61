import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import corrections, disputes, marking_again, review_again
from quizzes.models import (
    Attempt,
    Dispute,
    ItemReport,
    MarkChange,
    Override,
    Question,
    Response,
)
from tendril.accounts import erasing, tombstones
from tendril.accounts.models import Erasure
from tests.everything import everything
from tests.factories import AssignmentFactory, QuestionFactory
from tests.quizzes.answered import answered, contest, mark_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def of():
    return everything()


def erase(person):
    asked = erasing.ask(person=person, by=person)
    Erasure.objects.filter(pk=asked.pk).update(due_at=timezone.now())
    tombstones.finish(asked.pk)


def test_marks_of_a_class_stay_as_numbers(of):
    before = Attempt.objects.get(pk=of.attempt.pk)

    erase(of.person)

    [attempt] = Attempt.objects.all()
    assert attempt == of.attempt
    assert (attempt.score, attempt.max_score) == (before.score, before.max_score)
    assert attempt.student.erased_at
    assert attempt.hinted == {}
    [response] = Response.objects.all()
    assert (response.points, response.answer) == (1, [])
    assert (response.readable_answer, response.history) == ("", [])
    assert not MarkChange.objects.exists()
    [override] = Override.objects.all()
    assert (override.score, override.reason) == (3, "")


def test_a_school_that_keeps_no_marks_keeps_none(of, settings):
    settings.KEEP_MARKS = False

    erase(of.person)

    for model in (Attempt, Response, MarkChange, Override):
        assert not model.objects.exists()


def test_what_was_not_handed_in_goes(of):
    of.attempt.handed_in_at = None
    of.attempt.save()

    erase(of.person)

    assert not Attempt.objects.exists()


def test_what_was_computed_with_their_words_goes(of):
    erase(of.person)

    assert not ItemReport.objects.exists()


def test_an_accepted_answer_stays_in_the_key_and_nothing_says_whose_it_was(
    client, classroom, teacher, student
):
    question = QuestionFactory(short=True)
    given = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    words = "training more, says Sam"
    [answer] = answered(question, [words], student=student, assignment=given)
    made = disputes.accept(dispute=contest(answer), by=teacher, word="Well seen, Sam.")
    mark_all()
    client.force_login(teacher)
    pages = [reverse("quizzes:disputes"), made.get_absolute_url()]
    before = [client.get(page) for page in pages]

    erase(student)

    assertContains(before[1], words)
    for page in pages:
        assertNotContains(client.get(page), "Sam")
    assert Question.objects.current().get().also_accepted == [[words]]
    assert not Dispute.objects.exists()
    assert not MarkChange.objects.exists()


def test_a_better_key_leaves_the_numbers_of_the_erased_alone(of, teacher):
    erase(of.person)
    Question.objects.filter(pk=of.question.pk).update(retired_at=timezone.now())
    key = Question.objects.get(pk=of.question.pk)
    key.retired_at = None
    key.pk, key.version = None, key.version + 1
    key.body = {
        "choices": [
            {**choice, "right": not choice["right"]}
            for choice in of.question.body["choices"]
        ]
    }
    key.digest = "f" * 64
    key.save()

    made = corrections.correct(key=key, made_by=teacher, reason="The key was wrong.")
    marking_again.mark_again(made)

    assert Response.objects.get().points == 1
    assert marking_again.unfinished() == []


def test_nothing_comes_back_for_the_erased(of):
    Response.objects.update(points=0)
    erase(of.person)

    assert review_again.learn_forgotten() == 0
