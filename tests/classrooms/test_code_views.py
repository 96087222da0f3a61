import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts import erasing
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import GroupFactory

pytestmark = pytest.mark.django_db


def url(name, classroom, *more):
    return reverse(f"classrooms:{name}", args=[classroom.pk, *more])


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


def test_a_code_is_made_shown_and_switched_off(as_teacher, classroom):
    page = as_teacher.post(url("renew_code", classroom), follow=True)
    code = str(classroom.join_codes.get())
    assertContains(page, f'<p class="class-code">{code}</p>', html=True)

    wall = as_teacher.get(url("code", classroom))
    assertContains(wall, f"QR code of http://testserver/join/{code}/")
    assertContains(wall, "http://testserver/join/</strong>")

    page = as_teacher.post(url("switch_off_code", classroom), follow=True)
    assertContains(page, "This class has no code")
    assertContains(as_teacher.get(url("code", classroom)), "There is no code just now")


def test_a_code_that_is_too_old_is_not_shown(as_teacher, classroom):
    code = JoinCodeFactory(classroom=classroom, expired=True)

    for name in ("classroom", "code"):
        assertNotContains(as_teacher.get(url(name, classroom)), str(code))
    assertContains(as_teacher.get(url("classroom", classroom)), "Make a new one")


def test_slips_are_made_of_a_list_and_printed_with_their_names(as_teacher, classroom):
    page = as_teacher.post(
        url("slips", classroom), {"names": "Noa \r\n\n  Ada  Li\n"}, follow=True
    )

    assertContains(page, "2 join slips are new")
    sheet = as_teacher.get(url("print_slips", classroom))
    for slip in classroom.join_codes.slips():
        assertContains(sheet, f"QR code of http://testserver/join/{slip}/")
        assertContains(sheet, slip.name)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (" \n ", "This field is required"),
        ("A" * 61, "Shorten"),
        ("\n".join(["A"] * 201), "200 join slips at a time"),
    ],
)
def test_a_list_that_is_not_right_makes_no_slip(as_teacher, classroom, names, said):
    page = as_teacher.post(url("slips", classroom), {"names": names})

    assertContains(page, said, status_code=422)
    assert not classroom.join_codes.exists()


def test_a_used_slip_says_by_whom_and_is_not_printed(as_teacher, classroom, student):
    slip = JoinCodeFactory(classroom=classroom, slip=True, used=True, used_by=student)

    assertContains(as_teacher.get(url("slips", classroom)), "by Sam on")
    assertNotContains(as_teacher.get(url("print_slips", classroom)), str(slip))
    assert as_teacher.post(url("void_slip", classroom, slip.pk)).status_code == 404


def test_a_void_slip_is_gone(as_teacher, classroom):
    slip = JoinCodeFactory(classroom=classroom, slip=True)
    other = JoinCodeFactory(slip=True)

    page = as_teacher.post(url("void_slip", classroom, slip.pk))

    assertRedirects(page, url("slips", classroom))
    assert not classroom.join_codes.exists()
    assert as_teacher.post(url("void_slip", classroom, other.pk)).status_code == 404


def test_the_code_of_the_class_is_no_slip_to_void(as_teacher, classroom):
    code = JoinCodeFactory(classroom=classroom)

    assert as_teacher.post(url("void_slip", classroom, code.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_more_slips_cost_no_more_queries(
    as_teacher, django_assert_num_queries, classroom, count
):
    JoinCodeFactory.create_batch(count, classroom=classroom, slip=True)
    JoinCodeFactory.create_batch(count, classroom=classroom, slip=True, used=True)
    as_teacher.get(url("slips", classroom))

    with django_assert_num_queries(5):
        as_teacher.get(url("slips", classroom))
    with django_assert_num_queries(4):
        as_teacher.get(url("print_slips", classroom))


def test_a_group_is_made_changed_and_dissolved(
    as_teacher, classroom, student, classmate
):
    sam, kim = (person.enrolments.get().pk for person in (student, classmate))
    as_teacher.post(url("new_group", classroom), {"name": "Herons", "members": [sam]})
    group = classroom.groups.get()
    assertContains(as_teacher.get(url("group", classroom, group.pk)), "checked")

    page = as_teacher.post(
        url("group", classroom, group.pk),
        {"name": "Owls", "members": [kim]},
        follow=True,
    )

    assertContains(page, "Owls")
    assert group.members.get().person == classmate

    as_teacher.post(url("dissolve_group", classroom, group.pk))
    assert not classroom.groups.exists()


def test_a_group_takes_nobody_of_another_class(
    as_teacher, classroom, student, other_student
):
    stranger = other_student.enrolments.get().pk

    page = as_teacher.post(
        url("new_group", classroom), {"name": "Owls", "members": [stranger]}
    )

    assertContains(page, "has left the class", status_code=422)
    assertNotContains(page, "Robin", status_code=422)
    assert not classroom.groups.exists()


def test_two_groups_of_one_name_are_refused_and_nothing_is_lost(
    as_teacher, classroom, student
):
    GroupFactory(classroom=classroom, name="Herons")
    seat = student.enrolments.get().pk

    page = as_teacher.post(
        url("new_group", classroom), {"name": "herons", "members": [seat]}
    )

    assertContains(page, "Choose another", status_code=422)
    assertContains(page, "checked", status_code=422)
    assert classroom.groups.count() == 1


def test_a_group_of_another_class_is_not_found(as_teacher, classroom):
    other = GroupFactory()

    for name in ("group", "dissolve_group"):
        response = as_teacher.post(url(name, classroom, other.pk), {"name": "Owls"})
        assert response.status_code == 404


def test_nothing_names_a_student_who_is_to_be_erased(as_teacher, classroom, student):
    group = GroupFactory(classroom=classroom, name="Herons")
    group.members.add(student.enrolments.get())
    JoinCodeFactory(classroom=classroom, slip=True, used=True, used_by=student)
    pages = [url(name, classroom) for name in ("classroom", "slips", "groups")]
    pages.append(url("group", classroom, group.pk))
    assert all(b"Sam" in as_teacher.get(page).content for page in pages)

    erasing.ask(person=student, by=student)

    assert not any(b"Sam" in as_teacher.get(page).content for page in pages)
    gone = as_teacher.get(url("student", classroom, student.pk))
    assert gone.status_code == 404
