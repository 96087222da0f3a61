"""What tests do as somebody who reads in a browser."""

import pytest

from lessons.models import Lesson
from quizzes.models import Quiz
from tendril.accounts.models import User
from tests.browser.answering import give_right_answer
from tests.factories import PASSWORD

SLUG = "why-companies-fine-tune"
LESSON = f"/learn/lesson/{SLUG}/"
QUIZ = f"/learn/quiz/end-{SLUG}/"
OTHER = "/learn/lesson/show-it-examples/"

HELD = """() => Object.keys(localStorage)
    .filter((key) => key.startsWith("tendril:event:"))
    .map((key) => JSON.parse(localStorage[key]))
    .sort((a, b) => (a.item.happened_at < b.item.happened_at ? -1 : 1))"""


# Panels that have yet to ask for themselves, and what is being swapped in.
ARRIVING = """() => !document.querySelector(
    "[hx-trigger='load'], [hx-trigger^='load,'], "
    + ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")"""


def wait_until_arrived(page):
    """Wait for all that a page fetches by itself; half a second less than for idle."""
    page.wait_for_load_state("load")
    page.wait_for_function(ARRIVING)


def middle_passage():
    passages = list(Lesson.objects.get(slug=SLUG).passages.all())
    return passages[len(passages) // 2]


def held(page):
    return page.evaluate(HELD)


def wait_until_sent(page):
    for _ in range(100):
        if not held(page):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Still on the device: {held(page)}")


def kinds(page):
    return [entry["item"]["kind"] for entry in held(page)]


def wait_until_kept(page, kind):
    for _ in range(100):
        if kind in kinds(page):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Not kept: {held(page)}")


def open_lesson(page, address=LESSON):
    """With a clock that tests can move; as soon as the page knows who reads."""
    page.clock.install()
    page.goto(address)
    page.locator("nav#who[data-reader]").wait_for()
    page.locator("#lesson-me[data-reading]").wait_for()


def read_to(page, passage):
    """Read as far as a passage, and stay there for a while."""
    page.mouse.wheel(0, 200)
    page.locator(f"[id='{passage.key}']").evaluate(
        "passage => passage.scrollIntoView({block: 'start'})"
    )
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(200)  # the browser looks for what is in view by itself
    page.clock.run_for(6000)


def finish(page):
    """Take the time that the lesson takes, then reach its end."""
    page.wait_for_timeout(50)
    page.clock.run_for(120_000)
    page.locator("#lesson-end").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    page.clock.run_for(3000)


def answer_one(page):
    page.goto(QUIZ)
    page.get_by_role("button", name="Start the quiz").click()
    question = Quiz.objects.get(slug=f"end-{SLUG}").questions.current().at_the_end()[0]
    give_right_answer(page, question)
    page.get_by_role("button", name="Check answer").click()
    page.locator("#quiz-card .verdict").wait_for()


def sign_in_by_form(page, person):
    page.goto("/account/login/")
    page.get_by_label("Username").fill(person.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Sign in").click()
    page.locator("nav#who[data-reader]:not([data-reader=''])").wait_for()


def sign_out(page):
    page.locator("nav#who").get_by_role("button", name="Sign out").click()
    page.locator("nav#who[data-reader='']").wait_for()


def sign_up(page, name):
    page.goto("/account/signup/")
    page.get_by_label("Username").fill(name)
    page.locator("input[name=password1]").fill("a-long-kite-string-7")
    page.locator("main form").get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/recovery-words/**")
    page.get_by_role("link", name="Not now").click()
    return User.objects.get(username=name)


def offer(page):
    return page.locator("#device-offer")
