import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lessons import reports
from lessons.models import MistakeReport, Progress, ProgressEvent
from tests.factories import (
    LessonFactory,
    PassageFactory,
    ProgressFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ME = "/learn/lesson/kites/me/"
FINISH = "/learn/lesson/kites/finish/"
REPORT = "/learn/lesson/kites/report/"
STATES = "/learn/states/"


@pytest.fixture
def lesson():
    outline = [{"id": "idea", "title": "The big idea", "kind": "idea"}]
    lesson = LessonFactory(slug="kites", title="How kites fly", outline=outline)
    PassageFactory(
        section__lesson=lesson, key="idea-000001", text="A kite leans on the wind."
    )
    return lesson


@pytest.fixture
def reader(lesson):
    return UserFactory()


def test_signed_out_the_place_is_the_devices_to_show(htmx, lesson):
    response = htmx.swap("get", ME, "lesson-me")

    assertContains(response, "Progress saved in this browser.")
    assertContains(response, "/account/login/?next=/learn/lesson/kites/")
    assertContains(response, "data-stopped hidden")
    assertNotContains(response, "<html")
    assert not response.cookies.get("sessionid")


def test_signed_in_the_place_is_the_accounts(htmx, reader, lesson):
    ProgressFactory(student=reader, lesson=lesson, passage_key="idea-000001")
    htmx.force_login(reader)

    response = htmx.swap("get", ME, "lesson-me")

    assertContains(response, "You stopped at “The big idea”")
    assertContains(response, 'href="/learn/lesson/kites/#idea-000001"')
    assertNotContains(response, "<html")
    assert response["Cache-Control"] == "private, no-store"


def test_somebody_elses_place_is_not_shown(htmx, reader, lesson):
    ProgressFactory(lesson=lesson, passage_key="idea-000001")
    htmx.force_login(reader)

    response = htmx.swap("get", ME, "lesson-me")

    assertContains(response, "Your progress is saved in your account.")
    assertNotContains(response, "The big idea")


def test_the_page_and_the_fragment_show_the_same(htmx, reader, lesson):
    ProgressFactory(student=reader, lesson=lesson, finished=True)
    htmx.force_login(reader)

    fragment, element = htmx.fragment_and_element(ME, "lesson-me")

    assertContains(htmx.get(ME), "You read this lesson on 2 November 2026.")
    assert fragment == element


@pytest.mark.parametrize("address", [ME, FINISH, REPORT])
def test_an_unknown_or_retired_lesson_is_not_found(client, reader, lesson, address):
    LessonFactory(slug="gone", retired=True)
    client.force_login(reader)
    send = client.post if address == FINISH else client.get

    for slug in ("no-such-lesson", "gone"):
        assert send(address.replace("kites", slug)).status_code == 404


def test_a_lesson_is_marked_as_read_once(client, reader, lesson):
    client.force_login(reader)

    response = client.post(FINISH)
    client.post(FINISH)

    assertRedirects(response, f"{ME}?finished=now")
    assertContains(client.get(ME), "You read this lesson on")
    assertNotContains(client.get(ME), "I have read this lesson")
    assert ProgressEvent.objects.count() == 1


@pytest.mark.parametrize("place", ["lesson-me", "lesson-read"])
def test_marking_as_read_by_htmx_shows_it_at_the_top_and_at_the_end(
    htmx, reader, lesson, place
):
    htmx.force_login(reader)

    before = htmx.swap("get", ME, place)
    response = htmx.swap("post", FINISH, place)

    assertContains(before, f'action="{FINISH}"')
    assertContains(before, f'id="{place}"')
    assertContains(response, f'id="{place}"')
    assertContains(response, "You read this lesson on")
    assertNotContains(response, "<html")
    assert "HX-Trigger-After-Swap" not in before
    assert "tendril:progress" in response["HX-Trigger-After-Swap"]


def test_signed_out_the_end_of_a_lesson_has_no_button(htmx, lesson):
    response = htmx.swap("get", ME, "lesson-read")

    assertContains(response, "hidden")
    assertNotContains(response, "<form")


def test_marking_as_read_needs_an_account_and_a_token(reader, lesson):
    stranger = Client()
    assertRedirects(
        stranger.post(FINISH),
        f"/account/login/?next={FINISH}",
        fetch_redirect_response=False,
    )
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(reader)

    assert forged.post(FINISH).status_code == 403
    assert not Progress.objects.exists()


def test_cards_learn_only_their_own_readers_state(htmx, reader, lesson):
    other = LessonFactory(slug="boats")
    hidden = LessonFactory(slug="not-on-this-page")
    ProgressFactory(student=reader, lesson=lesson, finished=True)
    ProgressFactory(student=reader, lesson=other)
    ProgressFactory(student=reader, lesson=hidden)
    ProgressFactory(lesson=LessonFactory(slug="theirs"), finished=True)
    htmx.force_login(reader)

    response = htmx.swap(
        "get", STATES, "lesson-states", {"lessons": "kites,boats,theirs,unknown"}
    )

    page = " ".join(response.content.decode().split())
    assert 'id="state-kites" hx-swap-oob="true">Read</span>' in page
    assert 'id="state-boats" hx-swap-oob="true">Reading</span>' in page
    assert page.count("state-") == 2


def test_states_cost_the_same_for_one_lesson_and_for_many(
    htmx, reader, lesson, django_assert_num_queries
):
    htmx.force_login(reader)
    ProgressFactory(student=reader, lesson=lesson)
    htmx.get(STATES)  # the first request asks which catalogue is served
    with django_assert_num_queries(3):
        htmx.swap("get", STATES, "lesson-states", {"lessons": "kites"})
    slugs = [ProgressFactory(student=reader).lesson.slug for _ in range(5)]

    with django_assert_num_queries(3):
        htmx.swap("get", STATES, "lesson-states", {"lessons": ",".join(slugs)})


def test_signed_out_states_are_words_for_the_device(htmx, lesson):
    ProgressFactory(lesson=lesson, finished=True)

    response = htmx.swap("get", STATES, "lesson-states", {"lessons": "kites"})

    assertContains(response, 'data-read="Read"')
    assertNotContains(response, "state-kites")


def test_my_reading_is_mine_and_costs_the_same_for_one_and_for_many(
    htmx, reader, lesson, django_assert_num_queries
):
    ProgressFactory(student=reader, lesson=lesson, passage_key="idea-000001")
    ProgressFactory(student=reader, lesson__title="How boats float", finished=True)
    theirs = LessonFactory(creators=True, title="Somebody else's lesson")
    ProgressFactory(lesson=theirs)
    htmx.force_login(reader)
    htmx.get("/learn/reading/")  # the first request asks which catalogue is served
    with django_assert_num_queries(6):
        response = htmx.swap("get", "/learn/reading/", "my-reading")

    assertContains(response, "How kites fly")
    assertContains(response, "You stopped at “The big idea”")
    assertContains(response, "How boats float")
    assertContains(response, "1 lesson read")
    assertNotContains(response, "Somebody else")
    for _ in range(3):
        ProgressFactory(student=reader)
        ProgressFactory(student=reader, finished=True)
    with django_assert_num_queries(6):
        htmx.swap("get", "/learn/reading/", "my-reading")


def test_a_report_is_kept_with_its_passage_and_thanked_for(client, reader, lesson):
    client.force_login(reader)
    page = client.get(REPORT, {"passage": "idea-000001"})
    assertContains(page, "A kite leans on the wind.")

    response = client.post(REPORT, {"text": "It hangs.", "passage": "idea-000001"})

    assertRedirects(response, f"{REPORT}?sent=yes")
    assertContains(client.get(response.url), "Thank you")
    kept = MistakeReport.objects.get()
    assert (kept.text, kept.passage_key, kept.reporter) == (
        "It hangs.",
        "idea-000001",
        reader,
    )


def test_signed_out_readers_report_too(client, lesson):
    client.post(REPORT, {"text": "It hangs.", "passage": "no-such-passage\x00"})

    kept = MistakeReport.objects.get()
    assert (kept.passage_key, kept.reporter) == ("", None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Say in a few words what is wrong."),
        ("   ", "Say in a few words what is wrong."),
        ("x" * 1001, "Use 1,000 characters at most; you wrote 1001."),
    ],
)
def test_a_report_that_says_nothing_or_too_much_is_asked_again(
    client, lesson, text, message
):
    response = client.post(REPORT, {"text": text, "passage": "idea-000001"})

    assertContains(response, message, status_code=422)
    assertContains(response, "A kite leans on the wind.", status_code=422)
    assertContains(response, text, status_code=422)
    assert not MistakeReport.objects.exists()


def test_a_program_is_thanked_and_forgotten(client, lesson):
    response = client.post(REPORT, {"text": "Buy kites", "website": "spam"})

    assertRedirects(response, f"{REPORT}?sent=yes")
    assert not MistakeReport.objects.exists()


def test_too_many_reports_keep_the_words_and_say_when_to_send_them(client, lesson):
    for _ in range(reports.MOST_BY_READER):
        client.post(REPORT, {"text": "It hangs."})

    response = client.post(REPORT, {"text": "It still hangs."})

    assertContains(response, "Wait ten minutes", status_code=429)
    assertContains(response, "It still hangs.", status_code=429)
    assert MistakeReport.objects.count() == reports.MOST_BY_READER
