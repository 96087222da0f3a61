import re
from datetime import date

import pytest
from django.db import connection

from tendril.accounts import managed
from tendril.accounts.managed import Child
from tendril.accounts.models import User
from tendril.accounts.names import username_validators
from tests.factories import ClassroomFactory, UserFactory

NAMES = ["Ana", "Jürgen Berg", "D'Arcy", "Łukasz", "Олена", "", "Teacher", "A" * 30]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ana", "ana"),
        ("Ana Maria Berg", "ana"),
        ("Jürgen", "jurgen"),
        ("D'Arcy", "darcy"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Zoë-Marie", "zoemarie"),
        ("Олена", "student"),
        ("7", "student"),
        ("Admin", "student"),
        ("A" * 40, "a" * 20),
    ],
)
def test_a_username_begins_with_the_given_name_in_plain_letters(name, plain):
    assert managed.plain_name(name) == plain


@pytest.mark.django_db
def test_accounts_are_made_in_order_and_opened_by_nobody():
    classroom = ClassroomFactory()
    children = [Child("Ana Berg", date(2015, 3, 1)), Child("Ben")]

    ana, ben = managed.make_accounts(children, classroom_id=classroom.pk)

    assert [ana.display_name, ben.display_name] == ["Ana Berg", "Ben"]
    assert [ana.born_on, ben.born_on] == [date(2015, 3, 1), None]
    assert re.fullmatch(r"ana\d{2}", ana.username)
    assert ana.managed_by == ben.managed_by == classroom
    assert not ana.has_usable_password()


@pytest.mark.django_db
def test_many_of_one_name_get_different_usernames_that_are_allowed():
    UserFactory(username="ana42")

    names = managed.free_usernames(["Ana"] * 150 + NAMES)

    assert len({*names, "ana42"}) == len(names) + 1
    for validate in username_validators:
        for name in names:
            validate(name)


@pytest.mark.django_db
def test_a_name_taken_meanwhile_costs_another_draw():
    tried = []

    def quicker(execute, sql, params, many, context):
        if "INSERT" in sql and "accounts_user" in sql and not tried:
            tried.extend(p for p in params if re.fullmatch(r"ana\d+", str(p)))
            UserFactory(username=tried[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(quicker):
        made = managed.make_accounts([Child("Ana")], classroom_id=None)

    assert len(tried) == 1
    assert User.objects.get() == made[0]


@pytest.mark.django_db
def test_a_name_and_a_month_are_set_and_nothing_else():
    person = UserFactory(username="ana7", born_on=None)

    managed.describe(person, name="Ann", born_on=date(2015, 3, 1))

    person.refresh_from_db()
    assert (person.display_name, person.born_on) == ("Ann", date(2015, 3, 1))
    assert person.username == "ana7"
