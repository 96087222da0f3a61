"""How the pages of families look, where a phone or no scripts made them ugly."""

import pytest
from playwright.sync_api import expect

from tendril.accounts import emails
from tests.browser.conftest import PHONE
from tests.browser.reading import wait_until_arrived
from tests.factories import AssignmentFactory, LessonFactory, QuizFactory

pytestmark = pytest.mark.browser


def box(locator):
    return locator.bounding_box()


@pytest.mark.parametrize("address", ["/", "/family/"])
def test_without_scripts_no_room_is_kept_for_what_never_comes(
    without_scripts, sign_in, guardian, address
):
    sign_in(without_scripts, guardian)
    without_scripts.goto(address)

    kept = without_scripts.locator("[class*=reserve-]").all()

    assert kept
    assert max(box(each)["height"] for each in kept) < 140


def test_the_way_to_what_is_kept_stands_apart_from_the_last_card(
    phone, sign_in, guardian, student
):
    sign_in(phone, guardian)
    phone.goto("/family/")
    wait_until_arrived(phone)

    card = box(phone.locator(f"#family-reading-{student.pk}"))
    way = box(phone.get_by_role("link", name="What is kept about Sam"))

    assert way["y"] - (card["y"] + card["height"]) >= 12


def test_a_box_stands_beside_what_it_is_about(phone, sign_in, guardian):
    emails.take(guardian, "alex@example.org")
    sign_in(phone, guardian)
    phone.goto("/account/email/")

    for label in phone.locator("label:has([type=checkbox])").all():
        tick = box(label.locator("[type=checkbox]"))
        assert box(label)["height"] - tick["height"] < 40
        assert tick["y"] + tick["height"] > box(label)["y"] + 16


def test_the_own_row_fits_a_phone_and_hints_at_more_on_a_smaller_one(
    open_window, sign_in, student
):
    page = open_window(PHONE)
    sign_in(page, student)
    page.goto("/me/seen/")
    table = page.locator("#seen-work .table-scroll").first
    expect(table.get_by_text("Last reading")).to_be_visible()

    def hidden():
        return table.evaluate("it => it.scrollWidth - it.clientWidth")

    assert hidden() == 0
    page.set_viewport_size({"width": 320, "height": 700})
    assert hidden() > 0
    assert "local" in table.evaluate("it => getComputedStyle(it).backgroundAttachment")


def test_what_is_to_be_read_for_a_class_is_a_finger_high(
    phone, sign_in, classroom, student
):
    kites = QuizFactory(lesson=LessonFactory(title="Paper kites"))
    AssignmentFactory(classroom=classroom, quiz=kites, lesson=kites.lesson)
    sign_in(phone, student)
    phone.goto("/")

    assert box(phone.get_by_role("link", name="Read “Paper kites”"))["height"] >= 44
