"""A closed quiz given to a class, with a limit of time, as students take it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Attempt, Response
from tests.factories import AssignmentFactory, QuestionFactory, QuizFactory


@pytest.fixture
def assignment(site, student):
    """Three questions, twenty minutes, marks after handing in."""
    quiz = QuizFactory(closed=True, title="How kites fly")
    QuestionFactory.create_batch(2, quiz=quiz)
    QuestionFactory(quiz=quiz, short=True)
    classroom = student.enrolments.get().classroom
    return AssignmentFactory(quiz=quiz, classroom=classroom, at_end=True, minutes=20)


def start(page, sign_in, student, assignment):
    sign_in(page, student)
    page.goto(assignment.get_absolute_url())
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="Question 1 of 3").wait_for()


def pick(page, number, word):
    page.get_by_role("heading", name=f"Question {number} of 3").wait_for()
    wait_until_in_place(page)
    page.get_by_label(f"The {word} choice 1", exact=True).check()


def go_on(page):
    wait_until_in_place(page)
    page.get_by_role("button", name="Save and go on").click()


def wait_until_in_place(page):
    page.locator("#quiz-card:not(.htmx-added)").wait_for()


def wait_for_scripts(page):
    """From then on what is filled in is saved by itself."""
    page.locator("[data-time-left]").wait_for()


def hand_in(page):
    wait_until_in_place(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("heading", name="How it went").wait_for()


def score(page):
    return page.locator(".score strong").inner_text()


def take(page):
    """Answer all, change the first answer, hand in."""
    pick(page, 1, "wrong")
    go_on(page)
    pick(page, 2, "right")
    go_on(page)
    page.get_by_role("heading", name="Question 3 of 3").wait_for()
    wait_until_in_place(page)
    page.get_by_role("textbox").fill("fine-tuning")
    go_on(page)
    page.get_by_role("heading", name="Ready to hand in?").wait_for()
    wait_until_in_place(page)
    page.locator(".overview a").first.click()
    pick(page, 1, "right")
    go_on(page)
    page.get_by_role("heading", name="Ready to hand in?").wait_for()
    hand_in(page)


def test_on_a_phone_it_is_taken_an_answer_changed_and_handed_in(
    phone, sign_in, student, assignment
):
    start(phone, sign_in, student, assignment)
    expect(phone.locator("[data-time-left]")).to_contain_text("19 min")

    take(phone)

    assert score(phone) == "3"
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.ran_out) == (3, False)


def test_without_scripts_all_of_it_works(without_scripts, sign_in, student, assignment):
    start(without_scripts, sign_in, student, assignment)

    take(without_scripts)

    assert score(without_scripts) == "3"


def test_when_the_time_runs_out_it_is_saved_and_handed_in_by_itself(
    phone, sign_in, student, assignment
):
    start(phone, sign_in, student, assignment)
    Attempt.objects.update(ends_at=timezone.now() + timedelta(seconds=6))
    phone.reload()
    pick(phone, 1, "right")
    expect(phone.locator("[data-time-left]")).to_contain_text("0 min")

    phone.get_by_role("heading", name="How it went").wait_for()

    attempt = Attempt.objects.get()
    assert attempt.ran_out
    assert score(phone) == str(attempt.score.normalize()) == "1"


def test_without_minutes_only_the_last_hour_is_counted(
    phone, sign_in, student, assignment
):
    assignment.minutes = None
    assignment.closes_at = timezone.now() + timedelta(hours=2)
    assignment.save()
    phone.clock.install()
    start(phone, sign_in, student, assignment)
    phone.locator("[data-met]").wait_for()
    left = phone.locator("[data-time-left]")
    expect(left).to_be_hidden()

    phone.clock.fast_forward("01:05:00")

    expect(left).to_contain_text("54 min")


def test_a_device_whose_clock_is_wrong_is_told_the_right_time(
    phone, sign_in, student, assignment
):
    phone.clock.install(time=timezone.now() - timedelta(hours=3))
    start(phone, sign_in, student, assignment)

    expect(phone.locator("[data-time-left]")).to_contain_text("19 min")


def test_the_time_that_is_left_is_said_at_five_and_at_one_minute(
    phone, sign_in, student, assignment
):
    phone.clock.install()
    start(phone, sign_in, student, assignment)
    spoken = phone.locator("div[role=status].visually-hidden")
    expect(phone.locator("[data-time-left]")).to_contain_text("19 min")
    expect(spoken).to_have_text("")

    phone.clock.fast_forward("15:05")
    expect(spoken).to_have_text("5 minutes left")
    phone.clock.fast_forward("03:00")
    expect(spoken).to_have_text("5 minutes left")
    phone.clock.fast_forward("01:00")

    expect(spoken).to_have_text("1 minute left")


def test_what_is_filled_in_without_a_network_is_saved_when_it_is_back(
    phone, sign_in, student, assignment
):
    start(phone, sign_in, student, assignment)
    wait_for_scripts(phone)
    phone.context.set_offline(True)
    pick(phone, 1, "right")
    expect(phone.locator("#status")).to_contain_text("no connection")
    assert not Response.objects.exists()

    phone.context.set_offline(False)

    expect(phone.locator(".saved")).to_have_text("Saved")
    assert Response.objects.get().answer == ["right"]
    go_on(phone)
    phone.get_by_role("heading", name="Question 2 of 3").wait_for()


def test_a_tab_that_is_killed_goes_on_where_it_was_with_what_was_typed(
    phone, sign_in, student, assignment
):
    start(phone, sign_in, student, assignment)
    wait_for_scripts(phone)
    pick(phone, 1, "right")
    expect(phone.locator(".saved")).to_have_text("Saved")
    phone.goto(f"{Attempt.objects.get().get_absolute_url()}?question=3")
    wait_for_scripts(phone)
    phone.get_by_role("textbox").press_sequentially("fine-tu")
    expect(phone.locator(".saved")).to_have_text("Saved")
    again = phone.context.new_page()
    phone.close()

    again.goto("/")
    again.locator("#assigned").get_by_role("link", name="How kites fly").click()
    again.get_by_role("button", name="Go on: 2 of 3 answered").click()
    again.get_by_role("heading", name="Question 2 of 3").wait_for()
    again.goto(f"{again.url}?question=1")
    expect(again.get_by_label("The right choice 1", exact=True)).to_be_checked()
    again.goto(f"{Attempt.objects.get().get_absolute_url()}?question=3")

    expect(again.get_by_role("textbox")).to_have_value("fine-tu")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_while_it_is_taken_and_marked(
    open_window, sign_in, student, teacher, assignment, axe, dark
):
    page = open_window({"width": 390, "height": 844}, dark=dark)
    start(page, sign_in, student, assignment)
    found = axe(page)
    page.goto(f"{page.url}?question=0")
    found += axe(page)
    Attempt.objects.update(ends_at=timezone.now() - timedelta(minutes=2))
    pick_late(page)
    found += axe(page)
    page.goto(assignment.get_absolute_url())
    found += axe(page)
    sign_in(page, teacher)
    page.goto(f"{assignment.get_absolute_url()}work/")
    page.get_by_role("button", name="Count it").click()
    page.get_by_role("button", name="Leave it out").wait_for()

    assert found + axe(page) == []


def pick_late(page):
    """Send an answer from a page that stands still since before the end."""
    attempt = Attempt.objects.get()
    question = attempt.questions.first()
    data = {"question": "1", f"q{question.pk}": "right"}
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    url = f"{attempt.get_absolute_url()}answer/"
    page.request.post(url, form=data | {"csrfmiddlewaretoken": token})
    page.goto(attempt.get_absolute_url())
    page.get_by_text("kept, marked late").wait_for()
