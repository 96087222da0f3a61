"""A class that has handed an assignment in, for tests about what it tells."""

from datetime import UTC, datetime, timedelta

import factory

from quizzes.marking import points_of, readable
from quizzes.models import SendBack
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    QuestionFactory,
    ResponseFactory,
    UserFactory,
)

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)


class SendBackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SendBack

    assignment = factory.SubFactory(AssignmentFactory)
    question = factory.SubFactory(
        QuestionFactory, quiz=factory.SelfAttribute("..assignment.quiz")
    )
    student = factory.SubFactory(UserFactory)
    made_by = factory.SelfAttribute("assignment.made_by")


def enrolled(classroom, count):
    seats = EnrolmentFactory.create_batch(count, classroom=classroom)
    return [seat.person for seat in seats]


def hand_in(assignment, student, answers, *, day=0, asked=None):
    """One sitting; ``answers`` by question, None for one left open."""
    asked = asked or list(answers)
    given = {q: answer for q, answer in answers.items() if answer is not None}
    marks = {q: points_of(q, answer) for q, answer in given.items()}
    attempt = AttemptFactory(
        assigned=True,
        assignment=assignment,
        student=student,
        questions=asked,
        started_at=BEGAN + timedelta(days=day),
        handed_in_at=BEGAN + timedelta(days=day, minutes=10),
        score=sum(marks.values()),
        max_score=sum(q.points for q in asked),
    )
    for question, answer in given.items():
        ResponseFactory(
            attempt=attempt,
            question=question,
            answer=answer,
            readable_answer=readable(question, answer),
            points=marks[question],
        )
    return attempt


def hand_in_marks(assignment, questions, rows):
    """A sitting of somebody new for each row, in which 1 is right and 0 is wrong."""
    students = enrolled(assignment.classroom, len(rows))
    return [
        hand_in(
            assignment,
            student,
            {
                question: ["right" if mark == "1" else "wrong"]
                for question, mark in zip(questions, row, strict=True)
            },
        )
        for student, row in zip(students, rows, strict=True)
    ]
