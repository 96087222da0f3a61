"""Lines of a log, without the secrets that stand in some addresses of the site."""

from __future__ import annotations

import logging
import re

# By the name of the route: where in its address the secret begins. Whoever reads a
# log must not be able to join a class, read a calendar or confirm an address.
SECRETS = {
    "accounts:confirm_email": "/account/email/confirm/",
    "accounts:stop_mail": "/account/email/stop/",
    "classrooms:join_class": "/join/",
    "quizzes:calendar_feed": "/calendar/",
}
SECRET = re.compile(rf"({'|'.join(map(re.escape, SECRETS.values()))})[^\s'\"]+")


class Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))
