from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tendril.accounts.tasks import clear_expired_sessions


@pytest.mark.django_db
def test_only_expired_sessions_are_cleared():
    for key, days in [("gone", -1), ("here", 1)]:
        expires = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="x", expire_date=expires)

    clear_expired_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["here"]
