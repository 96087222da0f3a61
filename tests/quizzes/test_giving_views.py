import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes.models import Assignment, Attempt
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    EnrolmentFactory,
    GroupFactory,
    LessonFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def classroom(classroom):
    classroom.time_zone = "Europe/Vienna"
    classroom.save()
    return classroom


@pytest.fixture
def client(client, teacher):
    client.force_login(teacher)
    return client


@pytest.fixture
def quiz():
    quiz = QuizFactory(closed=True, title="How kites fly")
    QuestionFactory.create_batch(2, quiz=quiz)
    return quiz


@pytest.fixture
def given(quiz, classroom, teacher):
    return AssignmentFactory(classroom=classroom, quiz=quiz, made_by=teacher)


def new(classroom):
    return reverse("quizzes:new_assignment", args=[classroom.pk])


def listed(classroom):
    return reverse("quizzes:class_assignments", args=[classroom.pk])


def url(name, given, *more):
    return reverse(f"quizzes:{name}", args=[given.pk, *more])


def filled_in(quiz=None, **changes):
    return {
        "quiz": quiz.pk if quiz else "",
        "lesson": "",
        "audience": "class",
        "opens_at": "2027-01-11T08:00",
        "due_at": "2027-01-15T16:00",
        "closes_at": "2027-01-18T16:00",
        "attempts_allowed": "2",
        "feedback": "released",
        "minutes": "20",
    } | changes


def test_a_closed_quiz_is_given_out_in_the_time_of_the_class(
    client, quiz, classroom, teacher
):
    response = client.post(new(classroom), filled_in(quiz), follow=True)

    assertRedirects(response, listed(classroom))
    assertContains(response, "“How kites fly” is given out.")
    assertNotContains(response, "This is a practice quiz")
    given = Assignment.objects.get()
    assert given.opens_at == datetime(2027, 1, 11, 7, 0, tzinfo=UTC)
    assert given.closes_at == datetime(2027, 1, 18, 15, 0, tzinfo=UTC)
    assert (given.made_by, given.minutes, given.has_hints) == (teacher, 20, False)


def test_giving_out_a_practice_quiz_says_that_its_key_is_open(client, classroom):
    response = client.post(new(classroom), filled_in(QuizFactory()), follow=True)

    assertContains(response, "This is a practice quiz: anyone can find out")


def test_a_lesson_alone_is_given_out_at_once_and_with_no_end(client, classroom):
    lesson = LessonFactory()
    empty = dict.fromkeys(["opens_at", "due_at", "closes_at", "minutes"], "")

    client.post(new(classroom), filled_in(lesson=lesson.pk, **empty))

    given = Assignment.objects.get()
    assert (given.lesson, given.quiz, given.closes_at) == (lesson, None, None)
    assert given.is_open


def test_work_is_given_to_a_group_and_a_student(client, quiz, classroom, student):
    group = GroupFactory(classroom=classroom)
    some = {"audience": "some", "groups": [group.pk], "students": [student.pk]}

    client.post(new(classroom), filled_in(quiz, **some))

    given = Assignment.objects.get()
    assert (list(given.groups.all()), list(given.students.all())) == (
        [group],
        [student],
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quiz": ""}, "Choose a lesson, a quiz, or both."),
        ({"quiz": "0"}, "This quiz was taken down. Choose another one."),
        ({"lesson": "soon"}, "Select a valid choice."),
        ({"audience": "some"}, "Choose a group or a student, or the whole class."),
        ({"audience": "all"}, "Select a valid choice."),
        ({"due_at": "2027-01-11T08:00"}, "It would be due before it opens."),
        ({"closes_at": "2027-01-10T16:00"}, "It would close before it opens."),
        ({"closes_at": "2027-01-14T16:00"}, "It would close before it is due."),
        ({"opens_at": "2026-03-29T02:30"}, "The clocks go forward then"),
        ({"opens_at": "2026-10-25T02:30"}, "The clocks go back then"),
        ({"opens_at": "soon"}, "Write a day and a time"),
        ({"opens_at": "2027-01-11T08:00Z"}, "Write a day and a time"),
        ({"opens_at": "0001-01-01T00:00"}, "in a year from 2000 to 2199"),
        ({"closes_at": "9999-12-31T23:59"}, "in a year from 2000 to 2199"),
        ({"attempts_allowed": "0"}, "Write a number from 1 to 100, or leave it empty."),
        ({"attempts_allowed": "101"}, "Write a number from 1 to 100"),
        ({"minutes": "1441"}, "Write a number from 1 to 1440, or leave it empty."),
        ({"minutes": "soon"}, "Write a number from 1 to 1440"),
        ({"feedback": "never"}, "Select a valid choice."),
    ],
)
def test_what_does_not_fit_is_explained_and_nothing_is_given_out(
    client, quiz, classroom, changes, message
):
    sent = filled_in(quiz) | changes

    response = client.post(new(classroom), sent)

    assertContains(response, message, status_code=422)
    assertContains(response, f'value="{sent["minutes"]}"', status_code=422)
    assert not Assignment.objects.exists()


def test_nobody_of_another_class_is_chosen(client, quiz, classroom, other_student):
    group = GroupFactory()
    for some in ({"students": [other_student.pk]}, {"groups": [group.pk]}):
        data = filled_in(quiz, audience="some", **some)

        response = client.post(new(classroom), data)

        assertContains(response, "Select a valid choice.", status_code=422)
    assert not Assignment.objects.exists()


def test_neither_a_retired_quiz_nor_an_archived_class_is_taken(client, quiz, classroom):
    retired = client.post(new(classroom), filled_in(QuizFactory(retired=True)))
    classroom.archived_at = timezone.now()
    classroom.save()
    archived = client.post(new(classroom), filled_in(quiz))

    assertContains(retired, "This quiz was taken down", status_code=422)
    assertContains(archived, "This class is archived", status_code=422)
    assert not Assignment.objects.exists()


def test_the_address_chooses_the_quiz_and_broken_ones_choose_nothing(client, classroom):
    quiz = QuizFactory()

    chosen = client.get(f"{new(classroom)}?quiz={quiz.slug}")
    broken = client.get(f"{new(classroom)}?quiz=%00&copy=9&weeks=-1&lesson=a%20b")

    assertContains(chosen, f'<option value="{quiz.pk}" selected>{quiz}</option>')
    assertNotContains(broken, f'<option value="{quiz.pk}" selected>')


@pytest.mark.parametrize("choose", ["the same", "another", "none"])
@pytest.mark.parametrize("way", ["new", "copy", "edit"])
def test_picked_questions_are_those_of_the_quiz_they_were_picked_from(
    client, given, choose, way
):
    picked = given.quiz.questions.first().key
    Assignment.objects.update(question_keys=[picked])
    to = {
        "new": f"{new(given.classroom)}?quiz={given.quiz.slug}&only={picked}",
        "copy": f"{new(given.classroom)}?copy={given.pk}",
        "edit": url("edit_assignment", given),
    }[way]
    quiz = {"the same": given.quiz, "another": QuizFactory(), "none": None}[choose]

    client.post(to, filled_in(quiz, lesson=LessonFactory().pk))

    kept = [picked] if choose == "the same" else []
    assert Assignment.objects.latest("pk").question_keys == kept


def test_the_lists_are_in_the_order_of_the_catalogue(client, classroom):
    late = LessonFactory(track__position=2, creators=True, number=1)
    old = LessonFactory(track__position=1, creators=True, number=2)
    young = LessonFactory(track=old.track, explorers=True, number=3)

    page = client.get(new(classroom)).content.decode()

    labels = re.findall(r'optgroup label="([^"]*)"', page)
    assert labels == [
        f"{old.track}: Explorers",
        f"{old.track}: Creators",
        f"{late.track}: Creators",
    ]
    assert page.index(str(young)) < page.index(str(old)) < page.index(str(late))


@pytest.mark.parametrize("many", [1, 30])
def test_the_form_costs_the_same_for_any_catalogue(
    client, classroom, django_assert_max_num_queries, many
):
    for _ in range(many):
        QuizFactory()
        GroupFactory(classroom=classroom)
        EnrolmentFactory(classroom=classroom)

    with django_assert_max_num_queries(12):
        client.get(new(classroom))


def test_it_cannot_be_moved_to_open_after_somebody_began(client, given, student):
    began = timezone.now() - DAY
    Assignment.objects.update(opens_at=began - DAY)
    AttemptFactory(assigned=True, assignment=given, student=student, started_at=began)
    before = Assignment.objects.get().opens_at
    later = filled_in(given.quiz, opens_at="2030-01-11T08:00", due_at="", closes_at="")

    answer = client.post(url("edit_assignment", given), later)

    assertContains(answer, "cannot open later than that", status_code=422)
    assert Assignment.objects.get().opens_at == before


def test_saving_the_form_as_it_stands_changes_nothing(client, given, student):
    # Seconds, and an hour that the clock showed twice that night.
    Assignment.objects.update(
        opens_at=datetime(2026, 10, 25, 0, 30, 12, tzinfo=UTC),
        closes_at=datetime(2026, 10, 25, 1, 30, 45, tzinfo=UTC),
        audience="some",
        attempts_allowed=3,
    )
    given.students.add(student)
    before = Assignment.objects.values().get()
    form = client.get(url("edit_assignment", given)).context["form"]
    data = {field.html_name: field.value() for field in form if field.value()}

    response = client.post(url("edit_assignment", given), data)

    assertRedirects(response, listed(given.classroom))
    assert Assignment.objects.values().get() == before
    assert list(given.students.all()) == [student]


def test_what_was_begun_stays_with_its_quiz_and_takes_other_rules(client, given):
    attempt = AttemptFactory(assigned=True, assignment=given)
    quiz = given.quiz

    client.post(
        url("edit_assignment", given),
        filled_in(QuizFactory(), opens_at="", closes_at="2199-11-09T16:00"),
    )

    given.refresh_from_db()
    attempt.refresh_from_db()
    assert (given.quiz, given.minutes) == (quiz, 20)
    assert attempt.ends_at == given.closes_at


def test_copying_leads_to_the_form_with_the_same_rules(client, given, teacher):
    other = EnrolmentFactory(classroom__name="Room 9", person=teacher, teacher=True)
    Assignment.objects.update(minutes=35, due_at=timezone.now() + 9 * DAY)
    asked = {"classroom": other.classroom_id, "when": "later", "weeks": 2}

    page = client.get(url("copy_assignment", given))
    response = client.get(url("copy_assignment", given), asked, follow=True)

    assertContains(page, "Room 9")
    assertRedirects(response, f"{new(other.classroom)}?copy={given.pk}&weeks=2")
    assertContains(response, 'value="35"')
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"when": "later"}, "Write how many weeks later it starts."),
        ({"when": "later", "weeks": "0"}, "greater than or equal to 1"),
        ({"when": "never"}, "Select a valid choice"),
        ({"classroom": "0", "when": "same"}, "Select a valid choice"),
    ],
)
def test_a_copy_that_makes_no_sense_is_explained(
    client, given, teacher, asked, message
):
    other = EnrolmentFactory(person=teacher, teacher=True).classroom

    response = client.get(
        url("copy_assignment", given), {"classroom": other.pk} | asked
    )

    assertContains(response, message, status_code=422)


def test_a_class_of_somebody_else_is_no_target(client, given, other_teacher):
    ClassroomFactory()
    target = other_teacher.enrolments.get().classroom_id

    response = client.get(
        url("copy_assignment", given), {"classroom": target, "when": "same"}
    )

    assert response.status_code == 422


def test_deleting_and_closing_lead_back_to_the_list(client, given, classroom, student):
    closed = client.post(url("close_assignment", given), follow=True)
    assertRedirects(closed, listed(classroom))
    assertContains(closed, "closed since")

    deleted = client.post(url("delete_assignment", given), follow=True)

    assertContains(deleted, "“How kites fly” is deleted.")
    assert not Assignment.objects.exists()


def test_what_was_begun_is_not_deleted(client, given, student):
    AttemptFactory(assigned=True, assignment=given, student=student)

    response = client.post(url("delete_assignment", given))

    assertContains(response, "so it stays", status_code=409)
    assert Assignment.objects.exists()


def test_a_preview_shows_questions_and_answers_and_keeps_nothing(client, given):
    question = given.quiz.questions.first()

    response = client.get(url("preview_assignment", given))

    assertContains(response, question.stem)
    assertContains(response, question.explanation)
    assertContains(response, "The wrong choice 1")
    assertContains(response, "The questions as they are printed, each with its answer.")
    assert not Attempt.objects.exists()


def test_a_preview_of_picked_questions_shows_these(client, given):
    picked, other = given.quiz.questions.all()
    Assignment.objects.update(question_keys=[picked.key])

    response = client.get(url("preview_assignment", given))

    assertContains(response, picked.stem)
    assertNotContains(response, other.stem)
