from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import ClassroomFactory, EnrolmentFactory
from tests.tutor.factories import ExchangeFactory
from tutor import teacher_questions
from tutor.models import Exchange, Flag, TeacherQuestion

pytestmark = pytest.mark.django_db

CRUST = "Why is the crust brown?"


def send(student, lesson, classroom, text=CRUST):
    return teacher_questions.send(
        student=student,
        lesson=lesson,
        classroom=classroom,
        exchange_id=uuid4(),
        text=text,
    )


@pytest.fixture
def sent(student, lesson, classroom):
    return send(student, lesson, classroom)


@pytest.fixture
def unanswered(student, lesson):
    """What the lesson does not say."""
    return ExchangeFactory(
        student=student, lesson=lesson, question=CRUST, state=Exchange.State.NOTHING
    )


def questions_url(classroom):
    return reverse("tutor:class_questions", args=[classroom.pk])


def answer_url(question):
    where = [question.classroom_id, question.pk]
    return reverse("tutor:answer_question", args=where)


def panel_of(client, person, lesson):
    client.force_login(person)
    return client.get(reverse("tutor:panel", args=[lesson.slug]))


def test_no_consent_is_needed_and_the_same_words_go_once(student, lesson, classroom):
    for _time in range(2):
        send(student, lesson, classroom)

    assert TeacherQuestion.objects.get().question == CRUST


def test_personal_details_do_not_go_to_the_teacher(student, lesson, classroom):
    sent = send(student, lesson, classroom, "I am Sam Miller, sam@home.example. Why?")

    assert "sam@home.example" not in sent.question
    assert "Sam" not in sent.question


def test_what_was_left_out_may_make_it_longer(student, lesson, classroom):
    student.display_name = "Bo"
    student.save()

    sent = send(student, lesson, classroom, "ask Bo why. " * 40 + "Why?")

    sent.clean_fields()
    assert len(sent.question) > 500


def test_danger_is_not_sent_but_gets_help_and_a_flag(
    student, lesson, classroom, contact
):
    told = send(student, lesson, classroom, "I want to kill myself")

    assert told.is_danger
    assert Flag.objects.get().exchange == told
    assert not TeacherQuestion.objects.exists()


def test_teachers_cannot_be_flooded(student, lesson, classroom, settings):
    for number in range(teacher_questions.MOST_WAITING):
        send(student, lesson, classroom, f"Why {number}?")

    with pytest.raises(teacher_questions.TooManyWaiting):
        send(student, lesson, classroom)


def test_what_the_lesson_does_not_say_is_sent_on_once(htmx, unanswered, classroom):
    htmx.force_login(unanswered.student)
    url = reverse("tutor:send_on", args=[unanswered.pk])
    page = panel_of(htmx, unanswered.student, unanswered.lesson)
    assertContains(page, f'action="{url}"')

    for _time in range(2):
        page = htmx.swap("post", url, "tutor-panel", {"classroom": classroom.pk})

    assert TeacherQuestion.objects.get().exchange == unanswered
    assertContains(page, "Sent to your teacher.")
    assertNotContains(page, f'action="{url}"')


def test_nothing_that_was_answered_is_sent_on(htmx, student, lesson, classroom):
    answered = ExchangeFactory(student=student, lesson=lesson, answered=True)
    htmx.force_login(student)

    url = reverse("tutor:send_on", args=[answered.pk])

    assert htmx.post(url, {"classroom": classroom.pk}).status_code == 422
    assert not TeacherQuestion.objects.exists()


def test_it_goes_to_no_class_but_the_own(htmx, unanswered):
    other = ClassroomFactory()
    htmx.force_login(unanswered.student)

    url = reverse("tutor:send_on", args=[unanswered.pk])

    assert htmx.post(url, {"classroom": other.pk}).status_code == 422
    assert not TeacherQuestion.objects.exists()


def test_the_closed_panel_offers_it_to_whoever_is_in_a_class(htmx, student, lesson):
    assertContains(panel_of(htmx, student, lesson), "Ask my teacher")
    student.enrolments.all().delete()

    assertNotContains(panel_of(htmx, student, lesson), "Ask my teacher")


def test_in_several_classes_one_is_chosen(htmx, student, lesson):
    EnrolmentFactory(person=student, classroom__name="Chess club")

    page = panel_of(htmx, student, lesson)

    assertContains(page, "Ask my teacher in Chess club")
    assertContains(page, "Ask my teacher in Room 12")


def test_asked_from_the_closed_panel_it_stands_there(htmx, student, lesson, classroom):
    htmx.force_login(student)
    url = reverse("tutor:ask_teacher", args=[lesson.slug])
    data = {"exchange_id": uuid4(), "question": CRUST, "classroom": classroom.pk}

    page = htmx.swap("post", url, "tutor-panel", data)

    assertContains(page, "Sent to your teacher.")
    assertContains(page, CRUST)


def test_danger_from_the_closed_panel_leads_to_help(
    htmx, student, lesson, classroom, contact
):
    htmx.force_login(student)
    url = reverse("tutor:ask_teacher", args=[lesson.slug])
    data = {"exchange_id": uuid4(), "question": "my dad hits me every night"}

    page = htmx.swap("post", url, "tutor-panel", data | {"classroom": classroom.pk})

    assertContains(page, 'id="danger-help"')
    assertNotContains(page, "<html")


def test_an_answer_reaches_who_asked_and_nobody_else(
    htmx, sent, teacher, student, classmate, lesson
):
    htmx.force_login(teacher)
    page = htmx.post(answer_url(sent), {"answer": "The sugar in it turns brown."})
    assertRedirects(page, questions_url(sent.classroom))

    mine = panel_of(htmx, student, lesson)
    assertContains(mine, "The sugar in it turns brown.")
    assertContains(mine, "Ms Field answers:")
    assertNotContains(panel_of(htmx, classmate, lesson), "The sugar in it")


def test_what_was_sent_on_is_answered_where_it_was_asked(
    htmx, unanswered, classroom, teacher
):
    sent = teacher_questions.send_on(exchange=unanswered, classroom=classroom)
    teacher_questions.answer(sent, by=teacher, text="Sugar.", for_the_class=True)

    page = panel_of(htmx, unanswered.student, unanswered.lesson)

    assertContains(page, "Sugar.", count=1)
    assertNotContains(page, "Asked of the teacher")


def test_a_published_answer_reaches_the_class_without_the_name(
    htmx, sent, teacher, classmate, other_student, lesson
):
    htmx.force_login(teacher)
    htmx.post(answer_url(sent), {"answer": "It is sugar.", "for_the_class": "on"})

    page = panel_of(htmx, classmate, lesson)
    assertContains(page, "It is sugar.")
    assertContains(page, "Somebody in your class asked")
    assertNotContains(page, "Sam")
    assertNotContains(panel_of(htmx, other_student, lesson), "It is sugar.")


def test_an_answer_can_be_taken_back_from_the_class(htmx, sent, teacher):
    htmx.force_login(teacher)
    htmx.post(answer_url(sent), {"answer": "It is sugar.", "for_the_class": "on"})
    htmx.post(answer_url(sent), {"answer": "It is sugar."})

    sent.refresh_from_db()
    assert sent.published_at is None


def test_an_empty_answer_is_sent_back(htmx, sent, teacher):
    htmx.force_login(teacher)

    page = htmx.post(answer_url(sent), {"answer": " "})

    assertContains(page, "This field is required.", status_code=422)
    sent.refresh_from_db()
    assert sent.answered_at is None


def test_the_class_page_asks_for_what_students_asked(htmx, sent, teacher, classroom):
    htmx.force_login(teacher)
    assertContains(htmx.get(classroom.get_absolute_url()), questions_url(classroom))

    fragment, same = htmx.fragment_and_element(
        questions_url(classroom), "class-questions"
    )

    assert fragment == same
    assertContains(htmx.get(questions_url(classroom)), CRUST)


def test_a_student_who_has_left_the_class_is_not_read_any_more(
    htmx, sent, teacher, student, classroom
):
    htmx.force_login(teacher)
    student.enrolments.all().delete()

    assertNotContains(htmx.get(questions_url(classroom)), CRUST)
    assert htmx.post(answer_url(sent), {"answer": "Late."}).status_code == 404


def test_a_teacher_who_has_left_the_class_reads_nothing(htmx, sent, teacher, classroom):
    htmx.force_login(teacher)
    teacher.enrolments.all().delete()

    assert htmx.get(questions_url(classroom)).status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_a_list_takes_the_same_queries_for_any_number(
    htmx, teacher, classroom, lesson, django_assert_num_queries, count
):
    for seat in EnrolmentFactory.create_batch(count, classroom=classroom):
        send(seat.person, lesson, classroom)
    htmx.force_login(teacher)
    htmx.get(questions_url(classroom))

    # Session, person, class, waiting, answered.
    with django_assert_num_queries(5):
        htmx.get(questions_url(classroom))
