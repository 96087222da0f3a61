from __future__ import annotations

from decimal import Decimal
from string import ascii_uppercase
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson, SyncBatch
from tendril.accounts.models import User


class QuizQuerySet(models.QuerySet["Quiz"]):
    def published(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def practice(self) -> Self:
        """Quizzes that anyone may take and see marked at once."""
        return self.published().practice_ever()

    def practice_ever(self) -> Self:
        """Practice quizzes, those that were taken down since among them."""
        return self.filter(access=Quiz.Access.PRACTICE)

    def with_lesson(self) -> Self:
        """Fetch lesson and track along, without the lesson's text."""
        return self.select_related("lesson__track").defer("lesson__html")


class Quiz(models.Model):
    class Access(models.TextChoices):
        PRACTICE = "practice", _("practice")
        CLOSED = "closed", _("closed")

    slug = models.SlugField(max_length=90, unique=True)
    lesson = models.OneToOneField(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="quiz"
    )
    title = models.CharField(max_length=140)
    access = models.CharField(max_length=10, choices=Access, default=Access.PRACTICE)
    # The share of points, 0 to 1, from which the quiz counts as passed.
    pass_share = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("0.70")
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_share__range=(0, 1)), name="quiz_pass_share_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quizzes:quiz", args=[self.slug])

    @property
    def language(self) -> str:
        return self.lesson.language if self.lesson else "en"


class QuestionQuerySet(models.QuerySet["Question"]):
    def current(self) -> Self:
        """The newest versions, without questions that left their quiz."""
        return self.filter(retired_at__isnull=True)

    def at_the_end(self) -> Self:
        return self.filter(in_lesson=False)

    def in_the_text(self) -> Self:
        return self.filter(in_lesson=True)


class Question(models.Model):
    """One version of a question; what was asked once is never asked otherwise.

    Its place and its passages follow the lesson; all else stays as it was.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("choose one")
        MULTIPLE = "multiple", _("choose all that fit")
        TRUE_FALSE = "true_false", _("true or false")

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=Kind)
    stem = models.TextField()
    hint = models.TextField(blank=True)
    explanation = models.TextField()
    points = models.PositiveSmallIntegerField(default=1)
    in_lesson = models.BooleanField(default=False)
    # Keys of the lesson's passages that settle it.
    passages = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "key", "version"], name="question_version_once"
            ),
            models.UniqueConstraint(
                fields=["quiz", "key"],
                condition=Q(retired_at=None),
                name="question_one_current_version",
            ),
        ]

    def __str__(self) -> str:
        return self.stem


class Choice(models.Model):
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="choices"
    )
    # Six hex digits of the text: what an answer is made of, on every device.
    key = models.CharField(max_length=12)
    text = models.TextField()
    is_right = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"], name="choice_key_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def letter(self) -> str:
        """What the choice is called on paper; positions count from 1."""
        return ascii_uppercase[self.position - 1]


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def made_by(self, student: User) -> Self:
        return self.filter(student=student)

    def standing(self) -> Self:
        """Without what came in a batch that was undone."""
        return self.filter(Q(batch=None) | Q(batch__undone_at=None))

    def open(self) -> Self:
        """Those to go on with: not handed in, and begun here, not on a device."""
        return self.standing().filter(handed_in_at__isnull=True, is_from_device=False)

    def with_lesson(self) -> Self:
        """Fetch quiz and lesson along, without the lesson's text."""
        return self.select_related("quiz__lesson").defer("quiz__lesson__html")

    def with_answered(self) -> Self:
        """Add ``answered``, the number of questions answered so far."""
        return self.annotate(answered=models.Count("responses"))

    def handed_in(self) -> Self:
        return self.standing().filter(handed_in_at__isnull=False)


class Attempt(models.Model):
    """One sitting of a quiz, or of the check questions inside its lesson."""

    class Purpose(models.TextChoices):
        QUIZ = "quiz", _("quiz")
        CHECK = "check", _("check questions in the lesson")

    id = models.UUIDField(primary_key=True, editable=False)
    batch = models.ForeignKey(
        SyncBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    purpose = models.CharField(max_length=5, choices=Purpose, default=Purpose.QUIZ)
    # Taken signed out and merged later; only such a sitting takes more of that.
    is_from_device = models.BooleanField(default=False)
    # Orders the choices; the same seed always gives the same order.
    seed = models.PositiveIntegerField()
    # The versions this sitting asks; no load puts others in their place.
    questions = models.ManyToManyField(Question, related_name="attempts")
    # Keys of the questions whose hint was opened.
    hinted = models.JSONField(default=list)
    started_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    max_score = models.DecimalField(max_digits=6, decimal_places=2, default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "quiz", "purpose"],
                condition=Q(handed_in_at=None, is_from_device=False),
                name="attempt_one_open_per_quiz",
            )
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.quiz}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:attempt", args=[self.pk])


class Response(models.Model):
    """One marked answer. The first answer to a question stands."""

    id = models.UUIDField(primary_key=True, editable=False)
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="responses"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="responses"
    )
    # Keys of the choices picked.
    answer = models.JSONField()
    readable_answer = models.TextField()
    points = models.DecimalField(max_digits=5, decimal_places=2)
    with_hint = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question"], name="response_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return self.readable_answer
