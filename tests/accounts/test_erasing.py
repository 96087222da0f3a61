from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import IntegrityError
from django.utils import timezone

from tendril.accounts import erased_list, erasing, personal_data, tasks, tombstones
from tendril.accounts.models import Erasure, Look, User
from tendril.accounts.personal_data import Entry
from tendril.accounts.sealing import unsealed
from tests.everything import everything
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def of():
    return everything()


def erased(person, by=None):
    """Ask, let the week pass, and have it done."""
    asked = erasing.ask(person=person, by=by or person)
    Erasure.objects.filter(pk=asked.pk).update(due_at=timezone.now())
    tombstones.finish(asked.pk)
    person.refresh_from_db()
    return asked


def test_asking_seals_at_once_and_sets_a_day():
    person = UserFactory()

    asked = erasing.ask(person=person, by=person)

    person.refresh_from_db()
    assert person.sealed_at == asked.asked_at
    assert asked.due_at == asked.asked_at + timedelta(days=7)
    assert person not in User.objects.filter(unsealed())


def test_asking_twice_does_not_put_it_off():
    person = UserFactory()

    first = erasing.ask(person=person, by=person)

    assert erasing.ask(person=person, by=UserFactory()) == first


def test_called_off_everything_is_as_it_was(of):
    before = in_the_database(User)
    erasing.ask(person=of.person, by=of.person)

    erasing.call_off(person=of.person)

    assert in_the_database(User) == before
    assert not of.person.erasures.open().exists()


def in_the_database(*models):
    rows = [model.objects.order_by("pk") for model in models]
    return [serializers.serialize("json", each) for each in rows]


def test_what_is_not_asked_for_cannot_be_called_off():
    with pytest.raises(erasing.NothingToCallOff):
        erasing.call_off(person=UserFactory())


def test_what_is_done_cannot_be_called_off():
    person = UserFactory()
    erased(person)

    with pytest.raises(erasing.NothingToCallOff):
        erasing.call_off(person=person)


def test_nothing_is_done_before_the_week_has_passed():
    person = UserFactory()
    asked = erasing.ask(person=person, by=person)

    tombstones.finish(asked.pk)

    person.refresh_from_db()
    assert person.erased_at is None
    assert tombstones.due() == []


def test_what_was_called_off_is_not_done():
    person = UserFactory()
    asked = erasing.ask(person=person, by=person)
    Erasure.objects.filter(pk=asked.pk).update(due_at=timezone.now())
    erasing.call_off(person=person)

    tombstones.finish(asked.pk)

    person.refresh_from_db()
    assert person.erased_at is None


def test_it_waits_while_something_must_be_looked_at_first(monkeypatch):
    person, other = UserFactory(), UserFactory()
    monkeypatch.setattr(personal_data, "_holds", [])
    personal_data.hold(lambda someone: someone == person)

    erased(person)
    erased(other)

    assert person.erased_at is None
    assert person.sealed_at
    assert other.erased_at


def test_a_row_is_left_that_says_nothing(of):
    erased(of.person)

    person = of.person
    assert person.username == f"erased-{person.pk}"
    assert str(person) == "somebody who is gone"
    assert (person.display_name, person.email, person.recovery_hash) == ("", "", "")
    assert (person.born_on, person.last_login, person.managed_by) == (None, None, None)
    assert not person.is_active
    assert not person.has_usable_password()
    assert person.erased_at == person.date_joined


def test_no_table_has_a_trace_of_them(of):
    erased(of.person)

    kept = in_the_database(*[entry.model for entry in personal_data.entries()])
    assert "Kim Classmate" in "".join(kept)
    assert [text for text in kept if "zelda" in text.lower()] == []


def test_what_others_did_stays_theirs(of):
    theirs = in_the_database(*[User])
    erased(of.person)

    assert of.classmate.enrolments.count() == 1
    assert Look.objects.get().student == of.classmate
    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.object_repr) == (of.teacher, "")
    for someone in (of.teacher, of.classmate, of.guardian):
        before = someone.username
        someone.refresh_from_db()
        assert someone.username == before
    assert theirs


def test_their_sessions_are_ended_and_nobody_elses(of):
    assert Session.objects.count() == 2

    erased(of.person)

    [left] = Session.objects.all()
    assert left.get_decoded()["_auth_user_id"] == str(of.teacher.pk)


def test_a_name_that_is_taken_does_not_stop_it():
    person = UserFactory()
    UserFactory(username=f"erased-{person.pk}")

    erased(person)

    assert person.username.startswith(f"erased-{person.pk}-")


def test_done_twice_is_done_once(of):
    asked = erased(of.person)
    before = in_the_database(User, Erasure)

    tombstones.finish(asked.pk)

    assert in_the_database(User, Erasure) == before
    assert len(erased_list.here().erased) == 1


def test_what_fails_on_the_way_changes_nothing(of, monkeypatch):
    asked = erasing.ask(person=of.person, by=of.person)
    Erasure.objects.filter(pk=asked.pk).update(due_at=timezone.now())
    before = in_the_database(*[entry.model for entry in personal_data.entries()])

    def fails(person):
        raise IntegrityError

    last = Entry(
        type("Last", (), {}),
        "",
        personal_data.shows_nothing,
        personal_data.shows_nothing,
        fails,
    )
    monkeypatch.setitem(personal_data._entries, last.model, last)
    with pytest.raises(IntegrityError):
        tombstones.finish(asked.pk)

    monkeypatch.undo()
    after = in_the_database(*[entry.model for entry in personal_data.entries()])
    assert after == before


def test_an_erased_person_cannot_sign_in(of, client):
    of.person.set_password(PASSWORD)
    of.person.save()
    erased(of.person)

    assert not client.login(username=of.person.username, password=PASSWORD)


def test_the_task_does_each_that_is_due(monkeypatch):
    people = UserFactory.create_batch(2)
    for person in people:
        erasing.ask(person=person, by=person)
    Erasure.objects.update(due_at=timezone.now())
    queued = []
    monkeypatch.setattr(tasks.erase, "delay", queued.append)

    tasks.erase_due()
    for erasure_id in queued:
        tasks.erase(erasure_id)

    assert User.objects.filter(erased_at=None).count() == 0
    assert tombstones.due() == []
