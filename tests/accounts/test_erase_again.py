import io
import re
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from tendril.accounts import erased_list, erasing, tombstones
from tendril.accounts.models import Erasure, User
from tendril.launch import preparation
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
    tombstones.finish(asked.pk)
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
    asked, done = erased_list.path().read_text().splitlines()

    assert re.fullmatch(r"asked [0-9a-f]{64} \d{4}-\d\d-\d\dT[\d:.]+\+00:00", asked)
    assert re.fullmatch(r"[0-9a-f]{64}", done)


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


def wished(person, before, *, called_off=False):
    """Ask, and then put back the database of before; or also call off before that."""
    asked = erasing.ask(person=person, by=person)
    kept = Erasure.objects.filter(pk=asked.pk).values().get()
    if called_off:
        erasing.call_off(person=person)
    Erasure.objects.filter(pk=asked.pk).delete()
    if before == "asked":
        Erasure.objects.create(**kept)
    sealed_at = asked.asked_at if before == "asked" else None
    User.objects.filter(pk=person.pk).update(sealed_at=sealed_at)
    return asked


def test_who_is_to_be_erased_is_sealed_again_until_the_same_day():
    person, other = UserFactory(), UserFactory()
    asked = wished(person, "nothing")

    said = run()

    person.refresh_from_db()
    other.refresh_from_db()
    [again] = person.erasures.open()
    assert (person.sealed_at, other.sealed_at) == (asked.asked_at, None)
    assert (again.asked_at, again.due_at) == (asked.asked_at, asked.due_at)
    assert "1 on the list: 0 erased again, 1 sealed again, 0 called off again." in said
    assert "0 sealed again" in run()


def test_who_has_called_it_off_is_not_sealed_again():
    person = UserFactory()
    wished(person, "nothing", called_off=True)

    assert "0 sealed again" in run()

    person.refresh_from_db()
    assert person.sealed_at is None


def test_what_was_called_off_since_the_copy_is_called_off_again():
    """Or they would be erased at the end of a week that is over for them."""
    person = UserFactory()
    wished(person, "asked", called_off=True)

    assert "1 called off again" in run()

    person.refresh_from_db()
    assert person.sealed_at is None
    assert not person.erasures.open().exists()
    assert "0 called off again" in run()


def test_a_second_wish_holds_after_a_first_one_was_called_off():
    person = UserFactory()
    first = wished(person, "asked", called_off=True)
    second = first.asked_at + timedelta(days=1)
    erased_list.add_asked(person, second)

    assert "1 sealed again, 1 called off again" in run()

    person.refresh_from_db()
    assert person.sealed_at == person.erasures.open().get().asked_at == second


def test_a_list_that_is_older_than_the_database_undoes_nothing():
    person = UserFactory()
    erasing.ask(person=person, by=person)
    older = erased_list.path().read_text()
    erasing.call_off(person=person)
    erased_list.path().write_text(older)

    assert "0 erased again, 0 sealed again, 0 called off again" in run()

    person.refresh_from_db()
    assert person.sealed_at is None


def test_lines_that_say_nothing_are_passed_over(back):
    with erased_list.path().open("a") as lines:
        lines.write("asked\nasked somebody yesterday\nfour words are too many\n\n")

    assert "1 erased again, 0 sealed again" in run()


@pytest.mark.parametrize("asked_for", [["default"], None])
def test_a_check_of_the_database_tells_who_is_back(back, asked_for):
    found = run_checks(databases=asked_for, include_deployment_checks=False)

    hints = [message.hint for message in found if message.id == "accounts.W001"]
    assert hints == (
        [
            "Run `manage.py erase_again`: 1 erased again, 0 sealed again, 0 called off again."
        ]
        if asked_for
        else []
    )


def test_a_check_tells_nothing_where_nobody_is_back():
    person = UserFactory()
    erasing.ask(person=person, by=person)

    found = run_checks(databases=["default"])

    assert "accounts.W001" not in {message.id for message in found}


def test_a_site_that_starts_does_it_by_itself_and_says_so(back):
    said = preparation.erase_again()

    back.refresh_from_db()
    assert back.erased_at
    assert said.startswith("an older database was put back: 1 erased again")
    assert preparation.erase_again() == ""


def test_a_site_that_starts_without_a_list_says_nothing():
    assert preparation.erase_again() == ""
