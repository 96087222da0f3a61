"""Rows of classes that few tests need; the rest stands in tests/factories.py."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from factory.fuzzy import FuzzyText

from tendril.classrooms import joining
from tendril.classrooms.models import JoinCode, RosterImport
from tendril.classrooms.rosters import Row
from tests.factories import ClassroomFactory, UserFactory


class JoinCodeFactory(DjangoModelFactory):
    class Meta:
        model = JoinCode

    classroom = factory.SubFactory(ClassroomFactory)
    code = FuzzyText(length=joining.CLASS_CODE_LENGTH, chars=joining.SIGNS)
    made_by = factory.SubFactory(UserFactory, adult=True)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))

    class Params:
        expired = factory.Trait(expires_at=factory.LazyFunction(timezone.now))
        slip = factory.Trait(is_slip=True, name="Noa from row two")
        used = factory.Trait(used_at=factory.LazyFunction(timezone.now))


class RosterImportFactory(DjangoModelFactory):
    class Meta:
        model = RosterImport

    classroom = factory.SubFactory(ClassroomFactory)
    made_by = factory.SubFactory(UserFactory, adult=True)
    rows = factory.LazyFunction(lambda: [Row(1, name="Ana").kept()])
