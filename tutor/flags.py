"""What an adult must see: exactly one flag for an exchange, to whom the rule names."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tendril.accounts.models import Guardianship, User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.access import guardians_of, students_taught_by, wards_of
from tendril.classrooms.models import Classroom, Enrolment
from tutor.models import Exchange, Flag, FlagQuerySet


def contacts() -> QuerySet[User]:
    """Who at the school is told of danger: the person that the site names."""
    if not settings.TUTOR_CONTACT:
        return User.objects.none()
    return _present().filter(username=settings.TUTOR_CONTACT)


def _present() -> QuerySet[User]:
    return User.objects.filter(unsealed(), is_active=True, erased_at=None)


def told_of_danger(student: User) -> QuerySet[User]:
    """Who is to know now: the contact, or who runs the site if there is none.

    Nobody who is named as a guardian, on whatever word: they may be the danger.
    """
    at_home = Guardianship.objects.filter(student=student).values("guardian")
    named = contacts().exclude(pk__in=at_home)
    if named.exists():
        return named
    return _present().filter(is_staff=True).exclude(pk__in=at_home)


def _dangers_told_to(person: User) -> QuerySet[Flag]:
    """The dangers of all to whom `told_of_danger` names this person."""
    dangers = Flag.objects.dangers()
    away = dangers.exclude(exchange__student__in=_wards_named(person))
    contact = contacts().first()
    if person == contact:
        return away
    if not (person.is_staff and _present().contains(person)):
        return dangers.none()
    if contact is None:
        return away
    return away.filter(exchange__student__in=_wards_named(contact))


def _wards_named(person: User) -> QuerySet[Guardianship, int]:
    return Guardianship.objects.of(person).values_list("student", flat=True)


@transaction.atomic
def raise_flag(exchange: Exchange, kind: str) -> Flag | None:
    """Tell the nearest adult; twice for one exchange it stays one flag.

    Danger goes to the school's contact alone, never to the adults at home.
    All else goes to the guardians, or to the class's teachers if it was asked during
    work of the class. Where there is nobody, nothing is flagged.
    """
    told = list(_nearest(exchange, kind))
    if not told:
        return None
    given = exchange.assignment if kind != Flag.Kind.DANGER else None
    flag, made = Flag.objects.get_or_create(
        exchange=exchange,
        defaults={"kind": kind, "classroom": given.classroom if given else None},
    )
    if made:
        flag.addressees.set(told)
    return flag


def _nearest(exchange: Exchange, kind: str) -> QuerySet[User]:
    if kind == Flag.Kind.DANGER:
        return told_of_danger(exchange.student)
    if exchange.assignment is None:
        return guardians_of(exchange.student)
    classrooms = Classroom.objects.open().filter(pk=exchange.assignment.classroom_id)
    seats = Enrolment.objects.teachers().filter(classroom__in=classrooms)
    return User.objects.filter(pk__in=seats.values("person"))


def readable_by(person: User) -> FlagQuerySet:
    """Those that were for this person, while they still are who they were for.

    A guardian whom the school bars reads none any more, nor does a teacher who has
    left. Danger is for whoever is told of it now, also when the child is to be erased.
    """
    at_home = Q(classroom=None, exchange__student__in=wards_of(person))
    taught = Classroom.objects.open().taught_by(person)
    at_work = Q(classroom__in=taught, exchange__student__in=students_taught_by(person))
    others = Flag.objects.for_person(person).exclude(kind=Flag.Kind.DANGER)
    return Flag.objects.filter(
        Q(pk__in=_dangers_told_to(person).values("pk"))
        | Q(pk__in=others.filter(at_home | at_work).values("pk"))
    )


def told_of(exchange: Exchange) -> str:
    """Who is told, by name, for whoever wrote of danger; nothing if nobody is."""
    if not Flag.objects.dangers().filter(exchange=exchange).exists():
        return ""
    return ", ".join(map(str, told_of_danger(exchange.student).order_by("pk")))


@transaction.atomic
def turn_to_danger(exchange: Exchange) -> None:
    """What our rules have missed: the help page, and one flag, whoever has it now.

    Also where the gate has closed meanwhile: help needs nobody's consent.
    """
    unanswered = [Exchange.State.PENDING, Exchange.State.DROPPED]
    found = Exchange.objects.filter(pk=exchange.pk, state__in=unanswered)
    if found.update(state=Exchange.State.DANGER, finished_at=timezone.now()):
        raise_flag(exchange, Flag.Kind.DANGER)


@transaction.atomic
def see(flag: Flag) -> None:
    new = Flag.objects.filter(pk=flag.pk, state=Flag.State.NEW)
    new.update(state=Flag.State.SEEN, seen_at=timezone.now())


@transaction.atomic
def handle(flag: Flag, *, by: User) -> None:
    """Note that somebody has taken care of it; the first to say so stands."""
    open_one = Flag.objects.open().filter(pk=flag.pk)
    open_one.update(state=Flag.State.HANDLED, handled_by=by, handled_at=timezone.now())


def holds_erasure(student: User) -> bool:
    """While somebody may be in danger, what they wrote is not erased."""
    return Flag.objects.open().dangers().filter(exchange__student=student).exists()
