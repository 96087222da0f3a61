import pytest
from django.utils import timezone

from quizzes import sending_back
from quizzes.models import SendBack
from tests.factories import (
    AssignmentFactory,
    PassageFactory,
    QuestionFactory,
)
from tests.quizzes.classes import SendBackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(classroom):
    assignment = AssignmentFactory(classroom=classroom)
    passage = PassageFactory(section__lesson=assignment.quiz.lesson)
    return QuestionFactory(quiz=assignment.quiz, passages=[passage.key])


@pytest.fixture
def assignment(question):
    return question.quiz.assignments.get()


@pytest.fixture
def send(assignment, question, teacher):
    def send(*students):
        sending_back.send_back(
            assignment=assignment, question=question, students=students, by=teacher
        )

    return send


def test_a_student_is_sent_to_the_passage(send, question, teacher, student, classmate):
    send(student)

    (errand,) = sending_back.errands_of(student)

    passage = question.quiz.lesson.passages.get()
    assert errand.send_back.made_by == teacher
    assert errand.passage == passage
    assert errand.url == f"{question.quiz.lesson.get_absolute_url()}#{passage.key}"
    assert sending_back.errands_of(classmate) == []


def test_nobody_is_sent_twice_before_it_is_read(send, student, classmate):
    send(student)
    send(student, classmate)

    assert SendBack.objects.filter(student=student).count() == 1
    assert SendBack.objects.filter(student=classmate).count() == 1


def test_what_was_read_is_gone_and_may_be_asked_again(
    send, assignment, question, student
):
    send(student)
    (errand,) = sending_back.errands_of(student)

    sending_back.mark_read(student=student, pks=[errand.send_back.pk])

    assert sending_back.errands_of(student) == []
    sent = sending_back.sent_back(assignment, question, [student])
    assert sent[student.pk].done_at
    send(student)
    assert len(sending_back.errands_of(student)) == 1
    sent = sending_back.sent_back(assignment, question, [student])
    assert sent[student.pk].done_at is None


def test_nobody_reads_for_somebody_else(send, student, classmate):
    send(student)
    (errand,) = sending_back.errands_of(student)

    sending_back.mark_read(student=classmate, pks=[errand.send_back.pk])

    assert sending_back.errands_of(student) == [errand]


def test_reading_twice_keeps_the_first_time(send, student):
    send(student)
    sending_back.mark_read(student=student, pks=[SendBack.objects.get().pk])
    done_at = SendBack.objects.get().done_at

    sending_back.mark_read(student=student, pks=[SendBack.objects.get().pk])

    assert SendBack.objects.get().done_at == done_at


def test_a_lesson_that_is_gone_asks_for_nothing(send, question, student):
    send(student)
    assert sending_back.has_passage(question)
    question.quiz.lesson.retired_at = timezone.now()
    question.quiz.lesson.save()

    assert not sending_back.has_passage(question)
    assert sending_back.errands_of(student) == []


def test_a_question_without_passages_leads_nowhere():
    assert not sending_back.has_passage(QuestionFactory())
    assert not sending_back.has_passage(
        QuestionFactory(quiz__lesson=None, passages=["a"])
    )


@pytest.mark.parametrize("count", [1, 5])
def test_errands_take_two_queries(student, django_assert_num_queries, count):
    for _ in range(count):
        SendBackFactory(student=student, question__passages=["idea-000000"])

    with django_assert_num_queries(2):
        assert len(sending_back.errands_of(student)) == count
