from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from lessons.models import Progress, ProgressEvent, SyncBatch
from quizzes.models import Response
from tests.browser.reading import (
    LESSON,
    OTHER,
    SLUG,
    answer_one,
    finish,
    held,
    kinds,
    middle_passage,
    offer,
    open_lesson,
    read_to,
    sign_in_by_form,
    sign_out,
    sign_up,
    wait_until_kept,
    wait_until_sent,
)


@pytest.fixture
def passage(site):
    return middle_passage()


def test_reading_signed_out_is_added_to_a_new_account_and_undone(laptop, passage):
    page = laptop
    open_lesson(page)
    read_to(page, passage)
    answer_one(page)
    wait_until_kept(page, "answered")
    assert kinds(page) == ["opened", "reached", "answered"]

    reader = sign_up(page, "newcomer")
    expect(offer(page).get_by_role("heading")).to_have_text("1 lesson on this device")
    offer(page).get_by_text("See what it is").click()
    expect(offer(page)).to_contain_text("1 answer")
    expect(offer(page)).to_contain_text(f"Stopped at “{passage.section.title}”")
    assert not ProgressEvent.objects.exists()
    offer(page).get_by_role("button", name="Add to my account").click()
    expect(offer(page)).to_contain_text("1 lesson was added to your account.")

    assert held(page) == []
    assert Progress.objects.get().student == reader
    assert Progress.objects.get().passage_key == passage.key
    assert Response.objects.get().attempt.student == reader

    offer(page).get_by_role("link", name="You can undo this").click()
    my_reading = page.locator("#my-reading.panel:not([hx-get])")
    expect(my_reading).to_contain_text(passage.lesson.title)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messages")).to_contain_text("Taken out of your account again")
    expect(my_reading).to_contain_text("No lesson begun yet")
    assert SyncBatch.objects.get().undone_at


def test_keeping_apart_is_not_asked_again_until_there_is_more(laptop, sign_in, student):
    open_lesson(laptop)
    sign_in(laptop, student)
    laptop.goto("/me/")

    offer(laptop).get_by_role("button", name="Leave it on this device").click()
    laptop.goto("/me/")
    laptop.locator("#my-reading.panel:not([hx-get])").wait_for()

    expect(offer(laptop)).to_be_empty()
    assert kinds(laptop) == ["opened"]
    laptop.context.clear_cookies()
    open_lesson(laptop, OTHER)
    sign_in(laptop, student)
    laptop.goto("/me/")
    expect(offer(laptop).get_by_role("heading")).to_have_text("1 lesson on this device")


def test_discarding_asks_once_more(laptop, sign_in, student):
    open_lesson(laptop)
    sign_in(laptop, student)
    laptop.goto("/me/")

    offer(laptop).get_by_role("button", name="Remove it").click()
    assert kinds(laptop) == ["opened"]
    offer(laptop).get_by_role("button", name="No, leave it here").click()
    assert kinds(laptop) == ["opened"]
    offer(laptop).get_by_role("button", name="Remove it").click()
    offer(laptop).get_by_role("button", name="Yes, remove it").click()

    expect(offer(laptop)).to_be_empty()
    assert held(laptop) == []
    assert not ProgressEvent.objects.exists()


def test_two_readers_of_one_computer_never_get_each_others_progress(
    laptop, student, other_student
):
    page = laptop
    sign_in_by_form(page, student)
    open_lesson(page)
    wait_until_sent(page)
    # The network fails just as the first one reads, and leaves.
    page.route("**/me/sync/", lambda route: route.abort())
    open_lesson(page, OTHER)
    sign_out(page)
    page.unroute("**/me/sync/")
    assert [entry["owner"] for entry in held(page)] == [student.reader_key]

    sign_in_by_form(page, other_student)
    open_lesson(page)
    page.goto("/me/")
    page.locator("#my-reading.panel:not([hx-get])").wait_for()
    expect(offer(page)).to_be_empty()
    sign_out(page)
    sign_in_by_form(page, student)
    wait_until_sent(page)

    def read_by(person):
        found = Progress.objects.of(person).values_list("lesson__slug", flat=True)
        return set(found)

    assert read_by(student) == {SLUG, "show-it-examples"}
    assert read_by(other_student) == {SLUG}


def test_a_page_left_open_by_somebody_else_sends_nothing_as_the_next(
    laptop, student, other_student, passage
):
    sign_in_by_form(laptop, student)
    laptop.context.route("**/me/sync/", lambda route: route.abort())
    open_lesson(laptop)
    second = laptop.context.new_page()
    second.goto("/")
    sign_out(second)
    sign_in_by_form(second, other_student)

    # What waited in the first page since before, and what is read in it now.
    laptop.context.unroute("**/me/sync/")
    read_to(laptop, passage)
    laptop.clock.run_for(60_000)
    laptop.wait_for_timeout(300)

    waiting = [(entry["owner"], entry["item"]["kind"]) for entry in held(second)]
    assert waiting == [(student.reader_key, "opened")]
    assert not Progress.objects.exists()


def test_what_was_read_before_the_page_knew_its_reader_waits_for_them(
    laptop, sign_in, student, other_student
):
    sign_in_by_form(laptop, student)
    laptop.route("**/account/who/", lambda route: route.fulfill(status=204))
    laptop.goto(LESSON)
    laptop.locator("#lesson-me[data-reading]").wait_for()
    laptop.unroute("**/account/who/")
    assert [entry["owner"] for entry in held(laptop)] == [None]

    sign_in(laptop, other_student)
    laptop.goto("/me/")
    laptop.locator("#my-reading.panel:not([hx-get])").wait_for()
    expect(offer(laptop)).to_be_empty()
    assert [entry["owner"] for entry in held(laptop)] == [None]
    sign_in(laptop, student)
    laptop.goto("/me/")
    wait_until_sent(laptop)

    assert Progress.objects.get().student == student


def test_a_lost_network_loses_nothing_and_doubles_nothing(
    laptop, sign_in, student, passage
):
    sign_in(laptop, student)
    open_lesson(laptop)
    wait_until_sent(laptop)
    laptop.context.set_offline(True)
    read_to(laptop, passage)
    laptop.clock.run_for(20_000)
    assert kinds(laptop) == ["reached"]

    laptop.context.set_offline(False)
    wait_until_sent(laptop)
    laptop.goto("/me/")

    assert sorted(ProgressEvent.objects.values_list("kind", flat=True)) == [
        "opened",
        "reached",
    ]


def test_what_arrived_although_the_answer_was_lost_is_not_added_twice(
    laptop, sign_in, student
):
    open_lesson(laptop)
    sign_in(laptop, student)
    laptop.goto("/me/")

    def lose_the_answer(route):
        route.fulfill(response=route.fetch(), body='{"outcomes": [{"id"')

    laptop.route("**/me/sync/", lose_the_answer, times=1)
    offer(laptop).get_by_role("button", name="Add to my account").click()
    expect(offer(laptop)).to_contain_text("It is safe on this device")
    assert kinds(laptop) == ["opened"]
    laptop.goto("/me/")
    wait_until_sent(laptop)

    assert ProgressEvent.objects.get().batch == SyncBatch.objects.get()


def test_a_damaged_memory_breaks_nothing_and_takes_nothing_along(
    laptop, sign_in, student
):
    open_lesson(laptop)
    laptop.evaluate(
        """() => {
        localStorage["tendril:event:1"] = "{half";
        localStorage["tendril:event:2"] = "null";
        localStorage["tendril:event:3"] = '{"item": {"id": 5}}';
        localStorage["tendril:event:4"] = JSON.stringify(
            {item: {id: "x", kind: "reached", lesson: "?"}, owner: ""});
        localStorage["tendril:reader"] = "{";
        }"""
    )
    sign_in(laptop, student)
    laptop.goto("/me/")

    offer(laptop).get_by_role("button", name="Add to my account").click()

    expect(offer(laptop)).to_contain_text("1 lesson was added to your account.")
    expect(offer(laptop)).to_contain_text("1 entry could not be added")
    assert Progress.objects.get().student == student
    laptop.goto("/me/")
    aside = laptop.locator("[data-device-aside]")
    expect(aside).to_contain_text("This entry is damaged and cannot be read.")
    aside.get_by_role("button", name="Remove these").click()
    laptop.goto("/me/")
    expect(aside).to_be_hidden()


NO_ROOM = """Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
};"""
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("off", "SecurityError"); },
});"""


@pytest.mark.parametrize("trouble", [NO_ROOM, NO_STORAGE], ids=["full", "off"])
def test_without_room_to_remember_an_account_still_gets_everything(
    laptop, sign_in, student, trouble
):
    laptop.add_init_script(trouble)
    sign_in(laptop, student)
    open_lesson(laptop)

    finish(laptop)

    expect(laptop.locator("#lesson-me")).to_contain_text("You read this lesson on")


def test_signing_out_sends_what_waits_and_clears_what_is_left(laptop, student, passage):
    sign_in_by_form(laptop, student)
    open_lesson(laptop)
    read_to(laptop, passage)
    laptop.evaluate(
        """key => localStorage["tendril:aside:1"] = JSON.stringify(
            {item: {id: "1", kind: "opened"}, owner: key, message: "No."})""",
        student.reader_key,
    )
    laptop.route("**/me/sync/", lambda route: route.abort())
    laptop.goto("/account/logout/")
    laptop.unroute("**/me/sync/")
    posts = []
    laptop.on(
        "requestfinished",
        lambda r: posts.append(urlsplit(r.url).path) if r.method == "POST" else None,
    )

    laptop.get_by_label("Clear what this browser remembers").check()
    laptop.locator("main form").get_by_role("button", name="Sign out").click()
    laptop.locator("nav#who[data-reader='']").wait_for()

    assert posts == ["/me/sync/", "/account/logout/"]
    assert Progress.objects.of(student).get().passage_key == passage.key
    assert laptop.evaluate("Object.keys(localStorage)") == ["tendril:reader"]
