import shutil
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.middleware import csrf
from django.test import Client
from django.utils.crypto import get_random_string
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import chromium
from tests.browser.reading import wait_until_arrived
from tests.browser.watching import Watch

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 850}
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def browser():
    """One browser for the tests of this folder, and no event loop after them."""
    flags = [*FLAGS, "--no-sandbox"] if chromium.is_root() else FLAGS
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the ORM is not in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=flags
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def loaded(django_test_environment, django_db_blocker):
    """A database file with the fixture lessons and nobody in it."""
    path = settings.TEST_DATA / "loaded.sqlite3"
    with django_db_blocker.unblock(), database_in(path):
        call_command("migrate", verbosity=0)
        call_command("load_lessons", verbosity=0)
    return path


@contextmanager
def database_in(path):
    """Let every thread use the SQLite database in this file."""
    assert connection.vendor == "sqlite", "The browser tests run on SQLite."
    database = connection.settings_dict
    before = database["NAME"]
    connection.close()
    database["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        database["NAME"] = before


@pytest.fixture(scope="session")
def server(django_test_environment):
    server = LiveServer("127.0.0.1")
    server._live_server_modified_settings.enable()
    yield server
    server._live_server_modified_settings.disable()
    server.stop()


@pytest.fixture
def site(server, loaded, tmp_path, django_db_blocker):
    """Address of a live site with the fixture lessons, and a database of its own."""
    live = shutil.copy(loaded, tmp_path / "live.sqlite3")
    with django_db_blocker.unblock(), database_in(live):
        yield server.url


@pytest.fixture
def database(site):
    """The cast lives in the live site's database, seen by all of its threads."""


@pytest.fixture
def open_window(browser, site):
    """Open a browser window of its own: cookies, storage, size and looks.

    The test fails on whatever goes wrong in it, and on every request that
    leaves the site.
    """
    windows = []

    def window(size=LAPTOP, *, dark=False, scripts=True, **options):
        context = browser.new_context(
            base_url=site,
            viewport=size,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            **options,
        )
        context.set_default_timeout(10_000)
        windows.append((context, Watch(context, site)))
        return context.new_page()

    yield window
    for context, _watch in windows:
        context.close()
    assert [problem for _, watch in windows for problem in watch.problems] == []


@pytest.fixture
def laptop(open_window):
    return open_window(LAPTOP)


@pytest.fixture
def phone(open_window):
    return open_window(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def dark_laptop(open_window):
    return open_window(LAPTOP, dark=True)


@pytest.fixture
def dark_phone(open_window):
    return open_window(PHONE, dark=True, has_touch=True, is_mobile=True)


@pytest.fixture
def without_scripts(open_window):
    return open_window(LAPTOP, scripts=False)


@pytest.fixture
def sign_in(site):
    """Sign a person in to a window, as if its sign-in form had been sent."""

    def sign_in(page, person):
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {
            settings.SESSION_COOKIE_NAME: session,
            settings.CSRF_COOKIE_NAME: get_random_string(32, csrf.CSRF_ALLOWED_CHARS),
        }
        page.context.add_cookies(
            [{"name": n, "value": value, "url": site} for n, value in cookies.items()]
        )

    return sign_in


@pytest.fixture
def axe():
    """What axe finds on a page that is serious or critical, a line for each."""

    def findings(page):
        # What fades in has too little contrast while it does.
        wait_until_arrived(page)
        violations = Axe().run(page).response["violations"]
        return [
            f"{v['id']}: {v['help']}: {node['target']} {node['html']}"
            for v in violations
            if v["impact"] in ("serious", "critical")
            for node in v["nodes"]
        ]

    return findings
