"""A site started from outside, as people start it, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
LAST_LINE = "Press Ctrl-C to stop."
# What the surroundings of the tests may not decide about the sites.
OURS = (
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "TENDRIL_DATA",
)


def environment(extra=None):
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**inherited, "CI": "1", "PYTHONUNBUFFERED": "1", **(extra or {})}


def manage(*arguments, env=None, timeout=60):
    """Run a command to its end; its output is text."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def assert_refused(done, sentence):
    """It ended with exactly this sentence and the exit code of a failure."""
    assert (done.returncode, done.stderr.strip()) == (1, sentence)


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def wait_for(is_so, seconds=15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def is_zombie(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


class Site:
    def __init__(
        self, kind, folder, *options, env=None, port=None, python=sys.executable
    ):
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.lines = []
        self.children = []
        # Whoever runs the tests with nohup ignores it, and children inherit that.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        self.process = subprocess.Popen(
            [
                *(python, "manage.py", kind, "--data", folder),
                *("--port", str(self.port), *options),
            ],
            cwd=ROOT,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        with self.process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip())

    @property
    def output(self):
        return "\n".join(self.lines)

    def wait_until_up(self, seconds=60):
        up = wait_for(lambda: LAST_LINE in self.lines or self.has_ended, seconds)
        assert up, f"not up within {seconds} seconds:\n{self.output}"
        assert not self.has_ended, self.output
        self.note_children()

    def wait_until_ready(self, seconds=30):
        """Wait for the worker too, which starts when the pages can be read."""
        assert wait_for(lambda: self.get("/readyz").text == "ok", seconds), self.output
        self.note_children()

    @property
    def has_ended(self):
        return self.process.poll() is not None

    def note_children(self):
        self.children = psutil.Process(self.process.pid).children(recursive=True)

    def processor_time(self):
        """Seconds that the site's processes and those they waited for have worked."""
        processes = [psutil.Process(self.process.pid), *self.children]
        return sum(sum(process.cpu_times()[:4]) for process in processes)

    def child(self, words):
        """The process that the site itself started with these words."""
        own = [child for child in self.children if child.ppid() == self.process.pid]
        return next(child for child in own if words in " ".join(child.cmdline()))

    def get(self, path, **options):
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", **options)

    def send(self, number):
        self.process.send_signal(number)

    def wait(self, seconds=30):
        """Wait for the end; the exit code."""
        code = self.process.wait(seconds)
        self._reader.join()
        return code

    def leftovers(self, seconds=0):
        """Processes that have outlived the site, and files that only a site needs."""
        _, alive = psutil.wait_procs(self.children, timeout=seconds)
        # A zombie has ended; init has only not yet taken note of it.
        alive = [child for child in alive if not is_zombie(child)]
        files = [path.name for path in Path(self.folder).rglob("*.pid")]
        files += [
            path.name for path in Path(self.folder).rglob("*") if path.is_socket()
        ]
        if (Path(self.folder) / "broker-url").exists():
            files.append("broker-url")
        return [" ".join(child.cmdline()) for child in alive] + files

    def end(self):
        """Leave nothing running, whatever a test has done."""
        if not self.has_ended:
            self.note_children()
            self.send(signal.SIGTERM)
            try:
                self.wait()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.wait()
        for child in self.children:
            if child.is_running():
                child.kill()


@contextmanager
def starting(kind, folder, *options, **given):
    site = Site(kind, folder, *options, **given)
    try:
        yield site
    finally:
        site.end()


@contextmanager
def running(kind, folder, *options, **given):
    with starting(kind, folder, *options, **given) as site:
        site.wait_until_up()
        yield site
