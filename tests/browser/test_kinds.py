import pytest
from playwright.sync_api import expect

from quizzes import starting
from quizzes.kinds import KINDS
from quizzes.models import Response
from tests.browser.conftest import PHONE
from tests.factories import QuestionFactory, QuizFactory
from tests.quizzes.kinds.entries import body

LONG_WORD = "Donaudampfschifffahrtsgesellschaft"
STEPS = ["Collect", "Sort", "Train", "Try it out"]
PAIRS = {"Prompt": "What is typed", "Model": "What answers", "Data": "What is fed"}
FIELDS = {
    "single": {"choices": [{"text": "Yes", "right": True}, {"text": "No", "why": "-"}]},
    "multiple": {
        "choices": [
            {"text": "Red", "right": True},
            {"text": "Blue", "right": True},
            {"text": "Loud", "why": "A sound."},
        ]
    },
    "true_false": {"answer": True},
    "short": {"answers": ["fine-tuning"], "wrong": [{"text": "prompt", "why": "No."}]},
    "number": {"value": 1.5, "unit": "km"},
    "order": {"items": STEPS},
    "match": {
        "pairs": [{"left": left, "right": right} for left, right in PAIRS.items()],
        "extra": ["What is thrown away"],
    },
    "gaps": {
        "text": "A ___ is trained on ___.",
        "blanks": [{"answers": ["model"]}, {"answers": ["examples"]}],
    },
}


@pytest.fixture
def quiz(site):
    return QuizFactory(slug="every-kind")


@pytest.fixture
def begin(quiz):
    """Start the quiz with questions of these kinds in a window."""

    def begin(page, *kinds, fields=FIELDS, all_at_once=False):
        for kind in kinds:
            QuestionFactory(quiz=quiz, kind=kind, body=body(kind, **fields[kind]))
        page.goto(quiz.get_absolute_url())
        name = "All questions on one page" if all_at_once else "Start the quiz"
        page.get_by_role("button", name=name).click()
        page.locator("#quiz-card form .question").first.wait_for()
        page.locator("#quiz-card:not(.htmx-added)").wait_for()

    return begin


def verdict(page):
    page.get_by_role("button", name="Check answer").click()
    page.locator("#quiz-card .verdict").wait_for()
    return page.locator("#quiz-card .verdict").inner_text()


def lines(page):
    return page.locator(".order-text").all_inner_texts()


def line(page, text):
    return page.locator(".order-line").filter(has_text=text)


def drag(page, grip, target):
    """Drag by touch, from the middle of a handle to the middle of another line."""
    start, end = grip.bounding_box(), target.bounding_box()
    x = start["x"] + start["width"] / 2
    y, to = (box["y"] + box["height"] / 2 for box in (start, end))
    finger = page.context.new_cdp_session(page)

    def touch(kind, *points):
        points = [{"x": x, "y": point} for point in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for step in range(1, 11):
        touch("touchMove", y + (to - y) * step / 10)
    touch("touchEnd")


def test_the_keyboard_puts_lines_in_order(laptop, begin):
    begin(laptop, "order")

    for place, text in enumerate(STEPS):
        up = line(laptop, text).get_by_role("button", name="Move up")
        while lines(laptop).index(text) > place:
            up.press("Enter")
            expect(up).to_be_focused()
        said = laptop.locator("[role=status][data-saying]").inner_text()
        assert not said or "now" in said

    assert verdict(laptop) == "That is right."


def test_each_move_is_said_with_the_line_and_its_place(laptop, begin):
    begin(laptop, "order")
    second = lines(laptop)[1]

    up = line(laptop, second).get_by_role("button", name="Move up")
    expect(up).to_have_accessible_name(f"Move up: {second}, now 2 of 4")
    up.press("Space")

    expect(laptop.locator("[data-saying]")).to_have_text(f"{second}: now 1 of 4")
    expect(up).to_have_accessible_name(f"Move up: {second}, now 1 of 4")
    expect(up).to_have_attribute("aria-disabled", "true")


def test_a_finger_drags_a_line_and_the_page_stays(phone, begin):
    begin(phone, "order")
    phone.locator(".order").evaluate("list => list.scrollIntoView({block: 'center'})")
    first, second, third, fourth = lines(phone)
    before = phone.evaluate("scrollY")

    drag(phone, line(phone, first).locator("[data-grip]"), line(phone, fourth))

    assert lines(phone) == [second, third, fourth, first]
    assert phone.evaluate("scrollY") == before
    places = phone.locator("[data-selects] select").evaluate_all(
        "found => found.map(select => select.selectedIndex).toSorted()"
    )
    assert places == [1, 2, 3, 4]


def test_an_order_that_nobody_touched_is_no_answer(phone, begin):
    begin(phone, "order")
    before = lines(phone)

    phone.get_by_role("button", name="Check answer").click()
    phone.get_by_text("Give an answer first.").wait_for()
    phone.locator("#quiz-card:not(.htmx-added)").wait_for()

    assert lines(phone) == before
    line(phone, before[0]).get_by_role("button", name="Move down").tap()
    assert lines(phone)[1] == before[0]


def test_what_was_ordered_and_matched_is_there_again(
    laptop, begin, quiz, sign_in, student
):
    sign_in(laptop, student)
    begin(laptop, "order", "match", all_at_once=True)
    first = lines(laptop)[0]
    with laptop.expect_response("**/save/"):
        line(laptop, first).get_by_role("button", name="Move down").click()
    with laptop.expect_response("**/save/"):
        laptop.get_by_role("button", name="Prompt").click()
        laptop.get_by_role("button", name="What answers").click()
    ordered = lines(laptop)

    attempt = starting.start(quiz=quiz, student=student)
    laptop.goto(f"{attempt.get_absolute_url()}?view=all")
    laptop.goto(quiz.get_absolute_url())
    laptop.go_back()

    expect(laptop.locator(".order-text").first).to_have_text(ordered[0])
    assert lines(laptop) == ordered
    pair = laptop.get_by_role("button", name="Prompt")
    expect(pair).to_have_accessible_name("Prompt goes with What answers")


def test_the_keyboard_matches_pairs(laptop, begin):
    begin(laptop, "match")

    for left, right in PAIRS.items():
        pair = laptop.get_by_role("button", name=left)
        pair.press("Enter")
        expect(pair).to_have_attribute("aria-expanded", "true")
        while not laptop.evaluate(
            "text => document.activeElement.textContent.startsWith(text)", right
        ):
            laptop.keyboard.press("Tab")
        laptop.keyboard.press("Enter")
        expect(pair).to_be_focused()
        expect(pair).to_have_accessible_name(f"{left} goes with {right}")

    assert verdict(laptop) == "That is right."


def test_a_finger_matches_pairs_and_takes_one_apart(phone, begin):
    begin(phone, "match")
    for left, right in PAIRS.items():
        phone.get_by_role("button", name=left).tap()
        phone.locator(".rights").get_by_role("button", name=right).tap()

    data = phone.get_by_role("button", name="Data")
    data.tap()
    phone.get_by_role("button", name="Take this pair apart").tap()

    expect(data).to_have_accessible_name("Data goes with Choose what goes with it")
    assert verdict(phone) == "Partly right."


def test_escape_closes_what_can_be_matched(laptop, begin):
    begin(laptop, "match")
    pair = laptop.get_by_role("button", name="Model")
    pair.press("Enter")
    laptop.keyboard.press("Tab")

    laptop.keyboard.press("Escape")

    expect(pair).to_be_focused()
    expect(laptop.locator(".rights")).to_have_count(0)


def test_words_and_numbers_are_typed(laptop, begin):
    begin(laptop, "gaps", "short", "number", all_at_once=True)

    laptop.get_by_label("Blank 1").fill("Modell")
    laptop.get_by_label("Blank 2").fill("wishes")
    laptop.get_by_label("Your answer", exact=True).fill("Fine tunning")
    laptop.get_by_label("Your answer, a number").fill("1,500 m")
    laptop.get_by_role("button", name="Check my answers").click()
    laptop.locator(".error").wait_for()
    laptop.locator("#quiz-card:not(.htmx-added)").wait_for()

    expect(laptop.get_by_label("Blank 1")).to_have_value("Modell")
    number = laptop.get_by_label("Your answer, a number")
    expect(number).to_have_attribute("aria-invalid", "true")
    number.fill("3/2 km")
    laptop.get_by_role("button", name="Check my answers").click()
    laptop.locator(".verdict").first.wait_for()

    verdicts = [text.strip() for text in laptop.locator(".verdict").all_inner_texts()]
    assert verdicts == ["Partly right.", "That is right.", "That is right."]
    expect(laptop.get_by_text("It is spelled like this: fine-tuning")).to_be_visible()


def answer_with_plain_forms(page):
    page.get_by_label("Yes", exact=True).check()
    for colour in ("Red", "Blue"):
        page.get_by_label(colour, exact=True).check()
    page.get_by_label("True", exact=True).check()
    page.get_by_label("Your answer", exact=True).fill("fine-tuning")
    page.get_by_label("Your answer, a number").fill("1.5")
    for place, text in enumerate(STEPS, 1):
        page.get_by_label(text, exact=True).select_option(label=str(place))
    for left, right in PAIRS.items():
        page.get_by_label(left, exact=True).select_option(label=right)
    page.get_by_label("Blank 1").fill("model")
    page.get_by_label("Blank 2").fill("examples")


def test_without_scripts_every_kind_is_answered_with_plain_forms(
    without_scripts, begin, sign_in, student
):
    page = without_scripts
    sign_in(page, student)
    begin(page, *KINDS, all_at_once=True)

    answer_with_plain_forms(page)
    page.get_by_label("Sort", exact=True).select_option(label="1")
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_text("Two lines have number 1.").wait_for()
    page.get_by_label("Sort", exact=True).select_option(label="2")
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_role("heading", name="How it went").wait_for()

    assert page.locator(".score").inner_text() == "8 of 8 points"
    assert Response.objects.count() == len(KINDS)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_any_kind(open_window, begin, axe, dark):
    page = open_window(PHONE, dark=dark)
    begin(page, *KINDS, all_at_once=True)
    page.get_by_role("button", name="Prompt").click()
    assert axe(page) == []
    page.get_by_role("button", name="What answers").click()
    page.get_by_label("Blank 1").fill("model")
    page.get_by_label("Your answer", exact=True).fill("prompt")
    page.get_by_label("Your answer, a number").fill("far")
    page.locator("[data-step='1']").first.click()
    page.get_by_role("button", name="Check my answers").click()
    page.locator(".error").wait_for()
    assert axe(page) == []

    page.get_by_label("Your answer, a number").fill("2")
    page.get_by_role("button", name="Check my answers").click()
    page.locator(".verdict").first.wait_for()

    assert axe(page) == []


def longer(value):
    """The same fields with a long word before every text."""
    if isinstance(value, dict):
        return {name: longer(each) for name, each in value.items()}
    if isinstance(value, list):
        return [longer(each) for each in value]
    return f"{LONG_WORD} {value}" if isinstance(value, str) else value


def test_on_a_narrow_screen_long_words_wrap(open_window, begin):
    page = open_window({"width": 320, "height": 640})
    begin(page, *KINDS, fields=longer(FIELDS), all_at_once=True)

    page.get_by_role("button", name="Prompt").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="What answers").click()
    page.get_by_label("Your answer", exact=True).fill(LONG_WORD)
    page.get_by_label("Blank 1").fill(LONG_WORD)
    page.locator("[data-step='1']").first.click()
    page.get_by_role("button", name="Check my answers").click()
    page.locator(".verdict").first.wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
