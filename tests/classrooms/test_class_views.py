from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertRedirects,
)

from tendril.accounts import erasing
from tendril.accounts.models import TeacherGrant
from tendril.classrooms.models import Classroom, Enrolment
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    GroupFactory,
    TeacherGrantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CLASSES = reverse("classrooms:classes")
NEW = reverse("classrooms:new")


def url(name, classroom, *more):
    return reverse(f"classrooms:{name}", args=[classroom.pk, *more])


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


def test_a_new_teacher_makes_a_class_and_stands_in_it(client):
    teacher = TeacherGrantFactory().person
    client.force_login(teacher)

    page = client.post(
        NEW, {"name": "  Room   5 ", "time_zone": "Europe/Vienna"}, follow=True
    )

    made = Classroom.objects.get()
    assertRedirects(page, made.get_absolute_url())
    assertContains(page, "Nobody has joined yet")
    assert (made.name, made.time_zone) == ("Room 5", "Europe/Vienna")


def test_the_list_of_time_zones_begins_with_the_sites_own(as_teacher, settings):
    settings.TIME_ZONE = "Asia/Tokyo"

    page = as_teacher.get(NEW)

    assertContains(
        page, '<option value="Asia/Tokyo" selected>Tokyo</option>', html=True
    )
    assertContains(page, '<optgroup label="Europe">')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": " ", "time_zone": "UTC"}, "This field is required"),
        ({"name": "A" * 81, "time_zone": "UTC"}, "at most 80 characters"),
        ({"name": "A", "time_zone": "Moon/Crater"}, "Choose a time zone from the list"),
    ],
)
def test_a_class_that_is_not_right_is_not_made_and_not_lost(as_teacher, data, said):
    page = as_teacher.post(NEW, data)

    assertContains(page, said, status_code=422)
    assertContains(page, f'value="{data["name"]}"', status_code=422)
    assert Classroom.objects.count() == 1


def test_settings_change_name_and_time_zone(as_teacher, classroom):
    as_teacher.post(
        url("settings", classroom), {"name": "Room 13", "time_zone": "Asia/Tokyo"}
    )

    classroom.refresh_from_db()
    assert (classroom.name, classroom.time_zone) == ("Room 13", "Asia/Tokyo")


def test_an_archived_class_is_found_and_brought_back(as_teacher, classroom, student):
    as_teacher.post(url("archive", classroom))

    assertContains(as_teacher.get(CLASSES), url("archive", classroom))
    assertRedirects(
        as_teacher.get(url("classroom", classroom)), url("archive", classroom)
    )
    for name in ("settings", "teachers", "code", "slips", "groups"):
        assert as_teacher.get(url(name, classroom)).status_code == 404
    assertContains(as_teacher.get(url("archive", classroom)), "Bring it back")

    page = as_teacher.post(url("bring_back", classroom), follow=True)

    assertContains(page, "The class is open again")
    assertContains(page, "Sam")


def test_students_do_not_see_an_archived_class(client, student, classroom):
    Classroom.objects.update(archived_at="2026-01-01T00:00Z")
    client.force_login(student)

    assertNotContains(client.get(CLASSES), "Room 12")
    for name in ("classroom", "leave", "archive"):
        assert client.get(url(name, classroom)).status_code == 404


def test_a_new_year_leads_to_the_new_class(as_teacher, classroom, student):
    page = as_teacher.post(
        url("new_year", classroom), {"name": "Room 14", "takes_students": "on"}
    )

    new = Classroom.objects.open().get()
    assertRedirects(page, new.get_absolute_url())
    assert new.enrolments.students().get().person == student


def test_a_new_year_says_before_what_goes_on_and_what_stays(as_teacher, classroom):
    page = as_teacher.get(url("new_year", classroom))

    assertContains(page, "The accounts that Room 12 looks after, with their students")
    assertContains(page, "Its assignments and its gradebook.")
    assertContains(page, reverse("quizzes:gradebook", args=[classroom.pk]))


def test_a_new_year_may_begin_after_the_class_was_archived(as_teacher, classroom):
    as_teacher.post(url("archive", classroom))

    assertContains(as_teacher.get(url("new_year", classroom)), "Start the year")
    as_teacher.post(url("new_year", classroom), {"name": "Room 14"})

    assert Classroom.objects.open().get().follows == classroom


def test_a_student_sees_the_class_without_the_work_of_others(
    client, student, classmate, classroom
):
    group = GroupFactory(classroom=classroom, name="Herons")
    group.members.add(student.enrolments.get())
    GroupFactory(classroom=classroom, name="Owls").members.add(
        classmate.enrolments.get()
    )
    JoinCodeFactory(classroom=classroom, code="CDFHJK")
    client.force_login(student)

    page = client.get(classroom.get_absolute_url())

    assertContains(page, "Ms Field")
    assertContains(page, "Herons")
    for hidden in ("Kim", "Owls", "CDF-HJK", "Let students in"):
        assertNotContains(page, hidden)


def test_a_teacher_takes_a_student_out_after_a_warning(
    as_teacher, classroom, student, classmate
):
    JoinCodeFactory(classroom=classroom, code="CDFHJK")
    address = url("remove_student", classroom, student.pk)

    assertContains(
        as_teacher.get(address), "With the code CDF-HJK they could join again"
    )
    page = as_teacher.post(address, follow=True)

    assertContains(page, "Sam is not in this class any more")
    assert classroom.enrolments.students().get().person == classmate
    assert as_teacher.get(url("student", classroom, student.pk)).status_code == 404


def test_a_teacher_is_no_student_to_take_out(as_teacher, classroom, co_teacher):
    page = as_teacher.post(url("remove_student", classroom, co_teacher.pk))

    assert page.status_code == 404
    assert classroom.enrolments.teachers().count() == 2


def test_a_student_leaves_after_a_warning(client, student, classroom):
    client.force_login(student)

    assertContains(client.get(url("leave", classroom)), "stop seeing your work at once")
    page = client.post(url("leave", classroom), follow=True)

    assertContains(page, "You are not in Room 12 any more")
    assert not student.enrolments.exists()


def test_a_teacher_is_named_and_steps_down(as_teacher, classroom, other_teacher):
    as_teacher.post(url("teachers", classroom), {"username": "Other-Teacher "})
    asked = as_teacher.get(url("step_down", classroom))
    assertContains(asked, "Stop teaching Room 12?")
    assert classroom.enrolments.teachers().count() == 2

    page = as_teacher.post(url("step_down", classroom), follow=True)

    assertContains(page, "You do not teach Room 12 any more")
    assert classroom.enrolments.teachers().get().person == other_teacher


def test_a_teacher_named_by_mistake_is_taken_off_and_told_by_whom(
    as_teacher, classroom, other_teacher
):
    as_teacher.post(url("teachers", classroom), {"username": "other-teacher"})
    address = url("take_off", classroom, other_teacher.pk)
    assertContains(as_teacher.get(url("teachers", classroom)), address)

    assertContains(as_teacher.get(address), "Take Mr Hill off Room 12?")
    page = as_teacher.post(address, follow=True)

    assertContains(page, "Mr Hill does not teach it any more.")
    as_teacher.force_login(other_teacher)
    assertContains(as_teacher.get(CLASSES), "Ms Field took you off Room 12")


def test_what_happened_long_ago_or_by_somebody_sealed_is_not_told(
    as_teacher, teacher, co_teacher, classroom
):
    taken = teacher.classes_taken_off.create(classroom=classroom, by=co_teacher)
    erasing.ask(person=co_teacher, by=co_teacher)
    assertContains(as_teacher.get(CLASSES), "You were taken off Room 12")

    taken.taken_off_at -= timedelta(days=31)
    taken.save()

    assertNotContains(as_teacher.get(CLASSES), "taken off")


def test_nobody_takes_themselves_or_a_student_off(as_teacher, teacher, student):
    classroom = teacher.enrolments.get().classroom

    for person in (teacher, student):
        response = as_teacher.post(url("take_off", classroom, person.pk))
        assert response.status_code == 404


def test_the_roster_is_folded_under_its_count(as_teacher, classroom, student):
    page = as_teacher.get(classroom.get_absolute_url()).content.decode()

    assert page.count("Sam") == 1
    assert page.index("<details") < page.index("Sam") < page.index("</details>")


def test_the_last_teacher_is_told_what_to_do_before_leaving(as_teacher, classroom):
    page = as_teacher.post(url("step_down", classroom), follow=True)

    assertContains(page, "Name another one first, or archive the class")
    assert classroom.enrolments.teachers().exists()


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("nobody", "No teacher here has this username"),
        ("guardian", "No teacher here has this username"),
        ("student", "They are a student of this class"),
    ],
)
def test_who_cannot_be_named_is_said_beside_the_field(
    as_teacher, classroom, student, guardian, username, said
):
    TeacherGrantFactory(person=student)

    page = as_teacher.post(url("teachers", classroom), {"username": username})

    assertContains(page, said, status_code=422)
    assert Enrolment.objects.teachers().count() == 1


def test_teachers_grant_where_the_site_allows_it(as_teacher, settings):
    settings.TEACHERS_MAY_GRANT = True
    person = UserFactory(username="new", display_name="Ms New", adult=True)
    assertContains(as_teacher.get(CLASSES), reverse("classrooms:grant"))

    page = as_teacher.post(
        reverse("classrooms:grant"), {"username": "new"}, follow=True
    )

    assertContains(page, "Ms New is a teacher now")
    assert TeacherGrant.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("username", "said"),
    [("nobody", "Nobody here has this"), ("student", "Only an adult can be a teacher")],
)
def test_who_cannot_be_granted_is_said(as_teacher, student, settings, username, said):
    settings.TEACHERS_MAY_GRANT = True

    page = as_teacher.post(reverse("classrooms:grant"), {"username": username})

    assertContains(page, said, status_code=422)


def test_the_page_to_grant_is_closed_to_who_was_granted_nothing(
    client, co_teacher, settings
):
    settings.TEACHERS_MAY_GRANT = True
    client.force_login(co_teacher)

    assert client.get(reverse("classrooms:grant")).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_more_students_and_groups_cost_no_more_queries(
    as_teacher, django_assert_num_queries, classroom, count
):
    seats = EnrolmentFactory.create_batch(count, classroom=classroom)
    for group in GroupFactory.create_batch(count, classroom=classroom):
        group.members.set(seats)
    as_teacher.get(classroom.get_absolute_url())

    with django_assert_num_queries(10):
        as_teacher.get(classroom.get_absolute_url())
    with django_assert_num_queries(7):
        as_teacher.get(url("groups", classroom))


@pytest.mark.parametrize("count", [1, 30])
def test_more_classes_cost_no_more_queries(
    as_teacher, teacher, django_assert_num_queries, count
):
    for traits in ({}, {"archived": True}):
        for each in ClassroomFactory.create_batch(count, **traits):
            EnrolmentFactory(classroom=each, person=teacher, teacher=True)
            EnrolmentFactory(classroom=each)
    for each in ClassroomFactory.create_batch(count):
        EnrolmentFactory(classroom=each, person=teacher)
    as_teacher.get(CLASSES)

    with django_assert_num_queries(7):
        as_teacher.get(CLASSES)
