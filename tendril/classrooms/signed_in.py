"""Who is signed in, and whether they teach, which the head of every page says."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from tendril.accounts.models import TeacherGrant, User
from tendril.classrooms.models import Enrolment


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """The person, with ``teaches``: asked for apart, it would cost every page."""
        granted = TeacherGrant.objects.filter(person=OuterRef("pk"))
        seats = Enrolment.objects.teachers().filter(classroom__archived_at=None)
        seated = seats.filter(person=OuterRef("pk"))
        people = User.objects.annotate(teaches=Exists(granted) | Exists(seated))
        person = people.filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
