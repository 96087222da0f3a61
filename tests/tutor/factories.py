"""Rows of the tutor for tests."""

import factory
from django.utils import timezone

from tests.factories import LessonFactory, UserFactory
from tutor.models import Exchange, Probe
from tutor.purposes import Purpose


class ExchangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exchange

    class Params:
        answered = factory.Trait(
            state=Exchange.State.ANSWERED,
            finished_at=factory.LazyFunction(timezone.now),
        )

    student = factory.SubFactory(UserFactory)
    lesson = factory.SubFactory(LessonFactory)
    question = "Why does bread rise?"
    purpose = Purpose.EMBEDDED
    lesson_digest = factory.SelfAttribute("lesson.digest")


class ProbeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Probe

    purpose = Purpose.EMBEDDED
    passed = True
