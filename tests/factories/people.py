from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory, Password

from tendril.accounts.models import Guardianship, Invitation, TeacherGrant, User
from tests.factories.values import now

PASSWORD = "a-password-for-tests"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    born_on = date(2014, 5, 1)
    password = Password(PASSWORD)

    class Params:
        adult = factory.Trait(born_on=date(1985, 5, 1))
        with_address = factory.Trait(
            adult=True,
            email=factory.LazyAttribute(
                lambda person: f"{person.username}@home.example"
            ),
            email_confirmed_at=now(),
        )
        admin = factory.Trait(adult=True, is_staff=True, is_superuser=True)


class TeacherGrantFactory(DjangoModelFactory):
    class Meta:
        model = TeacherGrant

    person = factory.SubFactory(UserFactory, adult=True)
    granted_by = factory.SubFactory(UserFactory, admin=True)


class GuardianshipFactory(DjangoModelFactory):
    class Meta:
        model = Guardianship

    guardian = factory.SubFactory(UserFactory, adult=True)
    student = factory.SubFactory(UserFactory)
    verified_at = now()

    class Params:
        pending = factory.Trait(verified_at=None)
        barred = factory.Trait(barred_at=now())


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    kind = Invitation.Kind.SCHOOL
    student = factory.SubFactory(UserFactory)
    code = factory.Sequence(lambda n: f"CODE{n:06}")
    made_by = factory.SubFactory(UserFactory, admin=True)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))

    class Params:
        by_email = factory.Trait(
            kind=Invitation.Kind.EMAIL, email="grandma@example.org"
        )
        by_child = factory.Trait(
            kind=Invitation.Kind.CHILD, made_by=factory.SelfAttribute("student")
        )
        expired = factory.Trait(expires_at=now())
        taken_back = factory.Trait(taken_back_at=now())
        used = factory.Trait(used_at=now())
