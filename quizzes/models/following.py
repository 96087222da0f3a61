from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models.assigning import Assignment
from quizzes.models.content import Question


class Extension(models.Model):
    """Other rules of an assignment for one student."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="extensions"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="extensions"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="extensions_made",
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "student"], name="extension_once_per_student"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.student}"


class Override(models.Model):
    """A teacher's word on one mark. Rows are only added; the newest one holds."""

    class Kind(models.TextChoices):
        SCORE = "score", _("score")
        EXCUSED = "excused", _("excused")
        # Back to what the answers earned.
        NONE = "none", _("as answered")

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="overrides"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="overrides"
    )
    kind = models.CharField(max_length=7, choices=Kind)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    # What counted before, as it was shown.
    before = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="overrides_made",
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="score", score__gte=0)
                | (~Q(kind="score") & Q(score=None)),
                name="override_has_a_score_where_it_sets_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.student}"


class SendBack(models.Model):
    """A teacher asks a student to read the passage again that settles a question."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="sent_back"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="sent_back"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sent_back"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="sent_back_made",
    )
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "question"],
                condition=Q(done_at=None),
                name="send_back_once_until_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.question}"


class ItemReport(models.Model):
    """The analysis of an assignment's questions, computed in the background."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, related_name="item_report"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    # As quizzes.item_analysis writes it.
    content = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.assignment)


class CalendarFeed(models.Model):
    """A secret address under which somebody's calendar reads what is due."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person)


class PaperSheet(models.Model):
    """A student's printed sheet of an assignment, and the sitting typed in from it."""

    class Form(models.TextChoices):
        A = "A", "A"
        B = "B", "B"

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="paper_sheets"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paper_sheets"
    )
    code = models.CharField(max_length=8)
    form = models.CharField(max_length=1, choices=Form)
    # What is printed on it, in the order of form A.
    questions = models.ManyToManyField(Question, related_name="paper_sheets")
    seed = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    attempt = models.OneToOneField(
        "quizzes.Attempt",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="paper_sheet",
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "code"], name="paper_sheet_code_once"
            ),
            models.UniqueConstraint(
                fields=["assignment", "student"],
                condition=Q(attempt=None),
                name="paper_sheet_one_open_per_student",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.student}"
