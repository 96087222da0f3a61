from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson
from quizzes.models.content import Quiz
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment, Group


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def given_to(self, student: User) -> Self:
        """Those meant for this person in the classrooms where they learn now."""
        return self.filter(_is_given_to(student), classroom__archived_at=None)

    def seen_by(self, person: User) -> Self:
        """Those given to this person, once they open, or to a classroom they teach."""
        is_given = Q(_is_given_to(person), opens_at__lte=timezone.now())
        return self.filter(
            is_given | Exists(_seats(person, Enrolment.Role.TEACHER)),
            classroom__archived_at=None,
        )

    def with_content(self) -> Self:
        """Fetch classroom, quiz and lessons along, without the lessons' text.

        Their titles then tell apart what the class was given under the same name.
        """
        along = self.select_related("classroom", "quiz__lesson", "lesson")
        return along.defer("quiz__lesson__html", "lesson__html").annotate(
            namesakes=_given_before_by_the_same_name()
        )

    def open(self) -> Self:
        now = timezone.now()
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=now), opens_at__lte=now)

    def open_to(
        self,
        student: User,
        now: dt.datetime | None = None,
        *,
        since: dt.timedelta = dt.timedelta(),
    ) -> Self:
        """Those open now, or within that time; for this student perhaps for longer."""
        now = now or timezone.now()
        then = now - since
        is_later = Q(extensions__closes_at__gt=then) | Q(extensions__due_at__gt=then)
        longer = Assignment.objects.filter(is_later, extensions__student=student)
        is_open = Q(closes_at=None) | Q(closes_at__gt=then) | Q(pk__in=longer)
        return self.filter(is_open, opens_at__lte=now)

    def taught_by(self, teacher: User) -> Self:
        return self.filter(
            classroom__archived_at=None,
            classroom__enrolments__person=teacher,
            classroom__enrolments__role=Enrolment.Role.TEACHER,
        )


def _seats(person: User, role: Enrolment.Role) -> models.QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        classroom=OuterRef("classroom"), person=person, role=role
    )


def _given_before_by_the_same_name() -> Coalesce:
    name = Coalesce("quiz__title", "lesson__title")
    asked = Coalesce(OuterRef("quiz__title"), OuterRef("lesson__title"))
    same = Assignment.objects.annotate(name=name).filter(
        classroom=OuterRef("classroom"), name=asked, pk__lt=OuterRef("pk")
    )
    counted = same.order_by().values("classroom").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def _is_given_to(student: User) -> Q:
    """Whether they learn in its classroom, and it is for all or names them."""
    seats = _seats(student, Enrolment.Role.STUDENT)
    in_group = seats.filter(groups__assignments=OuterRef("pk"))
    named = Assignment.students.through.objects.filter(
        assignment=OuterRef("pk"), user=student
    )
    is_meant = Q(audience=Assignment.Audience.CLASS) | Exists(in_group) | Exists(named)
    return Q(Exists(seats)) & is_meant


class Assignment(models.Model):
    """A quiz, a lesson or both given to a class or some of it, and its rules."""

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("after each answer")
        AT_END = "at_end", _("after handing in")
        RELEASED = "released", _("when the teacher says")

    class Audience(models.TextChoices):
        CLASS = "class", _("the whole class, and whoever joins later")
        SOME = "some", _("groups or single students")

    classroom = models.ForeignKey(
        Classroom, on_delete=models.PROTECT, related_name="assignments"
    )
    quiz = models.ForeignKey(
        Quiz,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    # To be read; with or without a quiz.
    lesson = models.ForeignKey(
        Lesson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    # Only these questions of the quiz, by their keys; empty for all of them.
    question_keys = models.JSONField(default=list, blank=True)
    audience = models.CharField(max_length=5, choices=Audience, default=Audience.CLASS)
    groups = models.ManyToManyField(Group, related_name="assignments", blank=True)
    students = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="assignments_given", blank=True
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments_made",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    opens_at = models.DateTimeField(default=timezone.now)
    # What is done after it still counts, and is told to be late.
    due_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # Empty: as many as one likes.
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    feedback = models.CharField(
        max_length=10, choices=Feedback, default=Feedback.AT_ONCE
    )
    is_shuffled = models.BooleanField(_("questions in another order"), default=False)
    has_hints = models.BooleanField(_("hints may be opened"), default=True)
    # Empty: no limit of time.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether the tutor may be asked about its lesson while it is open.
    has_tutor = models.BooleanField(_("the tutor may be asked"), default=True)
    released_at = models.DateTimeField(null=True, blank=True)
    # How many of this name its class was given before; `with_content` counts them.
    namesakes = 0

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempts_allowed=None) | Q(attempts_allowed__gt=0),
                name="assignment_allows_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gt=0),
                name="assignment_gives_some_time",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="assignment_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None)
                | (
                    Q(due_at__gt=models.F("opens_at"))
                    & (Q(closes_at=None) | Q(due_at__lte=models.F("closes_at")))
                ),
                name="assignment_is_due_while_it_is_open",
            ),
            models.CheckConstraint(
                condition=Q(quiz__isnull=False) | Q(lesson__isnull=False),
                name="assignment_gives_something_to_do",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.classroom}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:assignment", args=[self.pk])

    @property
    def title(self) -> str:
        """The oldest keeps the bare name, whatever is given later."""
        name = str(self.quiz or self.lesson)
        return f"{name} #{self.namesakes + 1}" if self.namesakes else name

    @property
    def about(self) -> Lesson | None:
        """The lesson to read, or that its quiz belongs to."""
        return self.lesson or (self.quiz.lesson if self.quiz else None)

    @property
    def marks_at_once(self) -> bool:
        return self.feedback == self.Feedback.AT_ONCE

    @property
    def marks_at_end(self) -> bool:
        return self.feedback == self.Feedback.AT_END

    @property
    def marks_when_released(self) -> bool:
        return self.feedback == self.Feedback.RELEASED

    @property
    def holds_marks_back(self) -> bool:
        return self.marks_when_released and self.released_at is None

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_past_due(self) -> bool:
        return self.due_at is not None and self.due_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)
