import re

import pytest
from playwright.sync_api import expect

from lessons.models import Progress
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.reading import (
    LESSON,
    OTHER,
    SLUG,
    finish,
    kinds,
    middle_passage,
    offer,
    open_lesson,
    read_to,
    wait_until_sent,
)


@pytest.fixture
def passage(site):
    return middle_passage()


def test_coming_back_offers_to_go_on_and_does_not_jump(laptop, passage):
    open_lesson(laptop)
    read_to(laptop, passage)
    laptop.goto("/learn/")

    laptop.goto(LESSON)

    place = laptop.locator("#lesson-me")
    expect(place).to_contain_text(f"You stopped at “{passage.section.title}”")
    assert laptop.evaluate("scrollY") == 0
    place.get_by_role("link", name="go on").click()
    expect(laptop).to_have_url(re.compile(f"#{passage.key}$"))
    expect(laptop.locator(f"[id='{passage.key}']")).to_be_in_viewport()


def test_coming_back_signed_in_on_another_device_goes_on(
    open_window, sign_in, student, passage
):
    here, there = open_window(), open_window()
    for page in (here, there):
        sign_in(page, student)
    open_lesson(here)
    read_to(here, passage)
    here.goto("/learn/")
    here.wait_for_timeout(300)

    open_lesson(there)

    place = there.locator("#lesson-me")
    expect(place).to_contain_text(f"You stopped at “{passage.section.title}”")
    wait_until_sent(here)


def test_opening_a_lesson_again_does_not_forget_the_stop(open_window, passage):
    # So high that the first sentences stand where the eyes are.
    page = open_window({"width": 1366, "height": 2400})
    open_lesson(page)
    read_to(page, passage)
    noted = kinds(page).count("reached")

    page.goto(LESSON)
    page.wait_for_timeout(300)
    page.clock.run_for(20_000)
    page.goto("/learn/")

    assert noted == 1
    assert kinds(page).count("reached") == 1


def test_the_last_stop_is_remembered_while_the_page_is_being_left(laptop, passage):
    open_lesson(laptop)
    laptop.mouse.wheel(0, 200)
    laptop.locator(f"[id='{passage.key}']").evaluate("p => p.scrollIntoView()")
    laptop.wait_for_timeout(300)
    laptop.goto("/learn/")

    assert kinds(laptop) == ["opened", "reached"]


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_place_takes_no_more_room_than_was_kept_for_it(
    open_window, sign_in, student, passage, size
):
    page = open_window(size)
    open_lesson(page)
    read_to(page, passage)
    page.goto(LESSON)
    stopped = page.locator("#lesson-me").get_by_text("You stopped at")
    fits = """() => {
        const place = document.getElementById("lesson-me");
        return place.offsetHeight === Math.round(
            parseFloat(getComputedStyle(place).minBlockSize));
    }"""

    stopped.wait_for()
    assert page.evaluate(fits)
    sign_in(page, student)
    open_lesson(page)
    offer(page).get_by_role("button", name="Add to my account").click()
    stopped.wait_for()
    assert page.evaluate(fits)


def test_reaching_the_end_in_a_hurry_is_not_reading(laptop):
    open_lesson(laptop)

    laptop.locator("#lesson-end").scroll_into_view_if_needed()
    laptop.wait_for_timeout(200)
    laptop.clock.run_for(3000)

    assert "finished" not in kinds(laptop)


def test_a_lesson_read_signed_out_shows_in_the_catalogue(laptop):
    open_lesson(laptop)
    finish(laptop)
    expect(laptop.locator("#lesson-me")).to_contain_text("You have read this lesson.")
    assert kinds(laptop).count("finished") == 1

    open_lesson(laptop, OTHER)
    laptop.goto("/learn/")

    expect(laptop.locator(f"#state-{SLUG}")).to_have_text("Read")
    expect(laptop.locator("#state-show-it-examples")).to_have_text("Reading")
    laptop.goto("/me/")
    expect(laptop.locator("#device-held li")).to_have_count(2)


def test_a_lesson_read_signed_in_is_the_accounts_at_once(laptop, sign_in, student):
    sign_in(laptop, student)
    open_lesson(laptop)

    finish(laptop)

    expect(laptop.locator("#lesson-me")).to_contain_text("You read this lesson on")
    assert Progress.objects.of(student).finished().get().lesson.slug == SLUG
    laptop.goto("/learn/")
    expect(laptop.locator(f"#state-{SLUG}")).to_have_text("Read")
    wait_until_sent(laptop)


def test_the_button_at_the_end_of_the_text_tells_the_top_of_it(
    laptop, sign_in, student
):
    sign_in(laptop, student)
    open_lesson(laptop)
    end = laptop.locator("#lesson-read")

    end.scroll_into_view_if_needed()
    laptop.clock.run_for(1000)
    end.get_by_role("button", name="I have read this lesson").click()

    for place in (end, laptop.locator("#lesson-me")):
        expect(place).to_contain_text("You read this lesson on")


def test_without_scripts_reading_is_marked_by_hand(without_scripts, sign_in, student):
    page = without_scripts
    sign_in(page, student)
    page.goto(LESSON)

    page.get_by_role("link", name="Your progress in this lesson").click()
    page.get_by_role("button", name="I have read this lesson").click()
    expect(page.locator("#lesson-me")).to_contain_text("You read this lesson on")
    page.goto("/me/")
    page.get_by_role("link", name="What I have read").click()

    expect(page.locator("#my-reading")).to_contain_text("1 lesson read")


def test_axe_finds_nothing_serious_on_the_pages_of_progress(
    laptop, sign_in, student, axe, passage
):
    open_lesson(laptop)
    laptop.goto("/me/")
    laptop.locator("#device-held").wait_for()
    assert axe(laptop) == []
    laptop.goto(f"{LESSON}report/?passage={passage.key}")
    assert axe(laptop) == []
    sign_in(laptop, student)
    for address in ("/me/", "/", "/learn/reading/", f"{LESSON}me/", "/account/logout/"):
        laptop.goto(address)
        offer(laptop).get_by_role("heading").wait_for()
        assert axe(laptop) == []
    offer(laptop).get_by_role("button", name="Remove it").click()

    assert axe(laptop) == []
