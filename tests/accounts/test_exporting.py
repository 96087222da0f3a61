import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertInHTML

from quizzes.models import Response
from tendril.accounts import copies, erasing, exporting
from tendril.accounts.models import Export, User
from tests.everything import OTHERS, everything
from tests.factories import GuardianshipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return everything()


def unpacked(copy):
    copy.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(copy.content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def made(person, by):
    copy = copies.ask(person=person, by=by)
    exporting.make(str(copy.pk))
    return unpacked(copy)


def test_a_copy_holds_a_page_the_same_for_programs_and_the_styles(of):
    files = made(of.person, of.person)

    assert set(files) == {"everything.html", "everything.json", "everything.css"}
    assert '<link rel="stylesheet" href="everything.css">' in files["everything.html"]
    assert "<script" not in files["everything.html"]
    assert "http" not in files["everything.html"]


def test_a_copy_tells_all_there_is(of):
    told = json.loads(made(of.person, of.person)["everything.json"])

    [person] = told["accounts.user"]
    assert person["username"] == "zelda"
    assert person["e-mail"] == "zelda@home.example"
    assert told["classrooms.enrolment"][0]["groups"] == "Kites"
    assert told["classrooms.joincode"][0]["name on the slip"] == "Zelda's slip"
    assert told["lessons.mistakereport"][0]["what you wrote"].endswith("says Zelda")
    answers = told["quizzes.response"]
    assert [row["answer"] for row in answers] == ["An answer of Zelda's"] * 2
    assert answers[0]["answers before it"] == ["Zelda's first thought"]
    assert told["quizzes.dispute"][0]["your reason"] == "Zelda thinks so"
    assert told["quizzes.override"][0]["reason"] == "Zelda was ill"
    assert told["accounts.look"][0]["looked at"] == "answers"
    silent = {"auth", "account", "admin"}
    assert not silent & {name.partition(".")[0] for name in told}


def test_the_page_tells_the_same_as_the_json(of):
    files = made(of.person, of.person)

    for text in ("Room 12", "zelda@home.example", "zeldas-secret", "ZZZ", "Kites"):
        assert text in files["everything.html"]
        assert text in files["everything.json"]
    assert "An answer of Zelda&#x27;s" in files["everything.html"]


def test_of_a_birth_the_month_alone_is_told(of):
    User.objects.update(born_on=date(2014, 5, 1))

    assert (
        '"month of birth": "2014-05"' in made(of.person, of.person)["everything.json"]
    )


def test_the_page_is_written_for_people(of):
    User.objects.update(born_on=date(2014, 5, 1), last_login=None)
    User.objects.update(date_joined=datetime(2026, 12, 1, 9, 14, tzinfo=UTC))
    Response.objects.update(history=[{"readable": "wind"}, {"readable": "a string"}])

    page = made(of.person, of.person)["everything.html"]

    for word, value in [
        ("account made", "1 December 2026, 09:14"),
        ("month of birth", "May 2014"),
        ("has recovery words", "yes"),
        ("may run this site", "no"),
        ("answers before it", "wind; a string"),
    ]:
        assertInHTML(f"<div><dt>{word}</dt><dd>{value}</dd></div>", page)
    assert "last signed in" not in page


@pytest.mark.parametrize("name", OTHERS)
def test_a_copy_names_nobody_else(of, name):
    files = made(of.person, of.person)

    assert "Zelda Zither" in files["everything.html"]
    assert [file for file, text in files.items() if name in text] == []


def test_a_teachers_copy_names_no_student(of):
    files = made(of.teacher, of.teacher)

    assert "Room 12" in files["everything.html"]
    for name in ("Zelda", "zelda", "Kim", "roster-of-zelda"):
        assert [file for file, text in files.items() if name in text] == []


def test_what_is_private_is_only_in_ones_own_copy(of):
    assert "zeldas-secret" in made(of.person, of.person)["everything.json"]
    assert "zeldas-secret" not in made(of.person, of.guardian)["everything.json"]


def test_a_copy_for_another_tells_of_no_bar(of):
    GuardianshipFactory(student=of.person, barred=True)

    own, shared = (
        json.loads(made(of.person, by)["everything.json"])["accounts.guardianship"]
        for by in (of.person, of.guardian)
    )

    assert [bool(row["barred"]) for row in own] == [False, True]
    assert [bool(row["barred"]) for row in shared] == [False]


def test_marks_that_are_not_shown_yet_are_in_no_copy(of):
    of.attempt.marks_shown_at = None
    of.attempt.save()

    told = json.loads(made(of.person, of.person)["everything.json"])

    hidden = [row for row in told["quizzes.attempt"] if row["class"] == "Room 12"]
    assert [(row["points"], row["of"]) for row in hidden] == [(None, None)]
    stem = of.question.stem
    answers = [row for row in told["quizzes.response"] if row["question"] == stem]
    assert [row["points"] for row in answers] == [None]
    assert [row["question"] for row in told["quizzes.markchange"]] != [stem]


def test_asking_again_gives_the_copy_that_is_being_made():
    person = UserFactory()

    first = copies.ask(person=person, by=person)

    assert copies.ask(person=person, by=person) == first


def test_a_new_copy_takes_the_place_of_the_one_before(of):
    made(of.person, of.person)
    made(of.person, of.person)

    assert of.person.exports_asked.count() == 1


def test_a_copy_is_made_once():
    person = UserFactory()
    copy = copies.ask(person=person, by=person)

    exporting.make(str(copy.pk))
    copy.refresh_from_db()
    before = copy.made_at
    exporting.make(str(copy.pk))

    copy.refresh_from_db()
    assert copy.made_at == before
    assert copy.expires_at == before + timedelta(days=7)


def test_a_copy_of_nobody_is_quietly_not_made():
    exporting.make("00000000-0000-0000-0000-000000000001")

    assert not Export.objects.exists()


def test_no_copy_is_made_of_a_sealed_person(of):
    copy = copies.ask(person=of.person, by=of.guardian)
    erasing.ask(person=of.person, by=of.guardian)

    exporting.make(str(copy.pk))

    copy.refresh_from_db()
    assert copy.content is None


def test_copies_expire_and_what_was_never_made_is_given_up():
    person, now = UserFactory(), timezone.now()
    kept = [
        Export.objects.create(
            person=person, asked_by=person, made_at=now, expires_at=now + later
        )
        for later in (timedelta(seconds=-1), timedelta(hours=1))
    ]
    old = now - timedelta(days=1)
    Export.objects.create(person=person, asked_by=person, asked_at=old)
    waiting = Export.objects.create(person=person, asked_by=person)

    exporting.drop_expired()

    assert set(Export.objects.all()) == {kept[1], waiting}
