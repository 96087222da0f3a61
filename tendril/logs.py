"""Lines of a log, without the secrets that stand in some addresses of the site."""

from __future__ import annotations

import logging
import re
from typing import Any

# By the name of the route: where in its address the secret begins. Whoever reads a
# log must not be able to join a class, read a calendar or confirm an address.
SECRETS = {
    "accounts:confirm_email": "/account/email/confirm/",
    "accounts:stop_mail": "/account/email/stop/",
    "classrooms:join_class": "/join/",
    "quizzes:calendar_feed": "/calendar/",
    "tutor:mailed": "/tutor/consent/",
    "tutor:end_by_mail": "/tutor/consent/",
}
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Where all is logged, they would write down what a student asked.
TALKATIVE = ("openai", "httpx", "httpcore")
SECRET = re.compile(
    rf"({'|'.join(map(re.escape, sorted(set(SECRETS.values()))))})[^\s'\"]+"
)


def logging_settings(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "tendril.logs.Formatter", "fmt": LINE}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"}
        },
        "loggers": {name: {"level": "WARNING"} for name in TALKATIVE},
        "root": {"handlers": ["console"], "level": level},
    }


class Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))
