import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from tendril.accounts import erasing
from tendril.classrooms import joining, teaching
from tendril.classrooms.access import accounts_managed_by, may_give_passphrase
from tendril.classrooms.models import Classroom
from tendril.classrooms.roster_export import export
from tendril.classrooms.school_years import start_year
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import EnrolmentFactory, TeacherGrantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(classroom, teacher):
    child = UserFactory(username="cara7", display_name="Cara", managed_by=classroom)
    EnrolmentFactory(classroom=classroom, person=child)
    return child


@pytest.fixture
def new(classroom, teacher, child):
    """The class that follows, with the child in it."""
    return start_year(classroom=classroom, name="5a", by=teacher, takes_students=True)


def looks_after(child):
    child.refresh_from_db()
    return child.managed_by


@pytest.mark.parametrize("is_archived_first", [True, False])
def test_a_year_begun_by_mistake_is_taken_back_with_its_accounts(
    classroom, teacher, child, new, is_archived_first
):
    undo = [lambda: teaching.archive(new), lambda: teaching.bring_back(classroom)]
    for step in undo if is_archived_first else reversed(undo):
        step()

    assert looks_after(child) == classroom
    assert may_give_passphrase(teacher=teacher, student=child)
    assert "2014-05" in export(classroom, teacher=teacher)


def test_an_account_is_never_taken_from_a_class_that_somebody_teaches(
    classroom, child, new
):
    teaching.bring_back(classroom)

    assert looks_after(child) == new


def test_the_class_that_was_brought_back_says_who_looks_after_its_accounts(
    client, classroom, teacher, child, new
):
    client.force_login(teacher)

    address = reverse("classrooms:bring_back", args=[classroom.pk])
    page = client.post(address, follow=True)

    assertContains(page, "5a goes on looking after the accounts of its children")
    passphrases = client.get(reverse("classrooms:passphrases", args=[classroom.pk]))
    assertContains(passphrases, "are looked after by 5a")


def test_a_class_whose_only_teacher_is_to_be_erased_looks_after_nobody(
    classroom, teacher, child, new
):
    other = TeacherGrantFactory().person
    EnrolmentFactory(classroom=classroom, person=other, teacher=True)
    erasing.ask(person=teacher, by=teacher)

    teaching.bring_back(classroom)

    assert list(accounts_managed_by(other)) == [child]


def test_a_child_who_did_not_sit_in_it_stays_where_they_were(classroom, child, new):
    child.enrolments.filter(classroom=classroom).delete()
    teaching.archive(new)

    teaching.bring_back(classroom)

    assert looks_after(child) == new


def test_who_comes_into_the_new_class_later_is_looked_after_by_it(
    classroom, teacher, child
):
    new = start_year(classroom=classroom, name="5a", by=teacher)
    assert looks_after(child) == classroom

    joining.join(person=child, code=JoinCodeFactory(classroom=new))

    assert looks_after(child) == new


def test_a_class_that_the_child_merely_joined_never_looks_after_the_account(
    classroom, child, other_teacher
):
    joined = other_teacher.enrolments.get().classroom
    joining.join(person=child, code=JoinCodeFactory(classroom=joined))
    begun = start_year(
        classroom=joined, name="7b", by=other_teacher, takes_students=True
    )

    teaching.archive(classroom)
    teaching.archive(begun)
    teaching.bring_back(joined)

    assert looks_after(child) == classroom
    assert not accounts_managed_by(other_teacher).exists()


def test_an_account_of_the_childs_own_stays_their_own(classroom, student, teacher):
    start_year(classroom=classroom, name="5a", by=teacher, takes_students=True)

    assert looks_after(student) is None


def test_of_two_classes_that_follow_the_newest_looks_after_it(
    classroom, teacher, child
):
    years = [
        start_year(classroom=classroom, name=name, by=teacher, takes_students=True)
        for name in ("5a", "5b")
    ]
    assert looks_after(child) == years[0]

    teaching.archive(years[0])

    # They are no neighbours of each other: only the class before both is.
    assert looks_after(child) == years[0]
    teaching.bring_back(classroom)
    assert looks_after(child) == classroom
    teaching.archive(classroom)
    assert looks_after(child) == years[1]
    assert Classroom.objects.open().get() == years[1]
