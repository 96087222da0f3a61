""" "I think I am right", from the mark to the word that comes back."""

import pytest
from playwright.sync_api import expect

from quizzes import grading, starting
from quizzes.marking import kind_of
from quizzes.models import Dispute, Question, Quiz
from tests.quizzes.answered import contest, mark_all

WHY = "The lesson says so in its second section."


@pytest.fixture
def wrong(site, student):
    """An answer of the student's, in a quiz that is all right but for it."""
    quiz = Quiz.objects.get(slug="end-why-companies-fine-tune")
    attempt = starting.start(quiz=quiz, student=student)
    questions = list(attempt.questions.all())
    answers = {
        question: kind_of(question).right(question.body) for question in questions
    }
    asked = next(question for question in questions if question.kind == "single")
    answers[asked] = [c["key"] for c in asked.body["choices"] if not c["right"]][:1]
    grading.submit_answers(attempt=attempt, answers=answers)
    return attempt.responses.get(question=asked)


def write(page):
    page.get_by_text("I think I am right").click()
    page.get_by_label("Why do you think so?").fill(WHY)
    page.get_by_role("button", name="Send").click()


def test_a_word_is_sent_from_the_mark_and_stays_in_view(phone, sign_in, student, wrong):
    sign_in(phone, student)
    phone.goto(wrong.attempt.get_absolute_url())

    write(phone)

    state = phone.locator(".contest-state")
    expect(state).to_contain_text("sent. Somebody will look at your answer.")
    expect(state).to_be_in_viewport()
    expect(phone.locator(f"#contest-{wrong.pk}")).to_be_focused()
    assert Dispute.objects.get().why == WHY


def test_a_word_is_sent_from_a_card(laptop, sign_in, student, wrong):
    number = list(wrong.attempt.questions.all()).index(wrong.question) + 1
    sign_in(laptop, student)
    laptop.goto(f"{wrong.attempt.get_absolute_url()}?question={number}")

    write(laptop)

    expect(laptop.locator(".contest-state")).to_contain_text("sent.")
    expect(laptop.get_by_role("heading", name=f"Question {number} of")).to_be_visible()


def test_a_word_without_a_word_says_what_to_do(laptop, sign_in, student, wrong):
    sign_in(laptop, student)
    laptop.goto(wrong.attempt.get_absolute_url())
    laptop.get_by_text("I think I am right").click()

    laptop.get_by_role("button", name="Send").click()

    expect(laptop.get_by_role("alert")).to_have_text(
        "Say in a few words why you think so."
    )
    laptop.get_by_label("Why do you think so?").fill(WHY)
    laptop.get_by_role("button", name="Send").click()
    expect(laptop.locator(".contest-state")).to_contain_text("sent.")


def test_a_word_is_sent_without_scripts(without_scripts, sign_in, student, wrong):
    page = without_scripts
    sign_in(page, student)
    page.goto(wrong.attempt.get_absolute_url())

    write(page)

    expect(page.locator(".contest-state")).to_contain_text("sent.")
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()


def test_it_is_accepted_and_the_student_hears_of_it(
    open_window, sign_in, axe, student, admin, wrong
):
    contest(wrong, WHY)
    staff, reader = open_window(), open_window()
    sign_in(staff, admin)
    staff.goto("/")
    staff.get_by_role("link", name="1 answer of which students say").click()
    staff.get_by_role("link", name=wrong.readable_answer).click()
    expect(staff.get_by_text("1 of 1 past answers changes:")).to_be_visible()
    expect(staff.get_by_text(WHY)).to_be_visible()
    assert axe(staff) == []

    staff.get_by_label("A word to the students").fill("You read closely.")
    staff.get_by_role("button", name="Accept and mark again").click()
    staff.get_by_role("heading", name="Marking again").wait_for()
    assert axe(staff) == []
    mark_all()

    # The page asks by itself how far it is.
    staff.get_by_role("heading", name="Marked again").wait_for()
    expect(staff.get_by_text("Points 0 → 1: 1 answer")).to_be_visible()
    staff.goto(f"/questions/{Question.objects.latest('pk').pk}/key/")
    assert axe(staff) == []
    sign_in(reader, student)
    reader.goto("/")
    news = reader.locator("#my-news")
    expect(news).to_contain_text("You were right: your answer is accepted.")
    expect(news).to_contain_text("You read closely.")
    assert axe(reader) == []
    news.get_by_role("button", name="I have seen this").click()
    expect(news).to_be_empty()
    reader.goto(wrong.get_absolute_url())
    expect(reader.locator(".contest-state")).to_contain_text("accepted.")
