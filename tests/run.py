"""The one test command: brings what is missing, runs every check and every test.

uv run tests/run.py               every check, then the tests on both databases
uv run tests/run.py --all         with the long tests too
uv run tests/run.py -k sign_in    only pytest, with these arguments, on SQLite
uv run tests/run.py --postgres -k sign_in    the same on PostgreSQL
uv run tests/run.py --checks -k sign_in    every check, then these tests
"""

import argparse
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["tendril", "lessons", "quizzes", "tutor"]
LONG = "stack or fault or load"
PARALLEL = ["-n", "logical", "--maxprocesses", "8", "--dist", "worksteal"]
# Set once this file runs beside the packages of the group `test`.
READY = "TENDRIL_TEST_PACKAGES"
# Read by tendril/settings.py: what a developer has set must not change a run.
SETTINGS = {
    *("DEBUG", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "REDIS_URL"),
    *("OPENAI_API_KEY", "TENDRIL_LLM_BASE_URL", "TENDRIL_LLM_MODEL"),
    *("TENDRIL_LLM_PROVIDER", "TENDRIL_LLM_VERIFIER"),
    *("TENDRIL_MODERATION_BASE_URL", "TENDRIL_MODERATION_MODEL"),
}


def main():
    os.chdir(ROOT)
    if READY not in os.environ:
        sys.exit(run_with_test_packages(sys.argv[1:]))
    # The folder of this file would hide packages behind tests of the same name.
    sys.path[0] = str(ROOT)
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--all", action="store_true", help="long tests too")
    arguments.add_argument("--checks", action="store_true", help="checks as well")
    arguments.add_argument("--postgres", action="store_true", help="no SQLite")
    chosen, for_pytest = arguments.parse_known_args()
    bring_browser()
    if (for_pytest or chosen.postgres) and not chosen.checks:
        sys.exit(run_chosen(chosen, for_pytest))
    sys.exit(run_everything(chosen, for_pytest))


def run_with_test_packages(arguments):
    command = [*find_uv(), "run", "--group", "test", "python", __file__, *arguments]
    try:
        return subprocess.run(command, env={**os.environ, READY: "1"}).returncode
    except KeyboardInterrupt:
        return 130


def find_uv():
    path = os.environ.get("UV") or shutil.which("uv")
    if path:
        return [path]
    if importlib.util.find_spec("uv"):
        return [sys.executable, "-m", "uv"]
    sys.exit("uv was not found. Install it with `pip install uv` and run this again.")


def bring_browser():
    from tests import chromium

    try:
        chromium.bring()
    except chromium.NoBrowser as problem:
        sys.exit(str(problem))


def run_chosen(chosen, for_pytest):
    """Run pytest and nothing else; its own -m comes later, and wins."""
    from tests.postgres import running_postgres

    wanted = [] if chosen.all else ["-m", f"not ({LONG})"]
    if not chosen.postgres:
        return subprocess.run(pytest(*wanted, *for_pytest)).returncode
    wanted = ["-m", f"database and not browser and not ({LONG})"]
    with running_postgres() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        command = pytest(*wanted, *for_pytest)
        return subprocess.run(command, env=environment).returncode


def run_everything(chosen, for_pytest):
    """Run every step, whatever fails before it; end with pytest's closing line."""
    steps = Steps()
    for name, command, environment in checks():
        steps.check(name, command, environment)
    if not for_pytest:
        run_on_postgres(steps)
    if chosen.all:
        steps.tests("long tests", pytest("-m", LONG, *for_pytest))
    steps.tests("tests", pytest("-m", f"not ({LONG})", *PARALLEL, *for_pytest))
    return steps.sum_up()


def run_on_postgres(steps):
    from tests.postgres import running_postgres

    selection = f"database and not browser and not ({LONG})"
    with running_postgres() as url:
        steps.tests(
            "database tests on PostgreSQL",
            pytest("-m", selection, *PARALLEL),
            {"DATABASE_URL": url},
        )


def checks():
    """Every check in order of speed: its name, its command, its environment."""
    templates = sorted(str(path) for path in Path("templates").rglob("*.html"))
    deployed = {
        "DJANGO_SETTINGS_MODULE": "tendril.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SITE_URL": "https://lessons.example.org",
    }
    tested = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    django = [sys.executable, "-m", "django"]
    return [
        ("ruff format", [tool("ruff"), "format", "--check"], {}),
        ("ruff check", [tool("ruff"), "check"], {}),
        ("djade", [tool("djade"), "--target-version=5.2", "--check", *templates], {}),
        ("lint-imports", [tool("lint-imports"), "--no-cache"], {}),
        ("migrations", [*django, "makemigrations", "--check", "--dry-run"], tested),
        (
            "check --deploy",
            [*django, "check", "--deploy", "--fail-level=WARNING"],
            deployed,
        ),
        ("mypy", [tool("mypy"), *PACKAGES, "manage.py"], {}),
        ("check_lessons", [*django, "check_lessons"], tested),
    ]


def tool(name):
    return shutil.which(name, path=str(Path(sys.executable).parent)) or name


def pytest(*arguments):
    color = "yes" if sys.stdout.isatty() else "no"
    return [sys.executable, "-m", "pytest", f"--color={color}", *arguments]


class Steps:
    def __init__(self):
        self.done = []
        self.closing_line = ""

    def check(self, name, command, environment):
        """Run a check, showing what it says only if it fails."""
        started = time.monotonic()
        process = subprocess.run(
            command,
            env=clean(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.note(name, process.returncode == 0, started)
        if process.returncode:
            print(process.stdout, flush=True)

    def tests(self, name, command, environment=None):
        """Run pytest, showing everything, and keep its closing line."""
        started = time.monotonic()
        tail = b""
        with subprocess.Popen(
            command,
            env=clean(environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            while chunk := process.stdout.read1():
                sys.stdout.buffer.write(chunk)
                sys.stdout.flush()
                tail = (tail + chunk)[-2000:]
        self.note(name, process.returncode == 0, started)
        self.closing_line = tail.decode(errors="replace").strip().splitlines()[-1]

    def note(self, name, is_fine, started):
        seconds = time.monotonic() - started
        self.done.append((name, is_fine, seconds))
        print(f"{'ok' if is_fine else 'FAILED':6} {seconds:6.1f} s  {name}", flush=True)

    def sum_up(self):
        print()
        for name, is_fine, seconds in self.done:
            print(f"{'ok' if is_fine else 'FAILED':6} {seconds:6.1f} s  {name}")
        failed = [name for name, is_fine, _ in self.done if not is_fine]
        print(f"Failed: {', '.join(failed)}" if failed else "Every step passed.")
        print(self.closing_line)
        return 1 if failed else 0


def clean(environment):
    inherited = {k: v for k, v in os.environ.items() if k not in SETTINGS}
    return inherited | environment


if __name__ == "__main__":
    main()
