import factory
from factory.django import DjangoModelFactory

from tendril.classrooms.models import Classroom, Enrolment, Group
from tests.factories.people import UserFactory
from tests.factories.values import now


class ClassroomFactory(DjangoModelFactory):
    class Meta:
        model = Classroom

    name = factory.Sequence(lambda n: f"Class {n}")

    class Params:
        archived = factory.Trait(archived_at=now())


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    person = factory.SubFactory(UserFactory)
    classroom = factory.SubFactory(ClassroomFactory)

    class Params:
        teacher = factory.Trait(
            role=Enrolment.Role.TEACHER,
            person=factory.SubFactory(UserFactory, adult=True),
        )


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    classroom = factory.SubFactory(ClassroomFactory)
    name = factory.Sequence(lambda n: f"Group {n}")
