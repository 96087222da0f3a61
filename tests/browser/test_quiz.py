import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from quizzes.models import Attempt, Quiz, Response
from tests.browser.answering import click, give_right_answer, key, tap
from tests.browser.conftest import PHONE

LESSON = "/learn/lesson/why-companies-fine-tune/"
QUIZ = "/learn/quiz/end-why-companies-fine-tune/"


@pytest.fixture
def quiz(site):
    return Quiz.objects.get(slug="end-why-companies-fine-tune")


def answer(page, quiz, number, press=click):
    card = page.locator("#quiz-card")
    card.get_by_role("heading", name=f"Question {number} of").wait_for()
    wait_until_in_place(page)
    question = quiz.questions.current().at_the_end()[number - 1]
    give_right_answer(page, question, press)
    press(card.get_by_role("button", name="Check answer"))
    card.locator(".verdict").wait_for()
    wait_until_in_place(page)


def wait_until_in_place(page):
    """Before that, a form or a link works as it does without scripts."""
    page.locator("#quiz-card:not(.htmx-added)").wait_for()


@pytest.mark.parametrize(
    ("window", "press"),
    [("laptop", click), ("laptop", key), ("phone", tap)],
    ids=["mouse", "keyboard", "touch"],
)
def test_a_quiz_with_all_kinds_is_taken_inside_its_lesson_to_the_result(
    request, sign_in, student, site, window, press
):
    page = request.getfixturevalue(window)
    quiz = Quiz.objects.get(slug="end-choosing-the-right-tool")
    asked = quiz.questions.current().at_the_end()
    assert {question.kind for question in asked} == set(KINDS)
    sign_in(page, student)
    page.goto(quiz.lesson.get_absolute_url())
    press(page.get_by_role("button", name="Start the quiz"))

    for number in range(1, len(asked) + 1):
        answer(page, quiz, number, press)
        if number < len(asked):
            press(page.get_by_role("link", name="Next question"))
    press(page.get_by_role("link", name="See how it went"))
    page.get_by_role("heading", name="How it went").wait_for()

    score = page.locator(".score").inner_text()
    assert score == f"{len(asked)} of {len(asked)} points"
    assert page.url.endswith(quiz.lesson.get_absolute_url())
    assert Attempt.objects.get().score == len(asked)


def test_on_a_phone_no_choice_looks_picked_under_the_finger_that_began(phone, quiz):
    phone.goto(QUIZ)
    phone.get_by_role("button", name="Start the quiz").click()
    choices = phone.locator(".choice")
    choices.first.hover()

    borders = choices.evaluate_all(
        "found => found.map(choice => getComputedStyle(choice).borderColor)"
    )

    assert len(set(borders)) == 1


def test_signed_out_a_quiz_answers_at_once_and_stores_nothing(laptop, quiz):
    laptop.goto(QUIZ)
    laptop.get_by_role("button", name="Start the quiz").click()

    answer(laptop, quiz, 1)

    assert laptop.locator(".verdict").inner_text().strip() == "That is right."
    assert not Response.objects.exists()


def test_signed_out_a_quiz_that_was_left_goes_on_until_somebody_signs_in(
    laptop, sign_in, student, quiz
):
    go_on = laptop.get_by_role("button", name="Go on where you stopped")
    laptop.goto(QUIZ)
    expect(go_on).to_be_hidden()
    laptop.get_by_role("button", name="Start the quiz").click()
    answer(laptop, quiz, 1)

    laptop.get_by_role("link", name="See where the lesson says it").click()
    laptop.wait_for_url("**/why-companies-fine-tune/#*")
    laptop.goto(QUIZ)
    go_on.click()
    answer(laptop, quiz, 2)

    sign_in(laptop, student)
    laptop.goto(QUIZ)
    laptop.context.clear_cookies()
    laptop.goto(QUIZ)
    laptop.get_by_role("button", name="Start the quiz").wait_for()
    expect(go_on).to_be_hidden()


def test_enter_answers_a_question_that_has_a_hint(laptop, quiz):
    quiz.questions.update(hint="Think of the numbers.")
    laptop.goto(QUIZ)
    laptop.get_by_role("button", name="Start the quiz").click()

    laptop.get_by_role("radio").first.press("Enter")

    laptop.get_by_text("Give an answer first.").wait_for()


def test_without_scripts_a_quiz_is_taken_with_plain_forms(
    without_scripts, sign_in, student, quiz
):
    sign_in(without_scripts, student)
    without_scripts.goto(QUIZ)
    without_scripts.get_by_role("button", name="Start the quiz").click()

    answer(without_scripts, quiz, 1)
    without_scripts.get_by_role("link", name="Next question").click()
    answer(without_scripts, quiz, 2)

    assert Response.objects.count() == 2


def test_without_scripts_and_signed_out_a_quiz_goes_on(without_scripts, quiz):
    without_scripts.goto(QUIZ)
    without_scripts.get_by_role("button", name="Start the quiz").click()

    answer(without_scripts, quiz, 1)
    without_scripts.get_by_role("button", name="Next question").click()
    answer(without_scripts, quiz, 2)

    assert not Response.objects.exists()


def test_the_keyboard_alone_answers_a_question(laptop, sign_in, student, quiz):
    sign_in(laptop, student)
    laptop.goto(QUIZ)
    laptop.get_by_role("button", name="Start the quiz").focus()
    laptop.keyboard.press("Enter")
    laptop.get_by_role("heading", name="Question 1 of").wait_for()
    wait_until_in_place(laptop)

    # The card has the focus now: the next stop is the choices.
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("ArrowDown")
    laptop.keyboard.press("Enter")
    laptop.locator("#quiz-card .verdict").wait_for()

    assert Response.objects.count() == 1
    expect(laptop.locator("#quiz-card")).to_be_focused()


def test_going_back_offers_no_second_first_answer(
    without_scripts, sign_in, student, quiz
):
    page = without_scripts
    sign_in(page, student)
    page.goto(QUIZ)
    page.get_by_role("button", name="Start the quiz").click()
    answer(page, quiz, 1)

    page.go_back()

    page.get_by_role("heading", name="Question 2 of").wait_for()
    assert Response.objects.count() == 1


def test_see_where_lights_up_the_passage(laptop, quiz):
    laptop.goto(QUIZ)
    laptop.get_by_role("button", name="Start the quiz").click()
    answer(laptop, quiz, 1)

    laptop.get_by_role("link", name="See where the lesson says it").click()
    laptop.wait_for_url("**/why-companies-fine-tune/#*")

    key = quiz.questions.current().at_the_end()[0].passages[0]
    passage = laptop.locator(f"[id='{key}']")
    passage.wait_for()
    assert laptop.evaluate("document.querySelector(':target').id") == key
    other = laptop.locator(".passage").first
    lit, plain = (
        each.evaluate("e => getComputedStyle(e).backgroundColor")
        for each in (passage, other)
    )
    assert lit != plain


def test_a_check_question_is_answered_inside_the_text(laptop, quiz):
    laptop.goto(LESSON)
    check = laptop.locator("#check-c2")
    laptop.locator("#check-c2[data-answered]:not(.htmx-added)").wait_for()

    check.get_by_role("radio").first.check()
    check.get_by_role("button", name="Check answer").click()
    laptop.locator("#check-c2 .verdict").wait_for()

    assert laptop.url.endswith(LESSON)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_while_a_quiz_is_taken(open_window, quiz, axe, dark):
    page = open_window(PHONE, dark=dark)
    page.goto(QUIZ)
    assert axe(page) == []
    page.get_by_role("button", name="Start the quiz").click()
    page.get_by_role("heading", name="Question 1 of").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Check answer").click()
    page.get_by_text("Give an answer first.").wait_for()
    assert axe(page) == []

    answer(page, quiz, 1)

    assert axe(page) == []
