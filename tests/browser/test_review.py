import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lessons.models import Passage
from quizzes.models import Attempt, Question, Response
from tests.browser.reading import held, wait_until_kept
from tests.factories import ReviewCardFactory

REVIEW = "/learn/review/"


@pytest.fixture
def questions(site):
    """One question with choices from each of two lessons."""
    found = Question.objects.current().at_the_end().filter(kind="single")
    found = found.select_related("quiz__lesson").order_by("quiz", "position")
    by_quiz = {question.quiz_id: question for question in reversed(found)}
    return list(by_quiz.values())[:2]


@pytest.fixture
def due(student, questions):
    for question in questions:
        ReviewCardFactory(student=student, quiz=question.quiz, key=question.key)


def choose(page, *, right):
    """Answer the question that is shown; its text says which it is."""
    card = page.locator("#quiz-card:not(.htmx-added)")
    stem = card.locator("legend").inner_text().strip()
    question = Question.objects.current().get(stem=stem)
    choices = question.body["choices"]
    text = next(c["text"] for c in choices if c["right"] == right)
    card.get_by_label(text, exact=True).check()
    card.get_by_role("button", name="Check answer").click()
    page.locator(".verdict").wait_for()
    return question


def passage_of(question):
    return Passage.objects.get(
        lesson=question.quiz.lesson, key=question.passages[0]
    ).text


def test_five_from_before_is_taken_from_the_home_page_on_a_phone(
    phone, sign_in, student, due
):
    sign_in(phone, student)
    phone.goto("/")
    panel = phone.locator("#my-review:not([hx-get])")
    expect(panel).to_contain_text("2 questions wait")
    panel.get_by_role("button", name="Answer 2 now").click()

    missed = choose(phone, right=False)
    expect(phone.locator(".quotation")).to_contain_text(passage_of(missed))
    phone.get_by_role("link", name="Next question").click()
    phone.locator("#quiz-card legend").wait_for()
    other = choose(phone, right=True)
    phone.get_by_role("link", name="See how it went").click()
    phone.get_by_role("heading", name="How it went").wait_for()

    assert missed.quiz != other.quiz
    expect(phone.locator(".quotation")).to_contain_text(passage_of(missed))
    phone.get_by_role("link", name="Back to my review").click()
    expect(phone.locator("#my-review")).to_contain_text("Nothing waits today")


def test_a_review_is_taken_without_scripts(without_scripts, sign_in, student, due):
    page = without_scripts
    sign_in(page, student)
    page.goto(REVIEW)
    page.get_by_role("button", name="Answer 2 now").click()

    choose(page, right=True)
    page.get_by_role("link", name="Next question").click()
    choose(page, right=True)
    page.get_by_role("link", name="See how it went").click()

    expect(page.locator(".score")).to_have_text("2 of 2 points")


def remember(page, question, pick):
    """Put an answer of two days ago where this browser keeps what it remembers."""
    item = {
        "id": str(uuid.uuid4()),
        "kind": "answered",
        "happened_at": (timezone.now() - timedelta(days=2)).isoformat(),
        "attempt": str(uuid.uuid4()),
        "quiz": question.quiz.slug,
        "question": question.key,
        "version": question.version,
        "answer": [pick],
        "with_hint": False,
    }
    page.evaluate(
        "([key, entry]) => localStorage.setItem(key, entry)",
        [f"tendril:event:{item['id']}", json.dumps({"item": item, "owner": ""})],
    )


def wrong_key(question):
    return next(c["key"] for c in question.body["choices"] if not c["right"])


def test_signed_out_what_the_device_remembers_comes_back(laptop, questions):
    laptop.goto(REVIEW)
    card = laptop.locator("#quiz-card")
    expect(card).to_contain_text("This browser remembers no answers yet")
    for question in questions:
        remember(laptop, question, wrong_key(question))
    laptop.goto(REVIEW)
    expect(card).to_contain_text("2 questions wait")

    card.get_by_role("button", name="Answer 2 now").click()
    card.locator("legend").wait_for()
    missed = choose(laptop, right=False)
    expect(card.locator(".quotation")).to_contain_text(passage_of(missed))
    laptop.wait_for_timeout(100)
    kept = [entry["item"] for entry in held(laptop)]

    assert [item.get("purpose") for item in kept] == [None, None, "review"]
    assert kept[2]["question"] == missed.key
    assert laptop.url.endswith(REVIEW)
    assert not Response.objects.exists()
    laptop.goto(REVIEW)
    expect(card).to_contain_text("1 question waits")


def test_answers_to_two_questions_of_one_key_are_both_kept(laptop, questions):
    assert len({question.key for question in questions}) == 1
    laptop.goto(REVIEW)
    for question in questions:
        remember(laptop, question, wrong_key(question))
    laptop.goto(REVIEW)

    card = laptop.locator("#quiz-card")
    card.get_by_role("button", name="Answer 2 now").click()
    card.locator("legend").wait_for()
    choose(laptop, right=True)
    card.get_by_role("button", name="Next question").click()
    card.locator("legend").wait_for()
    choose(laptop, right=True)
    laptop.wait_for_timeout(100)

    assert len(held(laptop)) == 4


def test_what_was_reviewed_signed_out_is_added_to_an_account(
    laptop, sign_in, student, questions
):
    laptop.goto(REVIEW)
    remember(laptop, questions[0], wrong_key(questions[0]))
    laptop.goto(REVIEW)
    laptop.get_by_role("button", name="Answer 1 now").click()
    laptop.locator("#quiz-card legend").wait_for()
    choose(laptop, right=True)
    wait_until_kept(laptop, "answered")
    sign_in(laptop, student)
    laptop.goto("/me/")

    laptop.get_by_role("button", name="Add to my account").click()
    expect(laptop.locator("#device-offer")).to_contain_text("added to your account")

    purposes = Attempt.objects.made_by(student).values_list("purpose", flat=True)
    assert sorted(purposes) == ["quiz", "review"]
    assert student.review_cards.get().due_at > timezone.now()


def test_the_sheet_of_a_week_is_made_from_the_device(laptop, questions):
    laptop.goto(REVIEW)
    remember(laptop, questions[0], wrong_key(questions[0]))
    laptop.goto(REVIEW)

    laptop.get_by_role("button", name="This week on paper").click()

    expect(laptop.locator(".sheet .stem")).to_have_text(questions[0].stem)
    lesson = questions[0].quiz.lesson
    expect(laptop.locator(".sheet")).to_contain_text(f"“{lesson.title}”")
