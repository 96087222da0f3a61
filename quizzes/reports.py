"""What students have done, for themselves and for the adults beside them."""

from __future__ import annotations

from collections import defaultdict

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
from quizzes.class_status import Overview, overviews_in
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


def lists_of(teacher: User) -> list[tuple[Classroom, list[Overview]]]:
    """The same with where each student stands; constant queries."""
    classrooms = list(classes_of(teacher))
    seats = [(c.pk, seat.person) for c in classrooms for seat in vars(c)["seats"]]
    rows = defaultdict(list)
    for (classroom, _student), overview in zip(seats, overviews_in(seats), strict=True):
        rows[classroom].append(overview)
    return [(classroom, rows[classroom.pk]) for classroom in classrooms]


def family_of(guardian: User) -> QuerySet[User]:
    """The students this person is the verified guardian of, with their work."""
    return with_work(wards_of(guardian)).order_by("display_name", "username")


def row_about(student: User) -> User:
    """Who the lists of teachers and of guardians have a row about, with their work."""
    return with_work(User.objects.filter(pk=student.pk)).get()


def latest_results(student: User, most: int = 20) -> QuerySet[Attempt]:
    return (
        Attempt.objects.made_by(student)
        .handed_in()
        .filter(purpose=Attempt.Purpose.QUIZ)
        .with_lesson()
        .order_by("-handed_in_at")[:most]
    )
