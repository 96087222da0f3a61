"""What students have done, for themselves and for the adults beside them."""

from __future__ import annotations

from django.db.models import (
    Count,
    IntegerField,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from lessons.models import Progress
from quizzes.models import Attempt
from tendril.accounts.models import User
from tendril.classrooms.access import wards_of
from tendril.classrooms.models import Classroom, Enrolment


def with_work(students: QuerySet[User]) -> QuerySet[User]:
    """Add ``lessons_read``, ``quizzes_taken`` and ``last_read_at`` to each."""
    read = Progress.objects.finished().filter(student=OuterRef("pk"))
    taken = Attempt.objects.handed_in().filter(
        student=OuterRef("pk"), purpose=Attempt.Purpose.QUIZ
    )
    last = Progress.objects.filter(student=OuterRef("pk")).order_by("-last_read_at")
    return students.annotate(
        lessons_read=_count(read),
        quizzes_taken=_count(taken),
        last_read_at=Subquery(last.values("last_read_at")[:1]),
    )


def _count(rows: QuerySet[Model]) -> Coalesce:
    counted = rows.order_by().values("student").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def classes_of(teacher: User) -> QuerySet[Classroom]:
    """Open classrooms with ``seats``: their students, each with their work."""
    seats = (
        Enrolment.objects.students()
        .prefetch_related(Prefetch("person", queryset=with_work(User.objects.all())))
        .order_by("person__display_name", "person__username")
    )
    return (
        Classroom.objects.open()
        .taught_by(teacher)
        .prefetch_related(Prefetch("enrolments", queryset=seats, to_attr="seats"))
    )


def family_of(guardian: User) -> QuerySet[User]:
    """The students this person is the verified guardian of, with their work."""
    return with_work(wards_of(guardian)).order_by("display_name", "username")


def rows_about(student: User) -> tuple[list[tuple[Classroom, list[Enrolment]]], User]:
    """What the lists of teachers and of guardians say about this student."""
    me = with_work(User.objects.filter(pk=student.pk)).get()
    mine = Enrolment.objects.filter(
        person=student, role=Enrolment.Role.STUDENT, classroom__archived_at=None
    )
    seats = mine.select_related("classroom").order_by("classroom__name", "pk")
    lists = []
    for seat in seats:
        seat.person = me
        lists.append((seat.classroom, [seat]))
    return lists, me


def latest_results(student: User, most: int = 20) -> QuerySet[Attempt]:
    return (
        Attempt.objects.made_by(student)
        .handed_in()
        .filter(purpose=Attempt.Purpose.QUIZ)
        .with_lesson()
        .order_by("-handed_in_at")[:most]
    )
