import io

import pytest

from tendril import first_admin
from tendril.accounts.models import User
from tendril.launch.failure import CannotStart
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.delenv(first_admin.NAME, raising=False)
    monkeypatch.delenv(first_admin.PASSWORD, raising=False)


@pytest.fixture
def given(monkeypatch):
    def give(username, password):
        monkeypatch.setenv(first_admin.NAME, username)
        monkeypatch.setenv(first_admin.PASSWORD, password)

    return give


def test_the_environment_names_the_first_administrator(given):
    given("office", "seven-quiet-otters")

    assert first_admin.require_one() is True

    admin = User.objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == (
        "office",
        True,
        True,
    )
    assert admin.check_password("seven-quiet-otters")


def test_an_administrator_who_is_there_is_left_alone(given):
    UserFactory(username="head", admin=True)
    given("office", "seven-quiet-otters")

    assert first_admin.require_one() is False

    assert User.objects.get().username == "head"


def test_nobody_to_ask_is_said():
    with pytest.raises(CannotStart, match="Set TENDRIL_ADMIN_USERNAME and"):
        first_admin.require_one()


@pytest.mark.parametrize(
    ("username", "password", "named"),
    [
        ("the office", "seven-quiet-otters", "TENDRIL_ADMIN_USERNAME"),
        ("office", "password", "TENDRIL_ADMIN_PASSWORD"),
        ("office-of-the-school", "office-of-the-school", "TENDRIL_ADMIN_PASSWORD"),
        ("taken", "seven-quiet-otters", "TENDRIL_ADMIN_USERNAME"),
    ],
)
def test_what_will_not_do_is_named(given, username, password, named):
    UserFactory(username="taken")
    given(username, password)

    with pytest.raises(CannotStart, match=f"^{named} will not do: "):
        first_admin.require_one()

    assert User.objects.count() == 1
