import pytest
from django.contrib.auth import authenticate

from tendril import demo_people
from tendril.accounts.models import Guardianship, User
from tendril.classrooms.access import students_taught_by, wards_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    demo_people.make_once()
    return {user.username: user for user in User.objects.all()}


def test_four_people_can_sign_in_with_the_password_shown(people):
    assert demo_people.usernames() == ["student", "teacher", "guardian", "admin"]
    assert set(people) == set(demo_people.usernames())
    for username, user in people.items():
        who = authenticate(None, username=username, password=demo_people.PASSWORD)
        assert who == user


def test_they_are_related_as_in_a_school(people):
    assert list(students_taught_by(people["teacher"])) == [people["student"]]
    assert list(wards_of(people["guardian"])) == [people["student"]]
    assert Guardianship.objects.get().verified_by == people["teacher"]
    assert [name for name, user in people.items() if user.may_teach] == ["teacher"]
    assert [name for name, user in people.items() if user.is_superuser] == ["admin"]
    assert people["student"].enrolments.get().classroom.name == "Demo class"


def test_their_names_and_birthdays_are_valid(people):
    for user in people.values():
        user.full_clean()


def test_they_are_made_once_and_changes_stay(people):
    User.objects.filter(username="student").update(display_name="Robin")
    people["guardian"].delete()

    assert demo_people.make_once() is False

    assert sorted(User.objects.values_list("username", "display_name")) == [
        ("admin", "Office"),
        ("student", "Robin"),
        ("teacher", "Ms Field"),
    ]


def test_they_are_never_made_among_other_people():
    UserFactory(username="head-teacher")

    with pytest.raises(demo_people.PeopleOfItsOwn):
        demo_people.make_once()

    assert User.objects.get().username == "head-teacher"
    assert not demo_people.are_here()
