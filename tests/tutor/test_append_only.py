import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.factories import UserFactory
from tutor import append_only, consent
from tutor.checks import ledger_is_append_only
from tutor.models import ConsentEvent
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

TABLE = ConsentEvent._meta.db_table


@pytest.fixture
def line():
    consent.request(student=UserFactory(), purpose=Purpose.EMBEDDED)
    return ConsentEvent.objects.get()


def test_the_database_refuses_to_change_a_line(line):
    # SQLite empties a table by deleting; PostgreSQL has a word of its own for it.
    changes = ["UPDATE {} SET kind = 'granted'", "DELETE FROM {}"]
    changes += ["TRUNCATE {}"] if connection.vendor == "postgresql" else []

    for change in changes:
        with (
            pytest.raises(DatabaseError, match=append_only.REFUSAL),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change.format(TABLE))

    assert ConsentEvent.objects.get().kind == ConsentEvent.Kind.REQUESTED


def test_the_orm_cannot_change_one_either(line):
    line.kind = ConsentEvent.Kind.GRANTED
    for change in (line.save, line.delete, ConsentEvent.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert ConsentEvent.objects.count() == 1


def test_triggers_that_are_gone_are_named_and_made_again():
    append_only.lift(connection)
    assert append_only.unprotected() == [TABLE]
    [error] = ledger_is_append_only(databases=["default"])
    assert "manage.py migrate" in error.hint

    call_command("migrate", verbosity=0)

    assert append_only.unprotected() == []
    assert ledger_is_append_only(databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_leaves_no_line_and_every_trigger(time):
    assert not ConsentEvent.objects.exists()
    assert append_only.unprotected() == []

    consent.request(student=UserFactory(), purpose=Purpose.EMBEDDED)
