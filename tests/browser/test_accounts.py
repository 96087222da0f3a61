import re

import pytest
from playwright.sync_api import expect

from tests.factories import EnrolmentFactory, GuardianshipFactory, UserFactory

pytestmark = pytest.mark.browser

SMALL_PHONE = {"width": 320, "height": 640}
PASSWORD = "kites and wind"
NEW = "three new words"


def sign_up(page, name="ana"):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Name to show").fill(name.title())
    page.get_by_label("Month").select_option("April")
    page.get_by_label("Year").select_option("2014")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()


def show_words(page):
    page.get_by_role("button", name="Show my words").click()
    shown = page.locator("ol.words li")
    expect(shown).to_have_count(6)
    return shown.all_inner_texts()


def recover(page, name, words):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Your six recovery words").fill(" ".join(words))
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Set my new password").click()


def test_from_signing_up_to_being_let_back_in(laptop, site, database, axe):
    page = laptop
    page.goto("/learn/")
    page.get_by_role("link", name="Sign up").click()
    assert axe(page) == []
    sign_up(page)
    assert axe(page) == []
    words = show_words(page)
    assert axe(page) == []

    page.get_by_role("link", name="Ana").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto("/account/login/")
    assert axe(page) == []
    page.get_by_role("link", name="I forgot my password").click()
    assert axe(page) == []
    recover(page, "ana", words)

    expect(page.get_by_role("heading", name="Recovery words")).to_be_visible()
    expect(page.get_by_role("link", name="Ana")).to_be_visible()
    assert set(show_words(page)) != set(words)
    page.get_by_role("link", name="Account").click()
    expect(page.get_by_text("Nobody but you")).to_be_visible()
    assert axe(page) == []


def test_signing_up_leads_back_to_where_the_reader_was(laptop, database):
    laptop.goto("/account/login/?next=/learn/builders/")
    laptop.get_by_role("main").get_by_role("link", name="Sign up").click()
    sign_up(laptop)
    show_words(laptop)
    laptop.get_by_role("link", name="I have written them down").click()

    expect(laptop).to_have_url(re.compile(r"/learn/builders/$"))


def tab_to(page, label):
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const at = document.activeElement;
              return at.ariaLabel || at.labels?.[0]?.innerText || at.innerText;
            }"""
        )
        if focused and focused.strip() == label:
            return
    raise AssertionError(f"The Tab key does not lead to {label!r}.")


def test_an_account_is_made_and_left_by_keyboard_alone(laptop, database):
    page = laptop
    page.goto("/account/signup/")
    for label, answer in [("Username", "ana"), ("Month", "April"), ("Year", "2014")]:
        tab_to(page, label)
        page.keyboard.type(answer)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/recovery-words/$"))
    tab_to(page, "Show my words")
    page.keyboard.press("Enter")
    expect(page.locator("ol.words li")).to_have_count(6)
    tab_to(page, "I have written them down")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hello, ana")).to_be_visible()
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")

    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_everything_works_without_scripts(without_scripts, database):
    page = without_scripts
    page.goto("/account/signup/")
    sign_up(page)
    words = show_words(page)
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/recover/")
    recover(page, "Ana", words)
    page.goto("/account/")
    page.get_by_role("link", name="Who can see what I do here").click()

    expect(page.get_by_text("Nobody but you")).to_be_visible()
    expect(page.get_by_role("button", name="Show what I type")).to_have_count(0)


def test_errors_take_the_focus_and_lead_to_their_fields(laptop, database, axe):
    laptop.goto("/account/signup/")
    sign_up(laptop, "teacher")

    summary = laptop.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("This name is kept for the site")
    assert axe(laptop) == []
    summary.get_by_role("link", name="Username").click()
    field = laptop.get_by_label("Username")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("kept for the site"))
    expect(laptop.get_by_label("Month")).to_have_value("4")


def test_what_is_typed_can_be_looked_at_and_is_sent_hidden(phone, database):
    phone.goto("/account/login/")
    phone.get_by_label("Username").fill("ana")
    password = phone.get_by_label("Password")
    button = phone.get_by_role("button", name="Show what I type")
    password.fill("a-password-for-tests")
    expect(password).to_have_attribute("type", "password")

    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(password).to_have_attribute("type", "text")
    phone.evaluate(
        """() => document.querySelector("main form").addEventListener(
             "submit", (event) => event.preventDefault())"""
    )
    phone.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(password).to_have_attribute("type", "password")


def test_the_header_of_a_public_page_knows_its_reader(laptop, database, sign_in):
    person = UserFactory(display_name="Ana")
    laptop.goto("/learn/")
    expect(laptop.locator("#who")).to_have_attribute("data-reader", "")

    sign_in(laptop, person)
    laptop.reload()

    who = laptop.locator(f'#who[data-reader="{person.reader_key}"]')
    expect(who.get_by_role("link", name="Ana")).to_be_visible()
    who.get_by_role("button", name="Sign out").click()
    expect(laptop.get_by_text("You are signed out.")).to_be_visible()


def test_the_words_are_printed_without_the_site_around_them(laptop, database, sign_in):
    sign_in(laptop, UserFactory())
    laptop.goto("/account/recovery-words/")
    show_words(laptop)

    laptop.emulate_media(media="print")

    expect(laptop.locator("ol.words")).to_be_visible()
    expect(laptop.get_by_text("/account/recover/")).to_be_visible()
    for unwanted in ("header.site-header", "footer", "main .button >> nth=0"):
        expect(laptop.locator(unwanted)).to_be_hidden()


def test_people_are_told_who_sees_their_work(laptop, database, sign_in):
    seat = EnrolmentFactory(classroom__name="Room 12")
    EnrolmentFactory(
        classroom=seat.classroom, teacher=True, person__display_name="Ms Field"
    )
    GuardianshipFactory(student=seat.person, guardian__display_name="Alex")
    sign_in(laptop, seat.person)

    laptop.goto("/account/")

    panel = laptop.locator("#seen-by")
    expect(panel.get_by_text("Ms Field, a teacher of Room 12")).to_be_visible()
    expect(panel.get_by_text("Alex, your parent or guardian")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["login/", "signup/", "recover/", "", "password/", "recovery-words/"]
)
def test_nothing_lies_sideways_on_a_small_phone(
    open_window, database, sign_in, address
):
    page = open_window(SMALL_PHONE, has_touch=True, is_mobile=True, dark=True)
    if address not in ("login/", "signup/", "recover/"):
        sign_in(page, UserFactory(display_name="W" * 30))

    page.goto(f"/account/{address}")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_admin_works_under_our_policy(laptop, database, sign_in):
    sign_in(laptop, UserFactory(admin=True))
    UserFactory(username="ana", display_name="Ana Lee")
    for address in (
        "",
        "accounts/user/",
        "lessons/lesson/",
        "classrooms/classroom/add/",
    ):
        laptop.goto(f"/staff/admin/{address}")
        expect(laptop.locator("#content h1")).to_be_visible()

    laptop.goto("/staff/admin/accounts/teachergrant/add/")
    laptop.get_by_role("combobox").click()
    laptop.get_by_role("searchbox").last.fill("ana")
    laptop.get_by_role("option", name="Ana Lee").click()
    laptop.get_by_role("button", name="Save", exact=True).click()

    expect(laptop.get_by_text("was added successfully")).to_be_visible()
