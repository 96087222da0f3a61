import os
import pty
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.stack.running import (
    LAST_LINE,
    ROOT,
    assert_refused,
    environment,
    free_port,
    manage,
    running,
    starting,
)

pytestmark = pytest.mark.stack

ADMIN = {
    "TENDRIL_ADMIN_USERNAME": "office",
    "TENDRIL_ADMIN_PASSWORD": "seven-quiet-otters",
}
# The leader of a session gets the terminal that it opens first.
IN_A_TERMINAL = (
    "import os, sys; os.open(os.ttyname(0), os.O_RDWR); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
CTRL_C = "\x03"
WHO = (
    "from tendril.accounts.models import User; "
    "print([(u.username, u.is_superuser) for u in User.objects.all()])"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The data folder of a site whose administrator is `office`."""
    folder = tmp_path_factory.mktemp("serve") / "data"
    with running("serve", folder, env=ADMIN) as site:
        site.send(signal.SIGINT)
        assert (site.wait(), site.leftovers()) == (0, [])
    return folder


def test_first_start_makes_the_administrator_and_nobody_else(folder):
    done = manage("shell", "-v", "0", "-c", WHO, env={"TENDRIL_DATA": str(folder)})

    assert done.stdout.strip() == "[('office', True)]"


def test_later_starts_ask_for_nobody(folder):
    with running("serve", folder) as site:
        assert site.get("/healthz").text == "ok"
        assert "tendril-demo" not in site.output
        assert {child.name() for child in site.children} != set()


def test_without_a_terminal_the_administrator_comes_from_the_environment(tmp_path):
    folder, port = tmp_path / "data", free_port()

    done = manage("serve", "--data", folder, "--port", port, timeout=120)
    weak = manage(
        *("serve", "--data", folder, "--port", port),
        env={**ADMIN, "TENDRIL_ADMIN_PASSWORD": "office1"},
        timeout=120,
    )

    assert_refused(
        done,
        "The site has no administrator yet. Set TENDRIL_ADMIN_USERNAME and "
        "TENDRIL_ADMIN_PASSWORD, or start it in a terminal to be asked for them.",
    )
    assert weak.returncode == 1
    assert weak.stderr.startswith("TENDRIL_ADMIN_PASSWORD will not do: ")


def test_in_a_terminal_it_asks_until_name_and_password_will_do(tmp_path):
    command = ("serve", "--data", tmp_path / "data", "--port", free_port())

    with terminal_running(*command) as terminal:
        terminal.answer("Username: ", "the office\n")
        terminal.answer("Username: ", "office\n")
        terminal.answer("Password: ", "password\n")
        terminal.answer("Password: ", "seven-quiet-otters\n")
        terminal.answer("Password again: ", "seven-quiet-otter\n")
        terminal.answer("Password: ", "seven-quiet-otters\n")
        terminal.answer("Password again: ", "seven-quiet-otters\n")
        terminal.answer(LAST_LINE, CTRL_C)

        assert terminal.read_to_the_end() == 0
    assert "seven-quiet-otters" not in terminal.seen
    assert "Traceback" not in terminal.seen


def test_ctrl_c_at_a_question_ends_it(tmp_path):
    command = ("serve", "--data", tmp_path / "data", "--port", free_port())

    with terminal_running(*command) as terminal:
        terminal.answer("Username: ", "")
        # No person is quicker than the prompt; Python would not hear it.
        time.sleep(0.5)
        terminal.answer("", CTRL_C)

        assert terminal.read_to_the_end() == 0
    assert "Traceback" not in terminal.seen


def test_a_demo_refuses_the_folder_of_a_school(folder):
    done = manage("demo", "--data", folder)

    assert_refused(
        done,
        f"The data folder {folder} holds the site of a school, which a demo must not "
        "touch. Choose another with --data.",
    )


def test_a_school_refuses_the_folder_of_a_demo(first):
    done = manage("serve", "--data", first.folder, env=ADMIN)

    assert_refused(
        done,
        f"The data folder {first.folder} holds a demo, whose passwords everybody "
        "knows. Choose another with --data.",
    )


def test_behind_a_proxy_with_tls_cookies_are_for_https_only(folder):
    address = "https://lessons.example.org"

    with running("serve", folder, "--site-url", address) as site:
        proxied = {"Host": "lessons.example.org", "X-Forwarded-Proto": "https"}
        page = site.get("/account/login/", headers=proxied)
        plain = site.get("/account/login/", headers={"Host": "lessons.example.org"})
        stranger = site.get("/account/login/", headers={**proxied, "Host": "x.org"})

    assert f"  {address}" in site.lines
    assert page.status_code == 200
    assert "; Secure" in page.headers["Set-Cookie"]
    assert plain.headers["Location"] == f"{address}/account/login/"
    assert stranger.status_code == 400


def test_a_site_for_people_does_not_start_with_debug(folder):
    done = manage("serve", "--data", folder, env={"DEBUG": "1"})

    assert_refused(
        done,
        "A site for people does not run with DEBUG. Unset it.",
    )


def test_help_needs_no_folder(tmp_path):
    with starting("serve", tmp_path / "data", "--help") as site:
        assert site.wait() == 0
        assert "--site-url" in site.output
    assert not (tmp_path / "data").exists()


@contextmanager
def terminal_running(*arguments):
    terminal = Terminal(*arguments)
    try:
        yield terminal
    finally:
        terminal.end()


class Terminal:
    """A command in a terminal of its own, with somebody who types."""

    def __init__(self, *arguments):
        self.seen, self._unread = "", ""
        self._here, there = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", IN_A_TERMINAL, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=environment(),
            stdin=there,
            stdout=there,
            stderr=there,
            start_new_session=True,
        )
        os.close(there)

    def answer(self, question, typed):
        while question not in self._unread:
            self._read()
        self._unread = self._unread[self._unread.index(question) + len(question) :]
        os.write(self._here, typed.encode())

    def read_to_the_end(self):
        try:
            while True:
                self._read()
        except OSError:  # what a terminal says when nobody is left
            return self._process.wait(30)

    def end(self):
        # Its session is told that the terminal is gone, and stops.
        os.close(self._here)
        self._process.wait(30)

    def _read(self):
        assert select.select([self._here], [], [], 60)[0], f"no word after {self.seen}"
        text = os.read(self._here, 4096).decode()
        self.seen += text
        self._unread += text
