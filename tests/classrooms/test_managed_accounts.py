import pytest
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms.access import accounts_managed_by, may_give_passphrase
from tests.factories import (
    EnrolmentFactory,
    GuardianshipFactory,
    TeacherGrantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(classroom, teacher):
    """Whose account the class has made."""
    child = UserFactory(username="child", managed_by=classroom)
    EnrolmentFactory(classroom=classroom, person=child)
    return child


def givers(child):
    people = User.objects.all()
    return {p for p in people if may_give_passphrase(teacher=p, student=child)}


def test_only_present_teachers_of_the_managing_class_give_a_passphrase(
    child, whole_cast, teacher, co_teacher, guardian
):
    GuardianshipFactory(guardian=guardian, student=child)

    assert givers(child) == {teacher, co_teacher}


def test_a_teacher_of_a_class_that_the_child_merely_joined_gives_none(
    child, teacher, other_teacher
):
    joined = other_teacher.enrolments.get().classroom
    EnrolmentFactory(classroom=joined, person=child)

    assert givers(child) == {teacher}


def test_nobody_gives_a_passphrase_for_an_account_of_the_childs_own(student, teacher):
    assert givers(student) == set()


def test_nobody_gives_one_once_the_class_is_archived(child, classroom):
    classroom.archived_at = timezone.now()
    classroom.save()

    assert givers(child) == set()


def test_a_child_who_has_left_the_class_is_nobodys_until_back(
    child, classroom, teacher
):
    child.enrolments.all().delete()
    assert givers(child) == set()

    EnrolmentFactory(classroom=classroom, person=child)
    assert givers(child) == {teacher}


def become_teacher(child):
    EnrolmentFactory(person=child, teacher=True)


def be_granted(child):
    TeacherGrantFactory(person=child)


def guard_somebody(child):
    GuardianshipFactory(guardian=child)


def join_staff(child):
    User.objects.filter(pk=child.pk).update(is_staff=True)


def rule_everything(child):
    User.objects.filter(pk=child.pk).update(is_superuser=True)


def be_switched_off(child):
    User.objects.filter(pk=child.pk).update(is_active=False)


def be_sealed(child):
    User.objects.filter(pk=child.pk).update(sealed_at=timezone.now())


def be_erased(child):
    User.objects.filter(pk=child.pk).update(erased_at=timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        be_sealed,
        become_teacher,
        be_granted,
        guard_somebody,
        join_staff,
        rule_everything,
        be_switched_off,
        be_erased,
    ],
)
def test_an_account_that_opens_more_than_a_childs_work_cannot_be_taken_over(
    child, change
):
    change(child)

    assert givers(child) == set()


def test_waiting_for_a_word_as_a_guardian_takes_no_help_away(child, teacher):
    GuardianshipFactory(guardian=child, pending=True)

    assert givers(child) == {teacher}


def test_one_who_teaches_the_class_is_counted_once(child, teacher, co_teacher):
    assert list(accounts_managed_by(teacher)) == [child]
