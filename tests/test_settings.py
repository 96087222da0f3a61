import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from pytest_socket import SocketConnectBlockedError

from tests import run


def test_nothing_leaves_this_machine():
    with (
        pytest.warns(UserWarning, match=r"192\.0\.2\.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def check(**environment):
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def test_without_a_secret_key_nothing_starts():
    done = check(TENDRIL_DATA="/nowhere")

    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is not set. Give it a long random value")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "perhaps", "DEBUG must be true or false."),
        ("SITE_URL", "lessons.example", "SITE_URL must look like https://lessons"),
        ("DATABASE_URL", "pg-secret", "DATABASE_URL must look like postgresql://"),
        ("DATABASE_URL", "mysql://u:secret@h/n", "DATABASE_URL must look like"),
        ("REDIS_URL", "secret", "REDIS_URL must look like redis://"),
        ("TENDRIL_LLM_BASE_URL", "secret", "TENDRIL_LLM_BASE_URL must look like"),
        ("TUTOR_TOKENS_OF_THE_SITE", "-1", "TUTOR_TOKENS_OF_THE_SITE must be a"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR."),
        ("BEHIND_PROXY", "maybe", "BEHIND_PROXY must be true or false."),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_in_one_line(name, value, said):
    done = check(**{"SECRET_KEY": "any", "TENDRIL_DATA": "/nowhere", name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr


def test_a_pool_of_no_size_is_named_too():
    done = check(
        SECRET_KEY="any", DATABASE_URL="postgresql://u:p@h/n", DATABASE_POOL="ten"
    )

    assert done.stderr == "DATABASE_POOL must be a whole number from 1.\n"


def test_without_settings_of_its_own_there_is_no_outside_model():
    assert (settings.TENDRIL_LLM_BASE_URL, settings.TENDRIL_LLM_MODEL) == ("", "")
    assert settings.OPENAI_API_KEY == settings.TENDRIL_LLM_PROVIDER == ""


def test_a_run_of_the_tests_knows_no_model_that_a_developer_has_set():
    source = (settings.BASE_DIR / "tendril" / "settings.py").read_text()
    named = re.findall(r'env\.(?:word|model)\(\s*"(\w+)"', source)

    assert "OPENAI_API_KEY" in named
    assert set(named) <= run.SETTINGS
