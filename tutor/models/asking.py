from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson
from quizzes.models import Assignment
from tendril.accounts.models import User
from tutor.purposes import Purpose


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def of(self, student: User) -> Self:
        return self.filter(student=student)

    def pending(self) -> Self:
        return self.filter(state=Exchange.State.PENDING)

    def shown_to_adults(self) -> Self:
        """Without those that only their addressee may know of."""
        return self.exclude(state=Exchange.State.DANGER)


class Exchange(models.Model):
    """One question of a student to the tutor, with its answer."""

    class State(models.TextChoices):
        PENDING = "pending", _("being answered")
        ANSWERED = "answered", _("answered")
        NOTHING = "nothing", _("the lesson does not say")
        # A question of a quiz that is open: the section, not the sentence.
        POINTED = "pointed", _("pointed to a section")
        DECLINED = "declined", _("not a question for the tutor")
        DANGER = "danger", _("help page")
        # The gate closed while it was being answered.
        DROPPED = "dropped", _("not answered")

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        # What may follow an answer, within the same rules.
        SIMPLER = "simpler", _("simpler")
        EXAMPLE = "example", _("an example")
        QUIZ = "quiz", _("quiz me on this")

    class Source(models.TextChoices):
        EXTRACT = "extract", _("sentences of the lesson")
        MODEL = "model", _("an outside model")
        CACHE = "cache", _("an answer given before")

    # Made with the form, so that a second click asks nothing twice.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exchanges"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="exchanges"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUESTION)
    follows = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
    )
    # Key of the passage that was marked when it was asked.
    about = models.CharField(max_length=120, blank=True)
    # Work of the class during which it was asked.
    assignment = models.ForeignKey(
        Assignment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="exchanges",
    )
    # Without personal details; what stands for them can be longer than they were.
    question = models.TextField(blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    source = models.CharField(max_length=7, choices=Source, blank=True)
    # Of the lesson as it was when the question was asked.
    lesson_digest = models.CharField(max_length=64)
    # Passages nearest to the question, where nothing was answered.
    nearest = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    # Taken by a worker, until when no other one takes it.
    taken_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    # By the student, to whom the answer seemed wrong or unkind.
    reported_at = models.DateTimeField(null=True, blank=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["student", "lesson"], name="exchange_by_student_lesson"
            ),
            models.Index(
                fields=["asked_at"],
                condition=Q(state="pending"),
                name="exchange_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}, {self.asked_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("tutor:exchange", args=[self.pk])

    @property
    def is_danger(self) -> bool:
        return self.state == self.State.DANGER

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING


class Claim(models.Model):
    """One sentence of an answer, with the passages of the lesson it rests on."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="claims"
    )
    position = models.PositiveSmallIntegerField()
    sentence = models.TextField()
    # Keys of the passages; their words stand in the lesson.
    passages = models.JSONField(default=list)
    # The lesson's own words, and not a sentence about them.
    is_quotation = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "position"], name="claim_position_once_per_exchange"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exchange}, {self.position}"


class Receipt(models.Model):
    """The exact text that was sent to a provider for one exchange."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="receipts"
    )
    provider = models.CharField(max_length=120)
    # What for: the answer, moderation, the second look at a claim.
    use = models.CharField(max_length=12)
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)
    kept_until = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.provider}, {self.sent_at:%Y-%m-%d %H:%M}"


class CachedAnswer(models.Model):
    """Proven claims that may be shown to the next who asks the same.

    The key is a hash of all that an answer depends on, and of no person.
    """

    key = models.CharField(max_length=64, primary_key=True)
    # Of each claim its sentence, its quote, the keys of its passages, and whether
    # it is a quotation.
    claims = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
