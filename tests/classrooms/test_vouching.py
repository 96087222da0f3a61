import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertNotContains

from tendril.accounts import erasing, guardians, invitations, letters, vouching
from tendril.accounts.models import Guardianship
from tendril.classrooms import leaving, teaching
from tests.factories import (
    GuardianshipFactory,
    InvitationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def managed(student, classroom):
    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    return student


def is_taken_out(teacher, **_):
    teacher.enrolments.all().delete()


def is_closed(teacher, **_):
    teacher.is_active = False
    teacher.save(update_fields=["is_active"])


def changes_school(managed, **_):
    managed.managed_by = None
    managed.save(update_fields=["managed_by"])


ENDS = {
    "the teacher leaves the class": lambda teacher, classroom, **_: teaching.step_down(
        classroom, teacher
    ),
    "the class is archived": lambda classroom, **_: teaching.archive(classroom),
    "the student leaves the class": lambda classroom, managed, **_: leaving.leave(
        classroom, managed
    ),
    "the office takes the teacher out": is_taken_out,
    "the teacher's account is closed": is_closed,
    "the teacher is to be erased": lambda teacher, **_: erasing.ask(
        person=teacher, by=teacher
    ),
    "the class looks after the account no more": changes_school,
}


@pytest.mark.parametrize("kind", [{}, {"by_email": True}], ids=["letter", "mail"])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_what_a_teacher_made_ends_with_their_word(
    classroom, teacher, co_teacher, managed, end, kind
):
    made = InvitationFactory(student=managed, made_by=teacher, **kind)
    adult = UserFactory(adult=True)
    assert invitations.find(code=made.code, person=adult) == made

    end(teacher=teacher, classroom=classroom, managed=managed)

    with pytest.raises(invitations.CodeOver):
        invitations.find(code=made.code, person=adult)
    with pytest.raises(invitations.CodeOver):
        invitations.use(code=made.code, person=adult)
    letters.send_invitation(made.pk)
    assert not Guardianship.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["left", "barred", "unverified"])
def test_what_a_guardian_made_ends_with_their_bond(guardian, student, admin, how):
    bond = Guardianship.objects.get()
    made = InvitationFactory(student=student, made_by=guardian, by_email=True)
    assert vouching.holds(made)

    if how == "left":
        guardians.end(bond, by=guardian)
    elif how == "barred":
        guardians.bar(bond, by=admin)
    else:
        Guardianship.objects.update(verified_at=None)

    assert not vouching.holds(made)


def test_a_guardian_does_not_speak_for_the_school(guardian, student):
    made = InvitationFactory(student=student, made_by=guardian)

    assert not vouching.holds(made)


def test_who_was_linked_by_it_before_stays_linked(teacher, classroom, managed):
    made = InvitationFactory(student=managed, made_by=teacher)
    adult = UserFactory(adult=True)
    bond = invitations.use(code=made.code, person=adult)

    teaching.archive(classroom)

    assert invitations.use(code=made.code, person=adult) == bond
    assert list(Guardianship.objects.verified()) == [bond]


def test_a_code_of_the_child_needs_nobodys_word(student):
    assert vouching.holds(InvitationFactory(student=student, by_child=True))


def test_what_holds_no_more_is_neither_listed_nor_printed_nor_counted(
    client, classroom, teacher, co_teacher, managed
):
    letter = InvitationFactory(student=managed, made_by=co_teacher)
    InvitationFactory.create_batch(
        5, student=managed, made_by=co_teacher, by_email=True
    )
    teaching.step_down(classroom, co_teacher)
    client.force_login(teacher)

    page = client.get(reverse("classrooms:family", args=[managed.pk]))
    printed = client.get(reverse("classrooms:letter", args=[letter.pk]))
    invitations.invite(student=managed, by=teacher, address="a@example.org")

    assert page.context["waiting"] == []
    assertNotContains(printed, letter.shown_code, status_code=404)


def test_the_words_of_many_for_many_children_are_told_apart(
    teacher, managed, classmate, guardian
):
    GuardianshipFactory(guardian=guardian, student=classmate, pending=True)
    mine, of_family, foreign = (
        InvitationFactory(student=student, made_by=maker, by_email=True)
        for student, maker in [
            (managed, teacher),
            (managed, guardian),
            (classmate, guardian),
        ]
    )

    assert vouching.holding([mine, of_family, foreign]) == [mine, of_family]
