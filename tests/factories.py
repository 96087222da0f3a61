"""One factory per model: the least that is valid, and traits for situations."""

import uuid
from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory, Password

from lessons.models import (
    Catalogue,
    Lesson,
    MistakeReport,
    Passage,
    Picture,
    Progress,
    ProgressEvent,
    Section,
    SyncBatch,
    Term,
    Tier,
    Track,
)
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
from tendril.accounts.models import Guardianship, Invitation, TeacherGrant, User
from tendril.classrooms.models import Classroom, Enrolment, Group

PASSWORD = "a-password-for-tests"


def _now():
    return factory.LazyFunction(timezone.now)


def _uuid():
    return factory.LazyFunction(uuid.uuid4)


def _after_the_last(parent, rows):
    """The next position among what the parent has already."""
    return factory.LazyAttribute(
        lambda row: getattr(getattr(row, parent), rows).count() + 1
    )


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    born_on = date(2014, 5, 1)
    password = Password(PASSWORD)

    class Params:
        adult = factory.Trait(born_on=date(1985, 5, 1))
        admin = factory.Trait(adult=True, is_staff=True, is_superuser=True)


class TeacherGrantFactory(DjangoModelFactory):
    class Meta:
        model = TeacherGrant

    person = factory.SubFactory(UserFactory, adult=True)
    granted_by = factory.SubFactory(UserFactory, admin=True)


class GuardianshipFactory(DjangoModelFactory):
    class Meta:
        model = Guardianship

    guardian = factory.SubFactory(UserFactory, adult=True)
    student = factory.SubFactory(UserFactory)
    verified_at = _now()

    class Params:
        pending = factory.Trait(verified_at=None)
        barred = factory.Trait(barred_at=_now())


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    kind = Invitation.Kind.SCHOOL
    student = factory.SubFactory(UserFactory)
    code = factory.Sequence(lambda n: f"CODE{n:06}")
    made_by = factory.SubFactory(UserFactory, adult=True)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))

    class Params:
        by_email = factory.Trait(
            kind=Invitation.Kind.EMAIL, email="grandma@example.org"
        )
        by_child = factory.Trait(
            kind=Invitation.Kind.CHILD, made_by=factory.SelfAttribute("student")
        )
        expired = factory.Trait(expires_at=_now())
        used = factory.Trait(used_at=_now())


class ClassroomFactory(DjangoModelFactory):
    class Meta:
        model = Classroom

    name = factory.Sequence(lambda n: f"Class {n}")

    class Params:
        archived = factory.Trait(archived_at=_now())


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    person = factory.SubFactory(UserFactory)
    classroom = factory.SubFactory(ClassroomFactory)

    class Params:
        teacher = factory.Trait(
            role=Enrolment.Role.TEACHER,
            person=factory.SubFactory(UserFactory, adult=True),
        )


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    classroom = factory.SubFactory(ClassroomFactory)
    name = factory.Sequence(lambda n: f"Group {n}")


class CatalogueFactory(DjangoModelFactory):
    class Meta:
        model = Catalogue

    id = 1
    version = factory.Sequence(lambda n: f"version-{n}")


class TrackFactory(DjangoModelFactory):
    class Meta:
        model = Track

    slug = factory.Sequence(lambda n: f"track-{n}")
    title = factory.Sequence(lambda n: f"Track {n}")
    summary = "What this track is about."
    position = factory.Sequence(lambda n: n + 1)


class LessonFactory(DjangoModelFactory):
    class Meta:
        model = Lesson

    slug = factory.Sequence(lambda n: f"lesson-{n}")
    number = factory.Sequence(lambda n: n + 1)
    tier = Tier.BUILDERS
    track = factory.SubFactory(TrackFactory)
    title = factory.Sequence(lambda n: f"Lesson title {n}")
    summary = factory.Sequence(lambda n: f"What lesson {n} is about.")
    minutes = 5
    reviewed_on = date(2026, 11, 1)
    html = "<p>The text of the lesson.</p>"
    digest = factory.Sequence(lambda n: f"{n:064x}")

    class Params:
        explorers = factory.Trait(tier=Tier.EXPLORERS)
        creators = factory.Trait(tier=Tier.CREATORS)
        retired = factory.Trait(retired_at=_now())


class PictureFactory(DjangoModelFactory):
    class Meta:
        model = Picture

    lesson = factory.SubFactory(LessonFactory)
    name = factory.Sequence(lambda n: f"picture-{n}.svg")
    digest = "0123456789ab"
    content_type = "image/svg+xml"
    content = b"<svg></svg>"


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    lesson = factory.SubFactory(LessonFactory)
    key = factory.Sequence(lambda n: f"section-{n}")
    kind = "idea"
    title = factory.Sequence(lambda n: f"Section title {n}")
    position = _after_the_last("lesson", "sections")


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = Passage

    section = factory.SubFactory(SectionFactory)
    lesson = factory.SelfAttribute("section.lesson")
    key = factory.Sequence(lambda n: f"section-{n:06x}")
    text = factory.Sequence(lambda n: f"Sentence {n} of the lesson.")
    position = _after_the_last("lesson", "passages")


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    slug = factory.Sequence(lambda n: f"term-{n}")
    tier = Tier.BUILDERS
    name = factory.Sequence(lambda n: f"term {n}")
    definition = factory.Sequence(lambda n: f"What term {n} means.")


class SyncBatchFactory(DjangoModelFactory):
    class Meta:
        model = SyncBatch

    id = _uuid()
    student = factory.SubFactory(UserFactory)

    class Params:
        undone = factory.Trait(undone_at=_now())


class ProgressEventFactory(DjangoModelFactory):
    class Meta:
        model = ProgressEvent

    id = _uuid()
    student = factory.SubFactory(UserFactory)
    lesson = factory.SubFactory(LessonFactory)
    kind = ProgressEvent.Kind.OPENED
    happened_at = _now()

    class Params:
        finished = factory.Trait(kind=ProgressEvent.Kind.FINISHED)


class ProgressFactory(DjangoModelFactory):
    class Meta:
        model = Progress

    student = factory.SubFactory(UserFactory)
    lesson = factory.SubFactory(LessonFactory)
    opened_at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    last_read_at = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)

    class Params:
        finished = factory.Trait(finished_at=factory.SelfAttribute("last_read_at"))


class MistakeReportFactory(DjangoModelFactory):
    class Meta:
        model = MistakeReport

    lesson = factory.SubFactory(LessonFactory)
    text = factory.Sequence(lambda n: f"Mistake {n} in the lesson.")


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
        retired = factory.Trait(retired_at=_now())


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
    position = _after_the_last("quiz", "questions")
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
        retired = factory.Trait(retired_at=_now())


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

    id = _uuid()
    student = factory.SubFactory(UserFactory)
    quiz = factory.SubFactory(QuizFactory)
    assignment = None
    seed = 7
    rules = factory.LazyAttribute(lambda row: Rules.of(row.assignment).copy())
    started_at = _now()
    marks_shown_at = factory.SelfAttribute("started_at")

    class Params:
        # Its assignment is given, and says what the rules are.
        assigned = factory.Trait(
            quiz=factory.SelfAttribute("assignment.quiz"), marks_shown_at=None
        )
        review = factory.Trait(purpose=Attempt.Purpose.REVIEW, quiz=None)
        check = factory.Trait(purpose=Attempt.Purpose.CHECK)
        handed_in = factory.Trait(handed_in_at=_now(), score=1, max_score=1)

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

    id = _uuid()
    attempt = factory.SubFactory(AttemptFactory)
    question = factory.SubFactory(
        QuestionFactory, quiz=factory.SelfAttribute("..attempt.quiz")
    )
    answer = factory.LazyFunction(list)
    readable_answer = "Nothing chosen"
    points = 0
    answered_at = _now()
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
    due_at = _now()
