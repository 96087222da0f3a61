"""From a class that does not exist to a student who learns in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import show_words, sign_up
from tests.factories import TeacherGrantFactory, UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def new_teacher(database):
    person = UserFactory(username="new-teacher", display_name="Ms New", adult=True)
    TeacherGrantFactory(person=person)
    return person


def make_class(page):
    page.get_by_role("link", name="Make a class").click()
    page.get_by_label("Name of the class").fill("Room 5")
    page.get_by_label("Time zone").select_option("Vienna")
    page.get_by_role("button", name="Make the class").click()
    page.get_by_role("button", name="Make a code").click()
    return page.locator(".class-code").inner_text()


def test_a_class_is_made_and_a_child_without_an_account_joins_it(
    laptop, open_window, sign_in, new_teacher, axe
):
    sign_in(laptop, new_teacher)
    laptop.goto("/classes/")
    code = make_class(laptop)

    phone = open_window(PHONE)
    phone.goto(f"/join/{code.lower()}/")
    assert axe(phone) == []
    phone.get_by_role("link", name="I have no account yet").click()
    sign_up(phone)
    show_words(phone)
    phone.get_by_role("link", name="I have written them down").click()
    expect(phone.get_by_role("heading", name="Join Room 5?")).to_be_visible()
    phone.get_by_role("button", name="Join the class").click()

    expect(phone.get_by_text("You are in Room 5.")).to_be_visible()
    expect(phone.get_by_text("Ms New")).to_be_visible()
    laptop.reload()
    laptop.get_by_text("Each student's page").click()
    expect(laptop.get_by_role("link", name="Ana", exact=True)).to_be_visible()


def test_a_code_is_typed_by_keyboard_without_scripts(
    laptop, open_window, sign_in, new_teacher, student
):
    sign_in(laptop, new_teacher)
    laptop.goto("/classes/")
    code = make_class(laptop)

    page = open_window(PHONE, scripts=False)
    sign_in(page, student)
    page.goto("/join/")
    page.get_by_label("Your code").press_sequentially("xxx xxx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No class has this code")
    page.get_by_label("Your code").fill(code.replace("-", " "))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Join the class").press("Enter")

    expect(page.get_by_text("You are in Room 5.")).to_be_visible()
