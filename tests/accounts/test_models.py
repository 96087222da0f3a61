import pytest
from django.db import IntegrityError, transaction

from tendril.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_username_in_capitals_is_lowered_by_whoever_makes_the_account():
    made = [
        User.objects.create_user("Ana", password="kites and wind"),
        User.objects.create_superuser("BEN", password="kites and wind"),
    ]

    assert [person.username for person in made] == ["ana", "ben"]


def test_the_database_refuses_a_username_in_capitals():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(username="Ana")


def test_people_are_called_by_the_name_they_show_or_else_by_their_username():
    named, unnamed = UserFactory(display_name="Ana"), UserFactory(display_name="")

    assert [str(named), str(unnamed)] == ["Ana", unnamed.username]
