from datetime import date

import pytest
from django.utils import timezone

from tendril.accounts.ages import adults, children, is_adult
from tendril.accounts.models import User
from tests.factories import UserFactory


def years_ago(years, months=0):
    today = timezone.localdate()
    return date(today.year - years - (today.month <= months), 1, 1).replace(
        month=(today.month - 1 - months) % 12 + 1
    )


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (None, False),
        (years_ago(17), False),
        # Only the month is known: the day may be still to come.
        (years_ago(18), False),
        (years_ago(18, months=1), True),
        (date(1950, 1, 1), True),
    ],
    ids=["not said", "17", "18 this month", "18 last month", "old"],
)
@pytest.mark.django_db
def test_who_is_an_adult_in_python_is_one_in_the_database(born_on, expected):
    person = UserFactory(born_on=born_on)

    assert is_adult(born_on) is expected
    assert User.objects.filter(adults(), pk=person.pk).exists() is expected
    assert User.objects.filter(children(), pk=person.pk).exists() is not expected
