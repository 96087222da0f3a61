from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import disputes
from quizzes.models import Correction, Question
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    QuestionFactory,
    UserFactory,
)
from tests.quizzes.answered import answered, contest, mark_all
from tests.quizzes.test_corrections import turned

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return QuestionFactory(key="q1", retired=True)


@pytest.fixture
def new(old):
    return QuestionFactory(
        quiz=old.quiz, key="q1", version=2, stem=old.stem, body=turned(old.body)
    )


def key_url(question):
    return reverse("quizzes:question_key", args=[question.pk])


@pytest.fixture
def made(teacher, classroom, student, other_student):
    """A correction by a teacher, with answers of their class and of another."""
    question = QuestionFactory(short=True)
    assignment = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    (own,) = answered(question, ["no"], student=student, assignment=assignment)
    answered(question, ["no"], student=other_student)
    return disputes.accept(dispute=contest(own), by=teacher)


def test_the_versions_are_shown_with_their_keys_and_what_would_change(
    client, admin, old, new
):
    answered(old, ["right"], ["wrong"], ["wrong"])
    client.force_login(admin)

    page = client.get(key_url(new))

    assertContains(page, "Version 2")
    assertContains(page, "Version 1")
    assertContains(page, "3 of 3 past answers change:")
    assertContains(page, "Points 0 → 1: 2 answers")
    assertContains(page, "Mark past answers by this key")


def test_past_answers_are_marked_by_a_later_key(client, admin, old, new):
    (response,) = answered(old, ["wrong"])
    client.force_login(admin)

    answer = client.post(key_url(new), {"reason": "It was the other one."})

    correction = Correction.objects.get()
    assertRedirects(answer, correction.get_absolute_url())
    assert (correction.made_by, correction.question) == (admin, new)
    mark_all()
    response.refresh_from_db()
    assert response.points == 1


def test_marking_again_needs_a_reason(client, admin, old, new):
    client.force_login(admin)

    answer = client.post(key_url(new), {"reason": " "})

    assertContains(answer, "what was wrong with the old key", status_code=422)
    assert Correction.objects.count() == 0


def test_a_key_without_older_versions_has_nothing_to_mark(client, admin, old):
    client.force_login(admin)
    assertContains(client.get(key_url(old)), "there is nothing to mark again")

    answer = client.post(key_url(old), {"reason": "Once more."})

    assertContains(answer, "No older version asks the same", status_code=409)
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_of_keys_costs_the_same_with_many_versions(
    client, admin, old, django_assert_num_queries, count
):
    for number in range(count):
        Question.objects.filter(key="q1").update(retired_at=old.retired_at)
        newest = QuestionFactory(
            quiz=old.quiz, key="q1", version=number + 2, stem=old.stem
        )
    answered(old, *[["wrong"]] * count)
    client.force_login(admin)

    # Catalogue, session, user, question, versions, answers and the different ones
    # among them, corrections.
    with django_assert_num_queries(8):
        client.get(key_url(newest))


def test_the_admin_leads_to_the_keys(client, admin, new):
    client.force_login(admin)

    page = client.get(reverse("admin:quizzes_question_change", args=[new.pk]))

    assertContains(page, f'href="{key_url(new)}"')


def test_progress_is_asked_for_until_it_is_finished(htmx, teacher, made):
    htmx.force_login(teacher)
    page = htmx.swap("get", made.get_absolute_url(), "correction-progress")
    assertContains(page, f'hx-get="{made.get_absolute_url()}"')
    assertContains(page, "0 of 2 answers marked")

    mark_all()
    page = htmx.swap("get", made.get_absolute_url(), "correction-progress")

    assertNotContains(page, "hx-get")
    assertNotContains(page, "<html")
    assertContains(page, "2 of 2 answers marked")
    assertContains(page, "Points 0 → 1: 2 answers")


def test_the_fragment_is_what_the_page_shows(htmx, teacher, made):
    htmx.force_login(teacher)

    fragment, element = htmx.fragment_and_element(
        made.get_absolute_url(), "correction-progress"
    )

    assert fragment == element


def test_it_tells_when_it_was_made_by_the_clock_of_the_class(
    client, teacher, classroom, made
):
    classroom.time_zone = "Pacific/Kiritimati"
    classroom.save()
    client.force_login(teacher)

    page = client.get(made.get_absolute_url())

    here = made.made_at.astimezone(ZoneInfo(classroom.time_zone))
    assertContains(page, f"{date_format(here, 'j F Y, H:i')} (Pacific/Kiritimati)")


def test_to_staff_of_another_place_it_tells_the_time_of_theirs(
    client, admin, classroom, made
):
    classroom.time_zone = "Pacific/Kiritimati"
    classroom.save()
    theirs = EnrolmentFactory(person=admin, teacher=True).classroom
    theirs.time_zone = "America/Lima"
    theirs.save()
    AssignmentFactory(classroom=theirs, quiz=made.question.quiz)
    client.force_login(admin)

    page = client.get(made.get_absolute_url())

    there = made.made_at.astimezone(ZoneInfo("America/Lima"))
    assertContains(page, f"{date_format(there, 'j F Y, H:i')} (America/Lima)")


def test_names_are_read_by_those_who_may(client, teacher, admin, made):
    mark_all()
    client.force_login(teacher)
    page = client.get(made.get_absolute_url())
    assertContains(page, "Sam")
    assertNotContains(page, "Robin")
    assertContains(page, "1 is of a student whose work you do not see.")

    client.force_login(admin)
    page = client.get(made.get_absolute_url())

    assertNotContains(page, "Sam")
    assertContains(page, "2 are of students whose work you do not see.")


def test_a_correction_is_open_to_staff_and_to_who_made_it(
    client, admin, teacher, other_teacher, student, made
):
    statuses = {}
    for person in (admin, teacher, other_teacher, student):
        client.force_login(person)
        statuses[person] = client.get(made.get_absolute_url()).status_code

    assert statuses == {admin: 200, teacher: 200, other_teacher: 404, student: 404}


@pytest.mark.parametrize("count", [1, 12])
def test_a_correction_costs_the_same_with_many_answers(
    client, teacher, student, classroom, django_assert_num_queries, count
):
    question = QuestionFactory(short=True)
    assignment = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    given = {"assignment": assignment, "student": student}
    responses = answered(question, *[["no"]] * count, **given)
    correction = disputes.accept(dispute=contest(responses[0]), by=teacher)
    mark_all()
    client.force_login(teacher)

    # Catalogue, session, user, correction, zone, steps, count, rows and who looked.
    with django_assert_num_queries(9):
        client.get(correction.get_absolute_url())


def test_a_number_too_large_for_the_database_is_nothing(client, admin):
    client.force_login(admin)
    for name in ("dispute", "correction", "question_key"):
        url = reverse(f"quizzes:{name}", args=[10**30])

        assert client.get(url).status_code == 404


def test_a_reason_of_any_length_gets_an_answer(client, old, new):
    client.force_login(UserFactory(admin=True))

    answer = client.post(key_url(new), {"reason": "a" * 100_000})

    assertContains(answer, "Use 500 characters at most", status_code=422)
