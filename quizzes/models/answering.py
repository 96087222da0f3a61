from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lessons.models import SyncBatch
from quizzes.models.assigning import Assignment
from quizzes.models.content import Question, Quiz
from tendril.accounts.models import User


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
        """Fetch quiz, lesson and assignment along, without the lesson's text."""
        return self.select_related("quiz__lesson", "assignment__classroom").defer(
            "quiz__lesson__html"
        )

    def with_answered(self) -> Self:
        """Add ``answered``, the number of questions answered so far."""
        return self.annotate(answered=models.Count("responses"))

    def handed_in(self) -> Self:
        return self.standing().filter(handed_in_at__isnull=False)

    def in_practice(self) -> Self:
        """Not for an assignment."""
        return self.filter(assignment=None)


class Attempt(models.Model):
    """One sitting: of a quiz, of a lesson's check questions, or of a review."""

    class Purpose(models.TextChoices):
        QUIZ = "quiz", _("quiz")
        CHECK = "check", _("check questions in the lesson")
        # Questions from before; they count for no quiz's score.
        REVIEW = "review", _("review")

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
    # Empty for a review, whose questions come from many.
    quiz = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    assignment = models.ForeignKey(
        Assignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
    )
    purpose = models.CharField(max_length=6, choices=Purpose, default=Purpose.QUIZ)
    # Taken signed out and merged later; only such a sitting takes more of that.
    is_from_device = models.BooleanField(default=False)
    # Orders the choices; the same seed always gives the same order.
    seed = models.PositiveIntegerField()
    # The versions this sitting asks; no load puts others in their place.
    questions = models.ManyToManyField(Question, related_name="attempts")
    question_count = models.PositiveSmallIntegerField(default=0)
    # The rules in force when it began, as quizzes.rules writes them.
    rules = models.JSONField(default=dict)
    # When a hint was opened, in ISO, by the key of its question.
    hinted = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    # From when on the student may see what was right.
    marks_shown_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    max_score = models.DecimalField(max_digits=6, decimal_places=2, default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "quiz", "purpose"],
                condition=Q(handed_in_at=None, is_from_device=False, assignment=None),
                name="attempt_one_open_per_quiz",
            ),
            models.UniqueConstraint(
                fields=["student", "assignment"],
                condition=Q(handed_in_at=None),
                name="attempt_one_open_per_assignment",
            ),
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(handed_in_at=None, is_from_device=False, quiz=None),
                name="attempt_one_open_review",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_at"],
                condition=Q(handed_in_at=None, ends_at__isnull=False),
                name="attempt_running_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.quiz or self.get_purpose_display()}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:attempt", args=[self.pk])

    @property
    def shows_score(self) -> bool:
        """Whether it is handed in, and the student may see how it went."""
        return bool(self.handed_in_at and self.marks_shown_at)

    @property
    def ran_out(self) -> bool:
        """Whether the time, and not the student, ended it."""
        return bool(
            self.ends_at and self.handed_in_at and self.handed_in_at >= self.ends_at
        )


class ResponseQuerySet(models.QuerySet["Response"]):
    def standing(self) -> Self:
        """Without what came in a batch that was undone."""
        return self.filter(Q(attempt__batch=None) | Q(attempt__batch__undone_at=None))

    def marked(self) -> Self:
        return self.filter(marked_at__isnull=False)

    def shown(self) -> Self:
        """Those whose marks their student may see, and which count."""
        return (
            self.standing()
            .marked()
            .filter(attempt__marks_shown_at__isnull=False, counts=True)
        )

    def of(self, student: User) -> Self:
        return self.filter(attempt__student=student)

    def unerased(self) -> Self:
        """Without those of which only the points are left."""
        return self.filter(attempt__student__erased_at=None)

    def right(self) -> Self:
        return self.filter(points=F("question__points"))

    def open_to_anyone(self) -> Self:
        """Those to questions that public pages may ask and mark."""
        is_practice = Q(question__quiz__access=Quiz.Access.PRACTICE)
        return self.filter(is_practice | Q(question__in_lesson=True))


class Response(models.Model):
    """An answer to one question of a sitting.

    Until it is marked it may change; from then on it stands.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="responses"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="responses"
    )
    # As the question's kind reads it: keys of choices, or texts.
    answer = models.JSONField()
    readable_answer = models.TextField()
    # What stood here before, oldest first: answer, readable, answered_at.
    history = models.JSONField(default=list)
    points = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    marked_at = models.DateTimeField(null=True, blank=True)
    # The version whose answer key gave the points, where not the one that was asked.
    marked_with = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_hint = models.BooleanField(default=False)
    # The tutor had helped with this question shortly before.
    with_help = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    # A late answer counts once a teacher says so, and then in place of the other.
    counts = models.BooleanField(default=True)
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question"],
                condition=Q(is_late=False),
                name="response_once_per_question",
            ),
            models.UniqueConstraint(
                fields=["attempt", "question"],
                condition=Q(is_late=True),
                name="response_late_once_per_question",
            ),
        ]

    def __str__(self) -> str:
        return self.readable_answer

    def get_absolute_url(self) -> str:
        """Where its student finds it."""
        if self.attempt.purpose != Attempt.Purpose.CHECK:
            return self.attempt.get_absolute_url()
        return reverse(
            "quizzes:check", args=[self.question.quiz.slug, self.question.key]
        )
