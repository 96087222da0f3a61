import io
import logging
import re

import pytest
from django.urls import reverse
from django.utils.module_loading import import_string

from tendril import logs
from tests.urlconf import routes

# What anybody may read, or what lets nobody in without their account.
HARMLESS = {"attempt_id", "batch_id", "digest", "exchange_id", "export_id"}
HARMLESS |= {"key", "mail_name", "name", "response_id", "slug", "tier"}


def lettered(pattern):
    """The parts of an address that are more than numbers."""
    found = re.findall(r"<(?:(\w+):)?(\w+)>", pattern)
    return {name for converter, name in found if converter != "int"}


def test_every_route_with_a_secret_in_it_is_kept_out_of_logs():
    secret = {
        route.name: f"/{route.pattern.partition('<')[0]}"
        for route in routes()
        if not route.is_admin and lettered(route.pattern) - HARMLESS
    }

    assert secret == logs.SECRETS


@pytest.fixture
def log(settings, monkeypatch):
    """What the site's own configuration of logging writes."""
    [name] = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
    told = dict(settings.LOGGING["formatters"][name])
    stream = logging.StreamHandler(io.StringIO())
    stream.setFormatter(import_string(told.pop("()"))(**told))
    monkeypatch.setattr(logging.getLogger("django"), "handlers", [stream])
    return stream.stream


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("accounts:confirm_email", "Not Found: /account/email/confirm/…"),
        ("accounts:stop_mail", "Not Found: /account/email/stop/…"),
        ("classrooms:join_class", "Not Found: /join/…"),
        ("quizzes:calendar_feed", "Not Found: /calendar/…"),
        ("tutor:mailed", "Not Found: /tutor/consent/…"),
    ],
)
def test_a_secret_in_an_address_is_not_logged(client, student, log, name, kept):
    client.force_login(student)

    assert client.get(reverse(name, args=["SECRET"])).status_code == 404
    # Also where it is not quite an address of ours.
    client.get(f"{logs.SECRETS[name]}SECRET/and-more")

    assert "SECRET" not in log.getvalue()
    assert log.getvalue().count(kept) == 2


@pytest.mark.django_db
def test_what_is_no_secret_is_logged_as_it_is(client, log):
    client.get("/learn/lesson/nothing-here/")

    assert log.getvalue().endswith(
        " WARNING django.request Not Found: /learn/lesson/nothing-here/\n"
    )
