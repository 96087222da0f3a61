import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tendril.accounts import erased_list, erasing
from tendril.accounts.models import Erasure, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def back():
    """Erased, and there again as before: an older database was put back."""
    person = UserFactory(username="ana", display_name="Ana")
    before = User.objects.filter(pk=person.pk).values().get()
    asked = erasing.ask(person=person, by=person)
    Erasure.objects.filter(pk=asked.pk).update(due_at=timezone.now())
    erasing.finish(asked.pk)
    Erasure.objects.all().delete()
    User.objects.filter(pk=person.pk).update(**before)
    person.refresh_from_db()
    assert person.username == "ana"
    return person


def run(*arguments):
    said = io.StringIO()
    call_command("erase_again", *arguments, stdout=said)
    return said.getvalue()


def test_the_list_says_nothing_about_anybody(back):
    [line] = erased_list.path().read_text().split()

    assert re.fullmatch(r"[0-9a-f]{64}", line)


def test_another_sites_key_names_them_otherwise(back, settings):
    ours = erased_list.name_of(back)

    settings.SECRET_KEY = "the key of another site, which is long enough as well"

    assert erased_list.name_of(back) != ours


def test_who_is_back_is_erased_again_and_nobody_else(back):
    other = UserFactory()

    said = run()

    back.refresh_from_db()
    other.refresh_from_db()
    assert back.erased_at
    assert back.username == f"erased-{back.pk}"
    assert other.erased_at is None
    assert "1 erased again" in said


def test_the_list_may_come_from_elsewhere(back, tmp_path):
    elsewhere = tmp_path / "kept-apart.txt"
    erased_list.path().rename(elsewhere)

    run(str(elsewhere))

    back.refresh_from_db()
    assert back.erased_at


def test_it_may_be_run_twice(back):
    run()
    before = User.objects.values().get(pk=back.pk)

    assert "0 erased again" in run()

    assert User.objects.values().get(pk=back.pk) == before


def test_the_list_may_come_by_the_standard_input(back, monkeypatch):
    lines = f"\n{erased_list.path().read_text()}\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    run("-")

    back.refresh_from_db()
    assert back.erased_at


def test_without_a_list_nobody_is_erased_and_it_says_so():
    person = UserFactory()

    with pytest.raises(CommandError, match="There is no list at"):
        run()

    person.refresh_from_db()
    assert person.erased_at is None
