from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from quizzes.models import (
    Assignment,
    Attempt,
    Override,
    Question,
    Quiz,
    Response,
    ReviewCard,
)
from quizzes.rules import Rules
from tests.factories.classes import ClassroomFactory
from tests.factories.lessons import LessonFactory
from tests.factories.people import UserFactory
from tests.factories.values import after_the_last, new_uuid, now


class QuizFactory(DjangoModelFactory):
    class Meta:
        model = Quiz

    lesson = factory.SubFactory(LessonFactory)
    slug = factory.LazyAttributeSequence(
        lambda quiz, n: f"end-{quiz.lesson.slug}" if quiz.lesson else f"quiz-{n}"
    )
    title = factory.Sequence(lambda n: f"Quiz title {n}")

    class Params:
        closed = factory.Trait(access=Quiz.Access.CLOSED)
        retired = factory.Trait(retired_at=now())


def choices(rights=1, wrongs=2):
    """A body with the choices ``right``, ``right-2`` …, ``wrong``, ``wrong-2`` …."""
    rows = [("right", n) for n in range(1, rights + 1)]
    rows += [("wrong", n) for n in range(1, wrongs + 1)]
    return {
        "choices": [
            {
                "key": word if n == 1 else f"{word}-{n}",
                "text": f"The {word} choice {n}",
                "right": word == "right",
                "why": "" if word == "right" else f"What was mixed up, number {n}.",
            }
            for word, n in rows
        ]
    }


def two_choices(right_key, right_text, wrong_key, wrong_text):
    why = "What was mixed up."
    return {
        "choices": [
            {"key": right_key, "text": right_text, "right": True, "why": ""},
            {"key": wrong_key, "text": wrong_text, "right": False, "why": why},
        ]
    }


TRUE = {
    "is_in_order": True,
    "choices": [
        {"key": "true", "text": "True", "right": True, "why": ""},
        {"key": "false", "text": "False", "right": False, "why": "It is so."},
    ],
}


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    quiz = factory.SubFactory(QuizFactory)
    key = factory.Sequence(lambda n: f"q{n}")
    kind = "single"
    stem = factory.Sequence(lambda n: f"What is asked in question {n}?")
    body = factory.LazyFunction(choices)
    explanation = factory.Sequence(lambda n: f"Why that is right, number {n}.")
    position = after_the_last("quiz", "questions")
    digest = factory.Sequence(lambda n: f"{n:064x}")
    created_at = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)

    class Params:
        multiple = factory.Trait(kind="multiple", body=choices(2, 2))
        true_false = factory.Trait(kind="true_false", body=TRUE)
        short = factory.Trait(
            kind="short",
            body={"answers": ["fine-tuning"], "wrong": [], "forgiving": True},
        )
        in_the_text = factory.Trait(in_lesson=True)
        retired = factory.Trait(retired_at=now())


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    classroom = factory.SubFactory(ClassroomFactory)
    quiz = factory.SubFactory(QuizFactory)
    made_by = factory.SubFactory(UserFactory, adult=True)

    class Params:
        at_end = factory.Trait(feedback=Assignment.Feedback.AT_END)
        by_teacher = factory.Trait(feedback=Assignment.Feedback.RELEASED)
        some = factory.Trait(audience=Assignment.Audience.SOME)


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = Attempt
        skip_postgeneration_save = True

    id = new_uuid()
    student = factory.SubFactory(UserFactory)
    quiz = factory.SubFactory(QuizFactory)
    assignment = None
    seed = 7
    rules = factory.LazyAttribute(lambda row: Rules.of(row.assignment).copy())
    started_at = now()
    marks_shown_at = factory.SelfAttribute("started_at")

    class Params:
        # Its assignment is given, and says what the rules are.
        assigned = factory.Trait(
            quiz=factory.SelfAttribute("assignment.quiz"), marks_shown_at=None
        )
        review = factory.Trait(purpose=Attempt.Purpose.REVIEW, quiz=None)
        check = factory.Trait(purpose=Attempt.Purpose.CHECK)
        handed_in = factory.Trait(handed_in_at=now(), score=1, max_score=1)

    @factory.post_generation
    def questions(attempt, create, questions, **kwargs):  # noqa: N805
        if not create:
            return
        if questions is None:
            questions = attempt.quiz.questions.current().at_the_end()
        attempt.questions.set(questions)
        attempt.question_count = attempt.questions.count()
        attempt.save(update_fields=["question_count"])


class ResponseFactory(DjangoModelFactory):
    class Meta:
        model = Response

    id = new_uuid()
    attempt = factory.SubFactory(AttemptFactory)
    question = factory.SubFactory(
        QuestionFactory, quiz=factory.SelfAttribute("..attempt.quiz")
    )
    answer = factory.LazyFunction(list)
    readable_answer = "Nothing chosen"
    points = 0
    answered_at = now()
    marked_at = factory.SelfAttribute("answered_at")

    class Params:
        draft = factory.Trait(marked_at=None)
        right = factory.Trait(points=1)


class OverrideFactory(DjangoModelFactory):
    class Meta:
        model = Override

    assignment = factory.SubFactory(AssignmentFactory)
    student = factory.SubFactory(UserFactory)
    kind = Override.Kind.SCORE
    score = 1
    reason = "On paper."
    made_by = factory.SubFactory(UserFactory, adult=True)

    class Params:
        excused = factory.Trait(kind=Override.Kind.EXCUSED, score=None)


class ReviewCardFactory(DjangoModelFactory):
    class Meta:
        model = ReviewCard

    student = factory.SubFactory(UserFactory)
    quiz = factory.SubFactory(QuizFactory)
    key = factory.Sequence(lambda n: f"q{n}")
    due_at = now()
