import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts.models import Guardianship, Invitation
from tendril.classrooms.access import students_vouched_for_by
from tests.factories import (
    EnrolmentFactory,
    GuardianshipFactory,
    InvitationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def managed(student, classroom):
    """The student, whose account Room 12 looks after."""
    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    return student


def test_who_says_for_the_school_who_the_guardians_are(
    managed, classmate, teacher, co_teacher, former_teacher, other_teacher, admin
):
    joined = EnrolmentFactory(classroom=other_teacher.enrolments.get().classroom)
    EnrolmentFactory(classroom=joined.classroom, person=managed)

    found = {
        person: set(students_vouched_for_by(person))
        for person in (teacher, co_teacher, former_teacher, other_teacher, managed)
    }

    assert found == {
        teacher: {managed},
        co_teacher: {managed},
        former_teacher: set(),
        other_teacher: set(),
        managed: set(),
    }
    assert set(students_vouched_for_by(admin)) == {managed, classmate, joined.person}


@pytest.mark.parametrize("change", ["archived", "grown up"])
def test_nobody_vouches_for_who_is_grown_up_or_in_an_archived_class(
    managed, classroom, teacher, change
):
    if change == "archived":
        classroom.archived_at = classroom.enrolments.first().joined_at
        classroom.save(update_fields=["archived_at"])
    else:
        managed.born_on = teacher.born_on
        managed.save(update_fields=["born_on"])

    assert not students_vouched_for_by(teacher).exists()


def test_a_letter_says_all_that_a_guardian_needs(client, managed, teacher):
    client.force_login(teacher)

    page = client.post(
        reverse("classrooms:make_letter", args=[managed.pk]), follow=True
    )

    made = Invitation.objects.get()
    assert (made.kind, made.made_by) == ("school", teacher)
    assertContains(page, made.shown_code)
    assertContains(page, f"http://testserver{made.path}")
    assertContains(page, '<svg class="qr"')


def test_a_letter_that_is_used_is_printed_no_more(client, managed, teacher):
    made = InvitationFactory(student=managed, used=True)
    client.force_login(teacher)

    response = client.get(reverse("classrooms:letter", args=[made.pk]))

    assertNotContains(response, made.shown_code, status_code=404)


@pytest.mark.parametrize("kind", ["by_email", "by_child"])
def test_no_other_code_is_printed_for_the_school(client, managed, teacher, kind):
    made = InvitationFactory(student=managed, **{kind: True})
    client.force_login(teacher)

    response = client.get(reverse("classrooms:letter", args=[made.pk]))
    page = client.get(reverse("classrooms:family", args=[managed.pk]))

    assert response.status_code == 404
    assertNotContains(page, made.code)


def test_a_teacher_says_yes_and_the_guardian_sees(client, managed, teacher):
    bond = GuardianshipFactory(student=managed, pending=True)
    client.force_login(teacher)

    response = client.post(reverse("classrooms:verify_guardian", args=[bond.pk]))

    assertRedirects(response, reverse("classrooms:family", args=[managed.pk]))
    assert Guardianship.objects.verified().get().verified_by == teacher


def test_a_teacher_is_told_why_an_account_is_no_guardian(client, managed, teacher):
    bond = GuardianshipFactory(
        student=managed, guardian=UserFactory(display_name="Pat"), pending=True
    )
    client.force_login(teacher)

    page = client.post(
        reverse("classrooms:verify_guardian", args=[bond.pk]), follow=True
    )

    assertContains(page, "The account of Pat does not say that they are 18")
    assert not Guardianship.objects.verified().exists()


def test_a_teacher_bars_and_takes_it_back(client, managed, teacher):
    bond = GuardianshipFactory(student=managed)
    client.force_login(teacher)

    client.post(reverse("classrooms:bar_guardian", args=[bond.pk]))
    assert not Guardianship.objects.verified().exists()

    client.post(reverse("classrooms:lift_bar", args=[bond.pk]))
    assert Guardianship.objects.verified().exists()


def test_the_form_to_bar_says_that_open_codes_end(client, managed, teacher):
    GuardianshipFactory(student=managed)
    client.force_login(teacher)

    page = client.get(reverse("classrooms:family", args=[managed.pk]))

    assertContains(page, "Barring also takes back all letters, invitations and codes")


@pytest.mark.parametrize("how", [{}, {"by_email": True}, {"by_child": True}])
def test_the_school_sees_what_is_open_and_takes_it_back(client, managed, teacher, how):
    made = InvitationFactory(student=managed, **how)
    client.force_login(teacher)
    page = reverse("classrooms:family", args=[managed.pk])
    way = reverse("classrooms:take_back", args=[made.pk])

    shown = client.get(page)
    response = client.post(way)

    assertContains(shown, made.email)
    assertContains(shown, f'action="{way}"')
    assertRedirects(response, page)
    assert not Invitation.objects.open().exists()


def test_a_letter_names_who_made_it_the_class_and_the_site(client, managed, teacher):
    made = InvitationFactory(student=managed, made_by=teacher)
    client.force_login(teacher)

    letter = client.get(reverse("classrooms:letter", args=[made.pk]))

    assertContains(letter, "Ms Field<br>Room 12")
    assertContains(letter, "Tendril at testserver")


def test_who_gives_their_word_is_told_that_it_is_waited_for(
    client, managed, classroom, teacher, other_teacher
):
    pages = [reverse("home:home"), classroom.get_absolute_url()]
    client.force_login(teacher)
    for page in pages:
        assertNotContains(client.get(page), "your word")

    GuardianshipFactory(student=managed, pending=True)
    GuardianshipFactory(student=managed)

    for page in pages:
        assertContains(client.get(page), "1 adult waits for your word")
    client.force_login(other_teacher)
    assertNotContains(client.get(pages[0]), "your word")


def test_the_school_invites_by_mail(
    client, managed, teacher, django_capture_on_commit_callbacks
):
    client.force_login(teacher)

    with django_capture_on_commit_callbacks() as queued:
        client.post(
            reverse("classrooms:invite_guardian", args=[managed.pk]),
            {"email": "grandma@example.org"},
        )

    assert Invitation.objects.get().made_by == teacher
    assert (len(queued), mail.outbox) == (1, [])


def test_an_address_that_is_none_is_told_in_place(client, managed, teacher):
    client.force_login(teacher)

    response = client.post(
        reverse("classrooms:invite_guardian", args=[managed.pk]), {"email": "grandma"}
    )

    assertContains(response, "such as name@example.org", status_code=422)
    assert not Invitation.objects.exists()


def test_who_waits_stands_first_and_a_name_is_found(client, managed, classmate, admin):
    GuardianshipFactory(student=managed, pending=True)
    client.force_login(admin)

    page = client.get(reverse("classrooms:families"))
    found = client.get(reverse("classrooms:families"), {"q": "kim"})

    assert list(page.context["page"])[:1] == [managed]
    assert list(found.context["page"]) == [classmate]


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_of_families_costs_the_same_however_long(
    client, django_assert_max_num_queries, teacher, classroom, count
):
    for _ in range(count):
        seat = EnrolmentFactory(classroom=classroom, person__managed_by=classroom)
        GuardianshipFactory(student=seat.person)
    client.force_login(teacher)

    with django_assert_max_num_queries(6):
        client.get(reverse("classrooms:families"))


@pytest.mark.parametrize("count", [1, 5])
def test_a_family_costs_the_same_however_large(
    client, django_assert_max_num_queries, teacher, managed, count
):
    GuardianshipFactory.create_batch(count, student=managed, verified_by=teacher)
    InvitationFactory.create_batch(count, student=managed, made_by=teacher)
    client.force_login(teacher)

    with django_assert_max_num_queries(9):
        client.get(reverse("classrooms:family", args=[managed.pk]))


def test_the_page_of_a_class_leads_its_teachers_to_families(
    client, classroom, student, teacher
):
    link = f'href="{reverse("classrooms:families")}"'
    client.force_login(student)
    assertNotContains(client.get(classroom.get_absolute_url()), link)
    client.force_login(teacher)

    assertContains(client.get(classroom.get_absolute_url()), link)
