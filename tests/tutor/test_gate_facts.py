from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tendril.accounts import erasing
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    EnrolmentFactory,
    QuizFactory,
)
from tests.tutor.factories import ProbeFactory
from tutor import consent, gate_facts
from tutor.gate import Facts
from tutor.models import Budget, ConsentEvent, FamilySettings, Probe
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

EMBEDDED = frozenset([Purpose.EMBEDDED.value])
OPEN = Facts(
    is_signed_in=True,
    consents=EMBEDDED,
    proven=EMBEDDED,
    has_contact=True,
    has_language=True,
    has_budget=True,
)


def differs(student, lesson, now=None):
    """The facts that are not those of the open gate."""
    facts = gate_facts.read(student, lesson, now)
    return {
        name: value
        for name, value in vars(facts).items()
        if value != getattr(OPEN, name)
    }


def test_of_an_allowed_student_all_of_it_holds(allowed, lesson):
    assert gate_facts.read(allowed, lesson) == OPEN


@pytest.mark.parametrize("classes", [1, 3])
def test_it_takes_one_query(allowed, lesson, classes, django_assert_num_queries):
    for classroom in ClassroomFactory.create_batch(classes):
        EnrolmentFactory(person=allowed, classroom=classroom)
        AssignmentFactory(classroom=classroom)

    with django_assert_num_queries(1):
        gate_facts.read(allowed, lesson)


def test_of_nobody_nothing_is_known(lesson, rf):
    from django.contrib.auth.models import AnonymousUser

    assert gate_facts.read(AnonymousUser(), lesson) == Facts()


def test_who_is_to_be_erased_is_nobody(allowed, lesson):
    erasing.ask(person=allowed, by=allowed)

    assert gate_facts.read(allowed, lesson) == Facts()


def test_a_withdrawn_consent_is_none(allowed, guardian, lesson):
    relationship = ConsentEvent.Relationship.GUARDIAN
    consent.withdraw(student=allowed, by=guardian, relationship=relationship)

    assert differs(allowed, lesson) == {"consents": frozenset()}


def test_nobody_to_tell_is_no_contact(allowed, lesson, settings, contact):
    settings.TUTOR_CONTACT = "somebody-else"
    assert differs(allowed, lesson) == {"has_contact": False}

    settings.TUTOR_CONTACT = contact.username
    contact.is_active = False
    contact.save()
    assert differs(allowed, lesson) == {"has_contact": False}


def test_the_newest_probe_counts_and_only_for_a_while(allowed, lesson):
    later = timezone.now() + timedelta(minutes=16)
    assert differs(allowed, lesson, later) == {"proven": frozenset()}

    ProbeFactory(passed=False, checked_at=timezone.now() + timedelta(seconds=1))
    assert differs(allowed, lesson) == {"proven": frozenset()}

    Probe.objects.all().delete()
    assert differs(allowed, lesson) == {"proven": frozenset()}


def test_site_class_and_family_can_pause_it(allowed, classroom, lesson, settings):
    settings.TUTOR_PAUSED = True
    assert differs(allowed, lesson) == {"is_paused_by_site": True}

    settings.TUTOR_PAUSED = False
    classroom.is_tutor_paused = True
    classroom.save()
    assert differs(allowed, lesson) == {"is_paused_by_class": True}

    classroom.archived_at = timezone.now()
    classroom.save()
    FamilySettings.objects.create(student=allowed, is_paused=True)
    assert differs(allowed, lesson) == {"is_paused_by_family": True}


@pytest.mark.parametrize(
    ("start", "end", "clock", "is_quiet"),
    [
        ("20:00", "07:00", "19:59", False),
        ("20:00", "07:00", "20:00", True),
        ("20:00", "07:00", "06:59", True),
        ("20:00", "07:00", "07:00", False),
        ("13:00", "14:00", "13:30", True),
        ("13:00", "14:00", "14:00", False),
    ],
)
def test_quiet_hours_are_those_of_the_familys_clock(
    allowed, lesson, start, end, clock, is_quiet
):
    FamilySettings.objects.create(
        student=allowed,
        quiet_from=time.fromisoformat(start),
        quiet_until=time.fromisoformat(end),
        time_zone="Asia/Tokyo",
    )
    tokyo = ZoneInfo("Asia/Tokyo")
    today = timezone.now().astimezone(tokyo)
    hour, minute = map(int, clock.split(":"))
    now = today.replace(hour=hour, minute=minute, second=0)
    ProbeFactory(checked_at=now)
    Probe.objects.exclude(checked_at=now).delete()

    found = gate_facts.read(allowed, lesson, now).is_in_quiet_hours

    assert found == is_quiet


def test_work_without_the_tutor_closes_it_until_it_is_handed_in(
    allowed, classroom, lesson
):
    quiz = QuizFactory(lesson=lesson)
    given = AssignmentFactory(classroom=classroom, quiz=quiz, has_tutor=False)
    assert differs(allowed, lesson) == {"is_in_assignment": True}

    AttemptFactory(
        student=allowed, quiz=quiz, assignment=given, handed_in_at=timezone.now()
    )
    assert differs(allowed, lesson) == {}


def test_a_sitting_without_the_tutor_closes_it_in_every_lesson(
    allowed, classroom, lesson
):
    given = AssignmentFactory(classroom=classroom, has_tutor=False)
    assert differs(allowed, lesson) == {}

    AttemptFactory(student=allowed, quiz=given.quiz, assignment=given)
    assert differs(allowed, lesson) == {"is_in_assignment": True}


@pytest.mark.parametrize("how", ["class archived", "left", "window over"])
def test_a_sitting_that_was_left_closes_it_no_longer_than_what_was_given(
    allowed, classroom, lesson, how
):
    given = AssignmentFactory(classroom=classroom, has_tutor=False)
    AttemptFactory(student=allowed, quiz=given.quiz, assignment=given)
    assert differs(allowed, lesson) == {"is_in_assignment": True}

    if how == "class archived":
        classroom.archived_at = timezone.now()
        classroom.save()
    elif how == "left":
        classroom.enrolments.filter(person=allowed).delete()
    else:
        given.opens_at = timezone.now() - timedelta(hours=2)
        given.closes_at = timezone.now() - timedelta(hours=1)
        given.save()

    assert differs(allowed, lesson) == {}


def test_work_with_the_tutor_leaves_it_open(allowed, classroom, lesson):
    AssignmentFactory(classroom=classroom, quiz=QuizFactory(lesson=lesson))

    assert differs(allowed, lesson) == {}


def test_a_language_without_rules_closes_it(allowed, lesson):
    lesson.language = "es"

    assert differs(allowed, lesson) == {"has_language": False}


@pytest.mark.parametrize("scope", ["student", "class", "site"])
def test_what_is_spent_closes_it(allowed, classroom, lesson, settings, scope):
    owner = {"student": allowed.pk, "class": classroom.pk, "site": 0}[scope]
    row = Budget.objects.create(
        scope=scope,
        owner=owner,
        day=timezone.localdate(),
        questions=settings.TUTOR_QUESTIONS_A_DAY[scope],
    )
    assert differs(allowed, lesson) == {"has_budget": False}

    row.day -= timedelta(days=1)
    row.save()
    assert differs(allowed, lesson) == {}


def test_without_a_model_there_is_none(allowed, lesson):
    assert not gate_facts.read(allowed, lesson).has_model


@pytest.mark.parametrize("scope", ["student", "class", "site"])
def test_a_model_is_there_while_there_are_tokens(
    allowed, classroom, lesson, settings, adversary, scope
):
    assert gate_facts.read(allowed, lesson).has_model

    owner = {"student": allowed.pk, "class": classroom.pk, "site": 0}[scope]
    tokens = settings.TUTOR_TOKENS_A_DAY[scope]
    day = timezone.localdate()
    Budget.objects.create(scope=scope, owner=owner, day=day, tokens=tokens)
    assert not gate_facts.read(allowed, lesson).has_model


def test_a_family_can_set_a_smaller_number(allowed, lesson):
    Budget.objects.create(
        scope="student", owner=allowed.pk, day=timezone.localdate(), questions=3
    )
    own = FamilySettings.objects.create(student=allowed, daily_questions=4)
    assert differs(allowed, lesson) == {}

    own.daily_questions = 3
    own.save()
    assert differs(allowed, lesson) == {"has_budget": False}
