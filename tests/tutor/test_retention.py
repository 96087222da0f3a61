from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import GuardianshipFactory
from tests.tutor.factories import ExchangeFactory
from tutor import (
    consent_links,
    notices,
    retention,
    stemmed_line,
    stems,
    wording,
)
from tutor.models import Budget, ConsentLink, TeacherQuestion
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def days(number):
    return NOW - timedelta(days=number)


def test_counts_of_questions_are_kept_for_a_month():
    for age in (0, 29, 32):
        Budget.objects.create(scope="site", day=days(age).date())

    retention.erase_old()

    left = set(Budget.objects.values_list("day", flat=True))
    assert left == {days(0).date(), days(29).date()}


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({}, True),
        ({"expires_at": days(29)}, True),
        ({"expires_at": days(31)}, False),
        ({"expires_at": days(31), "used_at": days(33)}, False),
        ({"expires_at": days(31), "used_at": days(33), "confirms_at": NOW}, True),
        # The second mail ends what it gave for as long as that may hold.
        ({"expires_at": days(300), "confirmed_at": days(300)}, True),
        ({"expires_at": days(390), "confirmed_at": days(396)}, False),
    ],
)
def test_links_are_kept_while_they_can_be_of_use(fields, is_kept):
    bond = GuardianshipFactory()
    consent_links.make(student=bond.student, guardian=bond.guardian)
    ConsentLink.objects.update(**fields)

    retention.erase_old()

    assert ConsentLink.objects.exists() == is_kept


def test_what_a_child_wrote_stands_in_no_name_of_a_row(student, lesson, classroom):
    exchange = ExchangeFactory(student=student, lesson=lesson, question="My secret")
    claim = exchange.claims.create(position=1, sentence="My secret")
    sent = TeacherQuestion.objects.create(
        student=student, classroom=classroom, lesson=lesson, question="My secret"
    )

    for row in (exchange, claim, sent):
        assert "secret" not in str(row)
        assert str(row).startswith("How bread rises, 20")


@pytest.mark.parametrize(
    "cached",
    [stems._stem, wording.stem, stemmed_line._mended, stemmed_line._stems_of],
)
def test_few_words_of_children_are_kept_in_memory(cached):
    assert cached.cache_parameters()["maxsize"] <= 5000


@pytest.mark.parametrize("purpose", Purpose.values)
def test_a_notice_says_when_teachers_get_names_and_words(purpose):
    [who] = [p for p in notices.current(purpose).parts if p.title == "Who sees it"]

    assert "Teachers of your child's class get the name and the words" in str(who)
