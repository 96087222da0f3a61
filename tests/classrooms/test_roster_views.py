import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts.models import User
from tendril.classrooms import roster_writing
from tendril.classrooms.models import RosterImport
from tendril.classrooms.rosters import read
from tests.classrooms.test_oneroster import (
    ENROLMENTS,
    SECOND_CLASS,
    USERS_1_1,
    archive,
)
from tests.factories import EnrolmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, teacher):
    client.force_login(teacher)
    return client


def address(name, classroom, *rest):
    return reverse(f"classrooms:{name}", args=[classroom.pk, *rest])


def file(content, name="list.csv"):
    return SimpleUploadedFile(name, content, "text/csv")


def post_roster(client, classroom, **data):
    return client.post(address("roster", classroom), data)


def confirm(client, page):
    digest = re.search(r'name="shown" value="(\w+)"', page.content.decode())[1]
    path = page.request["PATH_INFO"]
    return client.post(path, {"shown": digest}, follow=True)


def test_typed_names_become_students_with_slips_to_print(client, classroom, student):
    names = {"names": "Ana\r\nSam\r\nZoë Maria\r\n"}
    preview = client.post(address("new_students", classroom), names, follow=True)
    assertContains(preview, "Nothing is written yet.")
    assertContains(preview, "Write 2 rows")

    done = confirm(client, preview)
    pks = re.findall(r'name="students" value="(\d+)"', done.content.decode())
    slips = client.post(
        address("passphrases", classroom), {"students": pks}, follow=True
    )

    made = User.objects.filter(managed_by=classroom)
    assert {person.display_name for person in made} == {"Ana", "Zoë Maria"}
    passphrases = re.findall(r"<dd>(\w+ \w+ \w+ \w+)</dd>", slips.content.decode())
    names = re.findall(r"<dd>(\w+\d+)</dd>", slips.content.decode())
    assert slips.status_code == 200
    assert slips["Cache-Control"] == "private, no-store"
    for username, passphrase in zip(names, passphrases, strict=True):
        assert made.get(username=username).check_password(passphrase)


def test_a_preview_says_row_by_row_what_happens(client, classroom, student):
    cara = UserFactory(username="cara7", display_name="Cara", managed_by=classroom)
    EnrolmentFactory(classroom=classroom, person=cara)
    EnrolmentFactory(classroom=classroom, person__display_name="Kim")
    text = (
        "username,name,born,groups\ncara7,Carla,2015-03,Red\nstudent,Samuel,,\n"
        ",Ana,,Red\n,Ben,soon,\nother-student,,,\n"
    )

    page = client.post(address("roster", classroom), {"text": text}, follow=True)

    assertContains(page, "from now on called Carla, before Cara")
    assertContains(page, "born in March 2015")
    assertContains(page, "joins the group Red")
    assertContains(page, "keeps the name Sam")
    assertContains(page, "“soon” is no month of birth")
    assertContains(page, "No student of this class has this username")
    assertContains(page, "other-student")
    assertContains(page, "Groups that are made:")
    assertContains(page, "Kim")
    assertContains(page, "They stay in the class.")


def test_rows_that_are_refused_are_shown_first(client, classroom):
    text = "name,born\nAna,2015-03\nBen,soon\nCara,2015-04\n"

    page = client.post(address("roster", classroom), {"text": text}, follow=True)

    shown = re.findall(r'row-state is-(\w+)">', page.content.decode())
    assert shown[4:] == ["refused", "new", "new"]


def test_lines_that_were_left_out_are_named_afterwards(client, classroom):
    text = "name,born\nAna,2015-03\nBen,soon\nCara,soon\n"
    preview = client.post(address("roster", classroom), {"text": text}, follow=True)

    done = confirm(client, preview)

    assertContains(done, "Lines 3, 4 were left out.")
    assertContains(done, "Make 1 sign-in slip")


def test_a_list_that_changes_nothing_offers_nothing_to_write(
    client, classroom, student
):
    page = client.post(address("roster", classroom), {"text": "Sam"}, follow=True)

    assertContains(page, "There is nothing to write")
    assertNotContains(page, "Write 0")


def test_confirming_twice_writes_once(client, classroom):
    preview = client.post(address("roster", classroom), {"text": "Ana"}, follow=True)

    confirm(client, preview)
    again = confirm(client, preview)

    assertContains(again, "The list is written")
    assert User.objects.filter(display_name="Ana").count() == 1


def test_a_class_that_has_changed_meanwhile_is_shown_again(client, classroom):
    preview = client.post(address("roster", classroom), {"text": "Ana"}, follow=True)
    EnrolmentFactory(classroom=classroom, person__display_name="Ana")

    page = confirm(client, preview)

    assertContains(page, "The class has changed meanwhile", status_code=409)
    assertContains(page, "Here already", status_code=409)
    assert RosterImport.objects.get().done_at is None


def test_a_file_with_a_mark_and_semicolons_is_read(client, classroom):
    content = "Vorname;Gruppe\r\nJürgen;Rot\r\n".encode("utf-8-sig")

    page = client.post(
        address("roster", classroom), {"uploads": file(content)}, follow=True
    )

    assertContains(page, "Jürgen")
    assertContains(page, "joins the group Rot")


def test_of_an_export_with_several_classes_one_is_asked_for(client, classroom):
    packed = archive(users=USERS_1_1, enrollments=ENROLMENTS + SECOND_CLASS)

    asked = post_roster(client, classroom, uploads=file(packed, "export.zip"))
    chosen = client.post(
        address("roster", classroom),
        {"uploads": file(packed, "export.zip"), "classroom": "c-2"},
        follow=True,
    )

    assertContains(asked, "Choose one of them below", status_code=422)
    assertContains(asked, '<option value="c-2">c-2 (1)</option>', status_code=422)
    assertContains(chosen, "Ben")
    assertNotContains(chosen, "Ana")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose a file, or paste a list."),
        ({"text": " \r\n"}, "Choose a file, or paste a list."),
        ({"text": "Ana", "uploads": file(b"Ben")}, "but not both"),
        ({"uploads": file(b"")}, "This file is empty"),
        ({"uploads": file(b"\x89PNG\0\0")}, "not a text file"),
        ({"text": "Ana\n" * 5000}, "has 5000 students"),
        ({"text": 'name\n"Ana'}, "Line 2 cannot be read"),
    ],
)
def test_what_is_no_list_gets_one_sentence_and_writes_nothing(
    client, classroom, data, message
):
    for upload in (each for each in data.values() if not isinstance(each, str)):
        upload.seek(0)

    page = post_roster(client, classroom, **data)

    assertContains(page, message, status_code=422)
    assert not RosterImport.objects.exists()


def test_what_was_pasted_is_not_lost_when_it_is_refused(client, classroom):
    page = post_roster(client, classroom, text="Ana,Red\nBen,Blue")

    assertContains(page, "Ana,Red\nBen,Blue", status_code=422)


def test_names_without_a_line_of_their_own_are_refused(client, classroom):
    page = client.post(address("new_students", classroom), {"names": "Ana, Ben"})

    assertContains(page, "Write one name on each line", status_code=422)


def test_fifty_megabytes_are_refused_with_what_to_do(client, classroom):
    upload = file(b"x" * 50_000_000)

    page = post_roster(client, classroom, uploads=upload)

    assertContains(page, "Save a list of students as CSV", status_code=413)
    assert not RosterImport.objects.exists()


def test_one_person_sends_a_few_lists_a_minute(client, classroom, co_teacher):
    for _time in range(10):
        assert post_roster(client, classroom, text="Ana,Red").status_code == 422

    assertContains(
        post_roster(client, classroom, text="Ana"), "Wait a minute", status_code=429
    )
    client.force_login(co_teacher)
    assert post_roster(client, classroom, text="Ana").status_code == 302


def test_the_export_is_a_file_for_nobody_else(client, classroom, student):
    page = client.get(address("roster_export", classroom))

    assertContains(page, '"student","Sam"')
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="Room 12.csv"'
    assert page["Cache-Control"] == "private, no-store"


def test_a_list_of_another_class_is_not_found(client, classroom, other_teacher):
    theirs = other_teacher.enrolments.get().classroom
    rows = read([b"Ana"])
    made = roster_writing.prepare(rows, classroom=theirs, by=other_teacher)

    page = client.get(address("roster_import", classroom, made.pk))

    assert page.status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_longer_lists_cost_no_more_queries(
    client, classroom, teacher, django_assert_num_queries, rows
):
    text = "\n".join(f"Ana {n}" for n in range(rows)) + "\nwww.x.example"
    made = roster_writing.prepare(
        read([text.encode()]), classroom=classroom, by=teacher
    )
    before = address("roster_import", classroom, made.pk)
    client.get(before)

    with django_assert_num_queries(9):
        client.get(before)

    plan = roster_writing.plan_of(made, teacher=teacher)
    roster_writing.write(made, by=teacher, shown=plan.digest)
    assertRedirects(client.post(before), before, fetch_redirect_response=False)
    with django_assert_num_queries(5):
        client.get(before)
