"""A student, a guardian and the tutor without a model, in a real browser."""

import pytest
from playwright.sync_api import expect

from lessons.models import Lesson
from tests.browser.reading import LESSON, SLUG, wait_until_arrived
from tests.factories import PASSWORD, UserFactory
from tests.tutor.factories import ProbeFactory
from tutor import answering, consent, methods
from tutor.models import Claim, Exchange
from tutor.purposes import Purpose

pytestmark = pytest.mark.browser

BASE_MODEL = "What does a base model mean?"
FOOTBALL = "Who won the football match?"


@pytest.fixture(autouse=True)
def _ready(site, settings):
    """The site's own part: a contact, and rules that were shown to work."""
    settings.TUTOR_CONTACT = "counsellor"
    UserFactory(username="counsellor", display_name="Ms Help", adult=True)
    ProbeFactory()


@pytest.fixture
def allowed(student, guardian):
    consent.grant(
        student=student,
        by=guardian,
        purpose=Purpose.EMBEDDED,
        method=methods.GUARDIAN_ACCOUNT,
    )
    return student


def panel(page):
    return page.locator("#tutor-panel")


def open_panel(page, person=None, sign_in=None):
    if person:
        sign_in(page, person)
    page.goto(LESSON)
    wait_until_arrived(page)
    panel(page).scroll_into_view_if_needed()


def type_question(page, text):
    panel(page).get_by_label("Your question").focus()
    page.keyboard.type(text)


def ask(page, text):
    type_question(page, text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel(page).locator(".asked", has_text=text)).to_be_visible()


def work():
    """What a worker would do, now."""
    for exchange in Exchange.objects.pending():
        answering.answer(exchange.pk)


def test_asked_for_granted_answered_and_withdrawn(
    phone, laptop, sign_in, student, guardian
):
    open_panel(phone, student, sign_in)
    panel(phone).get_by_role("button", name="Ask a grown-up").press("Enter")
    sign_in(laptop, guardian)
    family = f"/family/{student.pk}/tutor/"
    laptop.goto(family)
    laptop.locator("input[name=password]").first.fill(PASSWORD)
    laptop.get_by_role("button", name="Yes, the tutor may answer").first.click()
    laptop.wait_for_load_state()

    open_panel(phone)
    ask(phone, BASE_MODEL)
    work()
    places = panel(phone).locator("a.see")
    expect(places.first).to_be_visible()
    words = Lesson.objects.get(slug=SLUG).passages.values_list("text", flat=True)
    assert set(places.all_inner_texts()) <= set(words)
    ask(phone, FOOTBALL)
    work()
    nothing = panel(phone).locator(".reply", has_text="The lesson does not say.")
    expect(nothing).to_be_visible()

    ask(phone, "How much data does fine-tuning need?")
    shown = places.count()
    laptop.goto(family)
    laptop.get_by_role("button", name="End it now").first.click()
    laptop.wait_for_load_state()
    work()
    dropped = panel(phone).locator(".reply", has_text="This question was not answered.")
    expect(dropped).to_be_visible()
    assert places.count() == shown
    assert Exchange.objects.last().state == Exchange.State.DROPPED


def test_a_sentence_lights_its_place_and_leads_back(phone, sign_in, allowed):
    open_panel(phone, allowed, sign_in)
    ask(phone, BASE_MODEL)
    work()
    place = panel(phone).locator("a.see").first
    expect(place).to_be_visible()

    place.press("Enter")
    lit = phone.locator(".passage.is-lit")
    expect(lit).to_be_focused()
    expect(lit).to_be_in_viewport()
    key = place.get_attribute("data-passages")
    assert lit.get_attribute("id") == key
    phone.keyboard.press("Tab")
    back = phone.get_by_role("link", name="Back to the answer")
    while not back.evaluate("it => it === document.activeElement"):
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    expect(place).to_be_focused()
    expect(place).to_be_in_viewport()
    assert phone.locator(".is-lit, .way-back:visible").count() == 0
    place.press("Enter")
    phone.keyboard.press("Escape")
    expect(place).to_be_focused()


def test_each_sentence_is_said_once_while_the_focus_stays(laptop, sign_in, allowed):
    open_panel(laptop, allowed, sign_in)
    ask(laptop, BASE_MODEL)
    exchange = Exchange.objects.get()
    first, second = Lesson.objects.get(slug=SLUG).passages.all()[:2]
    said = panel(laptop).locator("[data-said]")

    prove(exchange, 0, first)
    expect(said).to_have_text(first.text)
    panel(laptop).locator("a.see").first.focus()
    prove(exchange, 1, second)
    expect(said).to_have_text(second.text)
    expect(panel(laptop).locator("a.see").first).to_be_focused()
    Exchange.objects.update(state=Exchange.State.ANSWERED)

    expect(panel(laptop).get_by_text("Report this answer")).to_be_visible()
    expect(said).to_have_text(second.text)
    assert not laptop.locator(".exchange[hx-get]").count()


def prove(exchange, position, passage):
    Claim.objects.create(
        exchange=exchange,
        position=position,
        sentence=passage.text,
        passages=[passage.key],
        is_quotation=True,
    )


def test_a_sentence_is_chosen_with_the_keyboard_and_asked_about(
    laptop, sign_in, allowed
):
    open_panel(laptop, allowed, sign_in)
    panel(laptop).get_by_role("button", name="Ask about one sentence").press("Enter")
    laptop.keyboard.press("ArrowUp")
    laptop.keyboard.press("ArrowDown")
    chosen = laptop.locator(".passage.is-chosen")
    expect(chosen).to_be_focused()
    key, words = chosen.get_attribute("id"), chosen.inner_text()
    laptop.keyboard.press("Enter")
    expect(panel(laptop).get_by_label("Your question")).to_be_focused()
    expect(panel(laptop).locator("[data-about-words]")).to_have_text(words)

    ask_about = "What does this mean?"
    laptop.keyboard.type(ask_about)
    panel(laptop).get_by_role("button", name="Ask", exact=True).press("Enter")

    expect(panel(laptop).locator(".about")).to_contain_text(words)
    assert Exchange.objects.get().about == key
    work()
    expect(laptop.locator(".exchange[hx-get]")).to_have_count(0)


def test_selected_words_offer_to_ask_about_them(laptop, sign_in, allowed):
    open_panel(laptop, allowed, sign_in)
    passage = laptop.locator(".lesson-body p .passage").first
    passage.scroll_into_view_if_needed()
    passage.evaluate("it => getSelection().selectAllChildren(it)")

    laptop.get_by_role("button", name="Ask about this").click()

    expect(panel(laptop).locator("[data-about-words]")).to_have_text(
        passage.inner_text()
    )
    panel(laptop).get_by_role("button", name="About the whole lesson").click()
    expect(panel(laptop).locator("[data-about-chosen]")).to_be_hidden()


def test_without_scripts_a_question_is_asked_and_answered(
    without_scripts, sign_in, allowed
):
    page = without_scripts
    sign_in(page, allowed)
    page.goto(f"/tutor/lesson/{SLUG}/")
    page.get_by_label("Your question").fill(BASE_MODEL)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Looking in the lesson")).to_be_visible()
    work()

    page.get_by_role("link", name="Look again").click()
    page.locator("a.see").first.click()

    assert LESSON in page.url
    assert "#" in page.url


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_open_panel_is_free_of_findings_and_fits_a_phone(
    open_window, sign_in, allowed, axe, dark
):
    page = open_window({"width": 390, "height": 844}, dark=dark)
    open_panel(page, allowed, sign_in)
    for text in (BASE_MODEL, FOOTBALL):
        ask(page, text)
        work()
    expect(page.locator(".reply", has_text="does not say")).to_be_visible()
    expect(page.locator(".exchange[hx-get]")).to_have_count(0)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    targets = panel(page).locator("button:visible, a.see:visible")
    assert [it for it in targets.all() if it.bounding_box()["height"] < 43.9] == []
