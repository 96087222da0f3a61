import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import working_out
from quizzes.models import Assignment, ItemReport, SendBack
from tendril.accounts.models import Look
from tests.factories import (
    AssignmentFactory,
    PassageFactory,
    QuestionFactory,
)
from tests.quizzes.classes import SendBackFactory, enrolled, hand_in, hand_in_marks
from tests.quizzes.every_kind import FIELDS, question_of, right, wrong

pytestmark = pytest.mark.django_db

RIGHT, WRONG = ["right"], ["wrong"]


@pytest.fixture
def assignment(classroom):
    assignment = AssignmentFactory(classroom=classroom)
    PassageFactory(section__lesson=assignment.quiz.lesson, key="idea-000001")
    return assignment


@pytest.fixture
def questions(assignment):
    return [
        QuestionFactory(quiz=assignment.quiz, stem=stem, passages=["idea-000001"])
        for stem in ("What lifts a kite?", "What steers it?")
    ]


@pytest.fixture
def signed_in(htmx, teacher):
    htmx.force_login(teacher)
    return htmx


def work_out(assignment):
    ItemReport.objects.get_or_create(assignment=assignment)
    working_out.work_out(assignment.pk)


def list_url(assignment):
    return reverse("quizzes:difficult_questions", args=[assignment.pk])


def report_url(assignment, question, name="question_report"):
    return reverse(f"quizzes:{name}", args=[assignment.pk, question.pk])


def test_the_list_is_polled_until_it_is_worked_out(signed_in, assignment, questions):
    hand_in_marks(assignment, questions, ["10", "00"])
    asks_again = 'hx-trigger="load delay:1s"'

    assertContains(signed_in.get(list_url(assignment)), asks_again)
    work_out(assignment)

    page = signed_in.get(list_url(assignment))
    assertNotContains(page, asks_again)
    assertContains(page, "missed by 2 of 2")
    text = page.content.decode()
    assert text.index("What steers it?") < text.index("What lifts a kite?")
    fragment, element = signed_in.fragment_and_element(
        list_url(assignment), "item-report"
    )
    assert fragment == element


def test_what_is_kept_is_shown_while_newer_figures_are_made(
    signed_in, assignment, questions
):
    hand_in_marks(assignment, questions, ["10"])
    work_out(assignment)
    hand_in_marks(assignment, questions, ["10"])

    page = signed_in.get(list_url(assignment))

    assertContains(page, "missed by 1 of 1")
    assertContains(page, "it is being worked out anew")
    assertContains(page, 'hx-trigger="load delay:1s"')


def test_the_list_may_count_all_attempts(signed_in, assignment, questions):
    (student,) = enrolled(assignment.classroom, 1)
    hand_in(assignment, student, dict.fromkeys(questions, WRONG), day=1)
    hand_in(assignment, student, dict.fromkeys(questions, RIGHT), day=2)
    work_out(assignment)

    assertContains(signed_in.get(list_url(assignment)), "missed by 1 of 1")
    everything = signed_in.get(f"{list_url(assignment)}?attempts=all")
    assertContains(everything, "missed by 1 of 2")


def test_an_assignment_that_only_gives_a_lesson_has_no_questions(
    signed_in, classroom, assignment
):
    reading = AssignmentFactory(
        classroom=classroom, quiz=None, lesson=assignment.quiz.lesson
    )

    assert signed_in.get(list_url(reading)).status_code == 404


def test_a_question_shows_who_answered_what_and_the_look_is_kept(
    signed_in, assignment, questions, student, teacher
):
    hand_in(assignment, student, dict.fromkeys(questions, WRONG))
    work_out(assignment)

    page = signed_in.get(report_url(assignment, questions[0]))

    assertContains(page, "Missed: 1 student")
    assertContains(page, "Sam")
    assertContains(page, "Answered")
    assertNotContains(page, "Your answer")
    assertContains(page, "Too few to tell: 1 attempt")
    look = Look.objects.get()
    assert (look.viewer, look.student, look.what) == (teacher, student, "answers")


def test_all_answers_that_count_stand_beside_the_first(signed_in, assignment, student):
    asked = QuestionFactory(quiz=assignment.quiz, key="q1", short=True, retired=True)
    accepted = {"answers": ["fine-tuning", "tuning", "teaching"]}
    better = QuestionFactory(
        quiz=assignment.quiz,
        key="q1",
        version=2,
        body=asked.body | accepted,
        short=True,
    )

    page = signed_in.get(report_url(assignment, better))

    assertContains(page, "<strong>fine-tuning</strong> (or tuning, teaching)")


def test_the_rows_of_what_was_answered_are_of_everybody(
    signed_in, assignment, student, classmate
):
    question = question_of("short", quiz=assignment.quiz)
    answers = [["yeast"]] * 3 + [["oven"], ["salt"], None]
    people = [student, classmate, *enrolled(assignment.classroom, 4)]
    for person, answer in zip(people, answers, strict=True):
        hand_in(assignment, person, {question: answer})
    work_out(assignment)

    page = signed_in.get(report_url(assignment, question)).content.decode()

    table = " ".join(page.partition("<tbody>")[2].partition("</tbody>")[0].split())
    for what, count in (
        ("yeast", "3 (50 %)"),
        ("Other answers, each given by few", "2 (33 %)"),
        ("Left open", "1 (17 %)"),
    ):
        row = table.partition(f'<th scope="row">{what}')[2].partition("</tr>")[0]
        assert count in row
    assert table.count("<tr>") == 3


def test_no_row_is_left_over_where_choices_were_picked(signed_in, assignment, student):
    question = question_of("multiple", quiz=assignment.quiz)
    hand_in(assignment, student, {question: right(question)})
    work_out(assignment)

    page = signed_in.get(report_url(assignment, question))

    assertNotContains(page, "Other answers")
    assertNotContains(page, "Left open")


@pytest.mark.parametrize("kind", FIELDS)
def test_a_question_of_every_kind_is_shown(signed_in, assignment, student, kind):
    question = question_of(kind, quiz=assignment.quiz)
    hand_in(assignment, student, {question: wrong(question)})
    work_out(assignment)

    page = signed_in.get(report_url(assignment, question))

    assertContains(page, "Missed: 1 student")
    assertNotContains(page, "Your ")


def test_an_older_version_leads_to_the_same_report(signed_in, assignment, student):
    old = QuestionFactory(quiz=assignment.quiz, key="q1", retired=True)
    QuestionFactory(quiz=assignment.quiz, key="q1", version=2, stem="Newer?")
    hand_in(assignment, student, {old: WRONG})

    page = signed_in.get(report_url(assignment, old))

    assertContains(page, "Newer?")
    assertContains(page, "Sam")


def test_questions_that_it_never_asks_are_not_found(signed_in, assignment, questions):
    assignment.question_keys = [questions[0].key]
    assignment.save()
    check = QuestionFactory(quiz=assignment.quiz, in_the_text=True)

    for other in (questions[1], check, QuestionFactory()):
        assert signed_in.get(report_url(assignment, other)).status_code == 404


def test_all_who_missed_it_are_sent_back(
    signed_in, assignment, questions, student, classmate
):
    hand_in(assignment, student, dict.fromkeys(questions, WRONG))
    hand_in(assignment, classmate, dict.fromkeys(questions, RIGHT))

    answer = signed_in.post(
        report_url(assignment, questions[0], "send_back"), {"whom": "all"}
    )

    there = report_url(assignment, questions[0])
    assertRedirects(answer, there, fetch_redirect_response=False)
    assert [sent.student for sent in SendBack.objects.all()] == [student]
    page = signed_in.get(there)
    assertContains(page, "1 student is asked to read the passage again.")
    assertContains(page, "to read it again")
    assertNotContains(page, 'name="whom"')


def test_only_those_who_are_ticked_are_sent_back(
    signed_in, assignment, questions, student, classmate
):
    for person in (student, classmate):
        hand_in(assignment, person, dict.fromkeys(questions, WRONG))

    signed_in.post(
        report_url(assignment, questions[0], "send_back"),
        {"whom": "ticked", "student": [classmate.pk]},
    )

    assert [sent.student for sent in SendBack.objects.all()] == [classmate]
    page = signed_in.get(report_url(assignment, questions[0]))
    assertContains(page, "Send the other 1 who missed it back to the passage")


def test_who_has_read_it_again_can_be_sent_back_once_more(
    signed_in, assignment, questions, student
):
    hand_in(assignment, student, dict.fromkeys(questions, WRONG))
    SendBackFactory(
        assignment=assignment,
        question=questions[0],
        student=student,
        done_at=timezone.now(),
    )

    page = signed_in.get(report_url(assignment, questions[0]))

    assertContains(page, "Send 1 student back to the passage")


def test_nobody_is_sent_back_before_the_marks_are_shown(
    signed_in, assignment, questions, student
):
    Assignment.objects.update(feedback=Assignment.Feedback.RELEASED)
    hand_in(assignment, student, dict.fromkeys(questions, WRONG))

    answer = signed_in.post(
        report_url(assignment, questions[0], "send_back"), {"whom": "all"}
    )

    assertContains(answer, "Show the marks first.", status_code=409)
    assert not SendBack.objects.exists()


@pytest.mark.parametrize("ticked", [[], ["0"], ["no"], ["classmate"]])
def test_nobody_is_sent_back_who_was_not_ticked_or_did_not_miss_it(
    signed_in, assignment, questions, student, classmate, ticked
):
    hand_in(assignment, student, dict.fromkeys(questions, WRONG))
    hand_in(assignment, classmate, dict.fromkeys(questions, RIGHT))
    ticked = [classmate.pk if name == "classmate" else name for name in ticked]

    answer = signed_in.post(
        report_url(assignment, questions[0], "send_back"), {"student": ticked}
    )

    assertContains(answer, 'role="alert">', status_code=422)
    assertContains(answer, "Tick", status_code=422)
    assert SendBack.objects.count() == 0


def test_a_question_without_a_passage_sends_nobody(signed_in, assignment, student):
    question = QuestionFactory(quiz=assignment.quiz)
    hand_in(assignment, student, {question: WRONG})

    page = signed_in.get(report_url(assignment, question))
    answer = signed_in.post(
        report_url(assignment, question, "send_back"), {"whom": "all"}
    )

    assertContains(page, "names no passage")
    assert answer.status_code == 404


def test_staff_who_teach_are_led_to_the_key(signed_in, assignment, questions, teacher):
    key_url = reverse("quizzes:question_key", args=[questions[0].pk])
    address = report_url(assignment, questions[0])
    assertNotContains(signed_in.get(address), key_url)
    teacher.is_staff = True
    teacher.save()
    assertContains(signed_in.get(address), key_url)


def test_a_follow_up_ticks_those_who_missed_one_of_its_questions(
    signed_in, assignment, questions, student, classmate
):
    hand_in(assignment, student, {questions[0]: WRONG, questions[1]: RIGHT})
    hand_in(assignment, classmate, {questions[0]: RIGHT, questions[1]: WRONG})
    address = reverse("quizzes:follow_up", args=[assignment.pk])

    page = signed_in.get(f"{address}?question={questions[0].pk}")

    text = page.content.decode()
    assert f'id="student-{student.pk}" checked' in text
    assert f'id="student-{classmate.pk}" checked' not in text
    assert f'id="student-{classmate.pk}"' in text


def test_a_follow_up_is_assigned(signed_in, assignment, questions, student):
    answer = signed_in.post(
        reverse("quizzes:follow_up", args=[assignment.pk]),
        {"question": [questions[1].pk], "student": [student.pk]},
    )

    made = Assignment.objects.exclude(pk=assignment.pk).get()
    assertRedirects(answer, made.get_absolute_url(), fetch_redirect_response=False)
    page = signed_in.get(made.get_absolute_url())
    assertContains(page, "It is given to 1 student, and open now.")
    assertContains(page, f"<h1>{assignment.quiz} #2</h1>")
    assert made.question_keys == [questions[1].key]
    assert list(made.students.all()) == [student]


@pytest.mark.parametrize(
    ("question", "person"), [("", "student"), ("0", "student"), ("asked", "outsider")]
)
def test_a_follow_up_of_what_is_not_there_is_refused(
    signed_in, assignment, questions, student, other_student, question, person
):
    pks = {
        "asked": questions[0].pk,
        "student": student.pk,
        "outsider": other_student.pk,
    }

    answer = signed_in.post(
        reverse("quizzes:follow_up", args=[assignment.pk]),
        {"question": pks.get(question, question), "student": pks[person]},
    )

    assertContains(answer, 'role="alert">', status_code=422)
    assert Assignment.objects.count() == 1


def test_a_student_finds_what_to_read_again_and_puts_it_away(htmx, student, questions):
    sent = SendBackFactory(student=student, question=questions[0])
    htmx.force_login(student)
    address = reverse("quizzes:news")

    assertContains(htmx.get(address), "Your teacher asks you to read this again")
    assertContains(htmx.get(address), "#idea-000001")
    answer = htmx.swap(
        "post", reverse("quizzes:read_again"), "my-news", {"errand": sent.pk}
    )

    assertNotContains(answer, "read this again")
    sent.refresh_from_db()
    assert sent.done_at


@pytest.mark.parametrize("count", [1, 12])
def test_both_pages_ask_as_often_for_many(
    signed_in, assignment, django_assert_num_queries, count
):
    questions = QuestionFactory.create_batch(count, quiz=assignment.quiz)
    hand_in_marks(assignment, questions, ["0" * count] * count)
    work_out(assignment)
    signed_in.get(list_url(assignment))

    with django_assert_num_queries(6):
        signed_in.get(list_url(assignment))
    with django_assert_num_queries(16):
        signed_in.get(report_url(assignment, questions[0]))
