from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from quizzes.models.content import Quiz
from tendril.accounts.models import User


class ReviewCardQuerySet(models.QuerySet["ReviewCard"]):
    def of(self, student: User) -> Self:
        return self.filter(student=student)


class ReviewCard(models.Model):
    """When a question that was missed once comes back, derived from its answers.

    It belongs to a question through all its versions, so quiz and key name it.
    """

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_cards"
    )
    quiz = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, related_name="review_cards"
    )
    key = models.CharField(max_length=30)
    # Empty while nothing was missed: then it only remembers the help.
    due_at = models.DateTimeField(null=True, blank=True)
    # ISO times at which the tutor helped with it; they are no answers.
    helps = models.JSONField(default=list)

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "quiz", "key"], name="review_card_once_per_question"
            )
        ]
        indexes = [models.Index(fields=["student", "due_at"], name="review_card_due")]

    def __str__(self) -> str:
        return f"{self.student}: {self.quiz} {self.key}"
