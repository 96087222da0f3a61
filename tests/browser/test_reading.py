import re

import brotli
import pytest
from playwright.sync_api import expect

from lessons.models import Lesson
from tests.browser.reading import wait_until_arrived

LESSON = "/learn/lesson/why-companies-fine-tune/"
# What stood on the page and moved, and from where to where.
WATCH_SHIFTS = """
    window.shifts = [];
    const name = (node) => node?.id || node?.className || node?.nodeName;
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries())
        for (const { node, previousRect, currentRect } of sources)
          window.shifts.push([name(node), previousRect.y, currentRect.y]);
    }).observe({ type: "layout-shift", buffered: true });
"""


def expect_cards(page, **chosen):
    """All these lessons are shown, and no others; how many."""
    count = Lesson.objects.filter(**chosen).count()
    expect(page.locator(".lesson-card")).to_have_count(count)
    return count


@pytest.mark.parametrize("window", ["phone", "laptop"])
def test_nothing_moves_while_the_rest_of_a_lesson_arrives(request, window):
    page = request.getfixturevalue(window)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(LESSON)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.shifts") == []


def test_the_first_view_of_a_lesson_is_under_60_kilobytes(laptop):
    answers = []
    laptop.on("response", lambda answer: answers.append(answer))
    laptop.goto(LESSON)
    laptop.wait_for_load_state("networkidle")

    sizes = {answer.url: len(brotli.compress(answer.body())) for answer in answers}
    assert any(url.endswith(".js") for url in sizes)
    assert sum(sizes.values()) < 60_000, sizes


def test_the_lesson_map_marks_the_section_being_read(laptop):
    laptop.goto(LESSON)
    lesson_map = laptop.get_by_role("navigation", name="Lesson map")

    lesson_map.get_by_role("link", name="How it is done").click()

    marked = lesson_map.locator("[aria-current=location]")
    expect(marked).to_have_text("How it is done")
    expect(laptop.locator("#how h2")).to_be_in_viewport()


def test_the_outline_of_a_long_lesson_stays_in_reach_on_a_phone(phone):
    phone.goto(LESSON)
    phone.locator("#both-ways").scroll_into_view_if_needed()
    bar = phone.locator("details.map-bar summary")
    expect(bar).to_be_in_viewport()

    bar.click()
    phone.get_by_role("link", name="Key takeaway").click()

    expect(phone.locator("details.map-bar")).not_to_have_attribute("open", "")
    expect(bar).to_contain_text("Key takeaway")
    heading = phone.locator("#takeaway h2").bounding_box()
    assert heading["y"] > bar.bounding_box()["height"]


@pytest.mark.parametrize("press", ["click", "Enter"])
def test_a_term_is_defined_under_its_word(laptop, press):
    laptop.goto(LESSON)
    word = laptop.locator("a.term", has_text="base model").first
    if press == "click":
        word.click()
    else:
        word.focus()
        laptop.keyboard.press(press)

    note = laptop.locator("#term-note")
    expect(note).to_be_visible()
    expect(note).to_contain_text("A model trained on a huge heap of text")
    assert 0 <= note.bounding_box()["y"] - word.bounding_box()["y"] < 60
    laptop.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()


def test_where_a_link_points_lights_up_below_what_covers_the_top(phone):
    phone.goto(LESSON)
    key = phone.locator(".passage").nth(9).get_attribute("id")
    phone.goto(f"{LESSON}#{key}")

    passage = phone.locator(f"#{key}")
    expect(passage).to_be_in_viewport()
    background = "element => getComputedStyle(element).backgroundColor"
    assert passage.evaluate(background) != "rgba(0, 0, 0, 0)"
    bar = phone.locator("details.map-bar summary").bounding_box()
    assert passage.bounding_box()["y"] >= bar["y"] + bar["height"]


def test_a_lesson_reads_well_without_scripts(without_scripts):
    without_scripts.goto(LESSON)

    expect(without_scripts.locator("#takeaway")).to_be_visible()
    for name in ("Start the quiz", "Where to ask", "Your progress in this lesson"):
        expect(without_scripts.get_by_role("link", name=name)).to_be_visible()
    without_scripts.locator("a.term", has_text="base model").first.click()
    expect(without_scripts.locator("#term-base-model")).to_be_visible()


def test_the_catalogue_is_filtered_without_scripts(without_scripts):
    without_scripts.goto("/learn/")
    without_scripts.get_by_label("For whom").select_option("Explorers")
    without_scripts.get_by_role("button", name="Show").click()

    expect(without_scripts).to_have_url(re.compile("tier=explorers"))
    expect_cards(without_scripts, tier="explorers")


def test_the_catalogue_is_filtered_in_place(laptop):
    laptop.goto("/learn/")
    laptop.evaluate("window.isSamePage = true")
    laptop.get_by_label("Track").focus()
    laptop.get_by_label("Track").select_option("Asking Well")

    chosen = expect_cards(laptop, track__slug="asking-well")
    expect(laptop.locator("#found")).to_have_text(f"{chosen} lessons")
    expect(laptop).to_have_url(re.compile("track=asking-well"))
    expect(laptop.get_by_label("Track")).to_be_focused()
    assert laptop.evaluate("window.isSamePage")

    laptop.go_back()

    expect_cards(laptop)


def test_the_colours_follow_the_system_until_somebody_chooses(dark_laptop):
    def paper():
        background = "getComputedStyle(document.body).backgroundColor"
        return dark_laptop.evaluate(background)

    dark_laptop.goto("/learn/")
    dark = paper()
    button = dark_laptop.get_by_role("button", name="Dark colours", pressed=True)
    button.click()
    light = paper()

    assert light != dark
    dark_laptop.goto(LESSON)
    assert paper() == light
    dark_laptop.get_by_role("button", name="Dark colours", pressed=False).click()
    assert paper() == dark
    assert dark_laptop.evaluate("localStorage.getItem('tendril.theme')") is None


def test_the_chosen_colours_are_set_before_the_page_is_painted(laptop):
    laptop.goto("/learn/")
    laptop.evaluate("localStorage.setItem('tendril.theme', 'dark')")
    laptop.add_init_script(
        """new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.themeAtBody = document.documentElement.dataset.theme;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true })"""
    )

    laptop.goto(LESSON)

    assert laptop.evaluate("window.themeAtBody") == "dark"


def test_the_keyboard_skips_to_the_content(laptop):
    laptop.goto(LESSON)

    laptop.keyboard.press("Tab")
    expect(laptop.get_by_role("link", name="Skip to the content")).to_be_focused()
    laptop.keyboard.press("Enter")
    laptop.keyboard.press("Tab")

    expect(laptop.get_by_role("link", name="Builders").first).to_be_focused()


def test_a_lost_network_is_said_calmly_and_loses_nothing(browser, site):
    # Not one of the watched windows: htmx itself writes to the console here.
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/learn/")
        wait_until_arrived(page)
        context.set_offline(True)

        page.get_by_label("Track").select_option("Asking Well")

        status = page.locator("#status[role=status]")
        expect(status).to_contain_text("There is no connection just now.")
        expect_cards(page)


def test_a_handout_is_black_on_white_and_takes_two_sheets_of_paper(dark_laptop):
    dark_laptop.goto(f"{LESSON}print/")
    dark_laptop.emulate_media(media="print")

    colour = "getComputedStyle(document.querySelector('.lesson-body')).color"
    assert dark_laptop.evaluate(colour) == "rgb(0, 0, 0)"
    expect(dark_laptop.get_by_role("button", name="Print")).to_be_hidden()
    pdf = dark_laptop.pdf(format="A4")
    sides = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 3 <= sides <= 4
