"""Who may look at whose work."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from tendril.accounts import ages
from tendril.accounts.models import Guardianship, User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.models import Classroom, Enrolment


def students_taught_by(teacher: User) -> QuerySet[User]:
    """Students of the open classrooms in which this person is a teacher."""
    seats = Enrolment.objects.students().filter(
        classroom__in=Classroom.objects.open().taught_by(teacher)
    )
    return User.objects.filter(pk__in=seats.values("person"))


def wards_of(guardian: User) -> QuerySet[User]:
    """Students whom this person is the verified guardian of."""
    bonds = Guardianship.objects.verified().filter(guardian=guardian)
    return User.objects.filter(unsealed(), pk__in=bonds.values("student"))


def in_charge_of(viewer: User) -> QuerySet[User]:
    """Those about whose data this person decides: copies, erasing, calling it off.

    People decide about themselves. So does the verified guardian of a student, and
    a teacher for accounts that a classroom manages: while it is open, both are in
    it, and it is that one, not another class that the student merely joined. Who is
    sealed is among them, or nobody could call it off; no more of them is shown.
    """
    bonds = Guardianship.objects.verified().filter(guardian=viewer)
    return User.objects.filter(
        Q(pk=viewer.pk)
        | Q(pk__in=bonds.values("student"))
        | Q(pk__in=_managed_seats(viewer).values("person"))
    )


def students_visible_to(viewer: User) -> QuerySet[User]:
    """People see their own work, their wards' and that of students they teach.

    A teacher sees a student only while both are in an open classroom; a guardian
    only once the bond is verified. Nobody else sees anything, staff included; and
    nobody sees a student who is to be erased.
    """
    return User.objects.filter(
        Q(pk=viewer.pk)
        | Q(pk__in=students_taught_by(viewer).values("pk"))
        | Q(pk__in=wards_of(viewer).values("pk"))
    )


def students_vouched_for_by(person: User) -> QuerySet[User]:
    """Students of whom this person may say, for the school, who their guardians are.

    Teachers may for accounts that an open classroom of theirs manages, as long as
    both are in it; never for a child who merely joined their class, or any
    teacher could name a guardian for any child. Staff may for everyone.
    """
    children = User.objects.filter(ages.children(), unsealed(), is_active=True)
    if person.is_staff:
        return children.exclude(pk=person.pk)
    return children.filter(pk__in=_managed_seats(person).values("person"))


def family_views_open_to(viewer: User) -> QuerySet[User]:
    """Students of whom the family's views show something: wards, and oneself.

    A student opens the very views that the family has.
    """
    return User.objects.filter(
        Q(pk=viewer.pk) | Q(pk__in=wards_of(viewer).values("pk"))
    )


def teaching_seats_over(student: User) -> QuerySet[Enrolment]:
    """Who sees this student's work as a teacher, and through which classroom."""
    classrooms = Classroom.objects.open().filter(
        enrolments__person=student, enrolments__role=Enrolment.Role.STUDENT
    )
    return (
        Enrolment.objects.filter(classroom__in=classrooms, role=Enrolment.Role.TEACHER)
        .select_related("person", "classroom")
        .order_by("classroom__name", "person__username")
    )


def guardians_of(student: User) -> QuerySet[User]:
    """Verified guardians, who see this student's work."""
    bonds = Guardianship.objects.verified().filter(student=student)
    return User.objects.filter(pk__in=bonds.values("guardian")).order_by("username")


def accounts_made_by(classroom: Classroom) -> QuerySet[User]:
    """Children's accounts that a class has made, whether or not they sit in it now."""
    return _opening_no_more_than_a_childs().filter(managed_by=classroom)


def accounts_managed_by(teacher: User) -> QuerySet[User]:
    """Children whose accounts this person looks after, and may give a passphrase.

    Whoever sets a passphrase can be that child, everywhere on the site. So only
    those may who teach, now, the open classroom that made the account, while the
    child sits in it: not the teacher of a class that the child merely joined, not
    one who has left or whose class is archived, not a guardian, not staff on this
    way. Who leaves the class is theirs no more, until they are in it again. When
    an account goes to the class of another school year, ``looking_after`` says.

    And nobody may once an account opens more than a child's own work: a teacher's,
    a verified guardian's or one of the staff could be taken over by it.
    """
    seats = _managed_seats(teacher)
    return _opening_no_more_than_a_childs().filter(pk__in=seats.values("person"))


def _managed_seats(teacher: User) -> QuerySet[Enrolment]:
    """Seats in the open classes that this person teaches, which made the account."""
    return Enrolment.objects.filter(
        classroom__in=Classroom.objects.open().taught_by(teacher),
        classroom=F("person__managed_by"),
        role=Enrolment.Role.STUDENT,
    )


def _opening_no_more_than_a_childs() -> QuerySet[User]:
    guarding = Guardianship.objects.verified()
    teaching = Enrolment.objects.teachers()
    return User.objects.filter(
        unsealed(),
        is_active=True,
        is_staff=False,
        is_superuser=False,
        erased_at=None,
        teacher_grant=None,
    ).exclude(
        Q(pk__in=teaching.values("person")) | Q(pk__in=guarding.values("guardian"))
    )


def may_give_passphrase(*, teacher: User, student: User) -> bool:
    return accounts_managed_by(teacher).filter(pk=student.pk).exists()
