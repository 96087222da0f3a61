from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson


class QuizQuerySet(models.QuerySet["Quiz"]):
    def published(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def practice(self) -> Self:
        """Quizzes that anyone may take and see marked at once."""
        return self.published().practice_ever()

    def practice_ever(self) -> Self:
        """Practice quizzes, those that were taken down since among them."""
        return self.filter(access=Quiz.Access.PRACTICE)

    def closed(self) -> Self:
        return self.filter(access=Quiz.Access.CLOSED)

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
    def is_practice(self) -> bool:
        return self.access == self.Access.PRACTICE and self.retired_at is None

    @property
    def language(self) -> str:
        return self.lesson.language if self.lesson else "en"


class QuestionQuerySet(models.QuerySet["Question"]):
    def open_to_anyone(self) -> Self:
        """What public pages may ask and mark: practice, and checks in the text."""
        is_practice = Q(quiz__access=Quiz.Access.PRACTICE)
        return self.filter(is_practice | Q(in_lesson=True))

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

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    # The name of a module in quizzes.kinds, which reads the body.
    kind = models.CharField(max_length=20)
    stem = models.TextField()
    body = models.JSONField(default=dict)
    hint = models.TextField(blank=True)
    explanation = models.TextField()
    points = models.PositiveSmallIntegerField(default=1)
    in_lesson = models.BooleanField(default=False)
    # Keys of the lesson's passages that settle it.
    passages = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    # Answers accepted after all; a new wording keeps those that fit it.
    also_accepted = models.JSONField(default=list, blank=True)
    # A later version that asks the same, with a better answer key.
    marked_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_versions",
    )
    # Current from then on, until it is retired.
    created_at = models.DateTimeField(default=timezone.now, editable=False)
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

    @property
    def is_open_to_anyone(self) -> bool:
        """As in the query set, for a question with its quiz at hand."""
        return self.in_lesson or self.quiz.access == Quiz.Access.PRACTICE

    def was_current_at(self, moment: dt.datetime) -> bool:
        is_retired = self.retired_at is not None and self.retired_at <= moment
        return self.created_at <= moment and not is_retired

    def name_in(self, quiz_id: int | None) -> str:
        """What tells it from the others of a sitting, which may be of no one quiz."""
        return self.key if quiz_id else f"{self.quiz_id}-{self.key}"

    @property
    def marking_version(self) -> Question:
        """The version whose answer key marks an answer to this one."""
        return self.marked_by or self
