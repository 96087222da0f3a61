from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from lessons.models import Lesson
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment
from tutor.models.asking import Exchange


class TeacherQuestionQuerySet(models.QuerySet["TeacherQuestion"]):
    def of(self, student: User) -> Self:
        return self.filter(student=student)

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)

    def published(self) -> Self:
        return self.exclude(published_at=None)

    def readable_by(self, teacher: User) -> Self:
        """Those sent to classes that this person teaches now, of who still sits there."""
        taught = Classroom.objects.open().taught_by(teacher)
        seats = Enrolment.objects.students().filter(
            classroom=OuterRef("classroom"), person=OuterRef("student")
        )
        return self.filter(Exists(seats), classroom__in=taught)


class TeacherQuestion(models.Model):
    """A question about a lesson that a student sends to the teachers of a class."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="teacher_questions",
    )
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="teacher_questions"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="teacher_questions"
    )
    # The question to the tutor that came first; sent once.
    exchange = models.OneToOneField(
        Exchange,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="teacher_question",
    )
    # Without personal details; what stands for them can be longer than they were.
    question = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="teacher_questions_answered",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    # For the whole class, without the name of who asked.
    published_at = models.DateTimeField(null=True, blank=True)

    objects = TeacherQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.lesson}, {self.asked_at:%Y-%m-%d %H:%M}"
