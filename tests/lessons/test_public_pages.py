import gzip

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from lessons import public_pages
from tests.factories import (
    CatalogueFactory,
    LessonFactory,
    PassageFactory,
    QuestionFactory,
    QuizFactory,
    TermFactory,
    TrackFactory,
)
from tests.urlconf import routes

pytestmark = pytest.mark.django_db

PUBLIC = [
    "lessons:catalogue",
    "lessons:tier",
    "lessons:track",
    "lessons:lesson",
    "lessons:print",
    "quizzes:print",
]
# What people's browsers differ in.
DIFFERENCES = [
    {"Accept-Language": "es-ES,es;q=0.9"},
    {"Cookie": "csrftoken=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; django_language=es"},
    {"Cookie": "sessionid=made-up; theme=dark"},
    {"HX-Request": "true", "HX-Target": "main"},
    {"User-Agent": "Mozilla/5.0 (iPhone)"},
    {"Referer": "http://testserver/me/"},
]


@pytest.fixture
def lesson():
    CatalogueFactory()
    track = TrackFactory(slug="first-track")
    lesson = LessonFactory(slug="first-lesson", track=track)
    PassageFactory(section__lesson=lesson)
    TermFactory().lessons.add(lesson)
    LessonFactory(track=track)
    QuestionFactory(quiz=QuizFactory(lesson=lesson))
    return lesson


@pytest.fixture(params=PUBLIC)
def address(request, lesson):
    arguments = {
        "lessons:catalogue": [],
        "lessons:tier": [lesson.tier],
        "lessons:track": [lesson.track.slug],
        "lessons:lesson": [lesson.slug],
        "lessons:print": [lesson.slug],
        "quizzes:print": [lesson.quiz.slug],
    }
    return reverse(request.param, args=arguments[request.param])


def get_anew(client, address, **headers):
    """Ask for a page as the first one who does, so that it is rendered."""
    public_pages.pages = public_pages.PageStore()
    return client.get(address, headers=headers)


def test_a_public_page_is_the_same_bytes_for_every_browser(address):
    plain = get_anew(Client(), address)

    others = [get_anew(Client(), address, **headers) for headers in DIFFERENCES]

    assert plain.status_code == 200
    assert [other.content for other in others] == [plain.content] * len(DIFFERENCES)


def test_a_public_page_is_the_same_bytes_for_everyone(
    address, student, teacher, guardian, admin
):
    signed_out = get_anew(Client(), address)

    for person in [student, teacher, guardian, admin]:
        client = Client()
        client.force_login(person)
        assert get_anew(client, address).content == signed_out.content
        assert client.get(address).content == signed_out.content


def test_a_public_page_sets_no_cookie_and_varies_on_nothing_but_the_encoding(
    address, student
):
    client = Client()
    client.force_login(student)

    response = get_anew(client, address)

    assert response.cookies == {}
    assert response["Vary"] == "Accept-Encoding"
    assert response["Cache-Control"] == "public, max-age=60, must-revalidate"


def test_a_public_page_costs_nothing_while_its_tag_still_holds(
    address, django_assert_num_queries
):
    first = get_anew(Client(), address)

    with django_assert_num_queries(0):
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        full = Client().get(address)

    assert (again.status_code, again.content) == (304, b"")
    assert full.content == first.content
    assert full["ETag"] == again["ETag"] == first["ETag"]


def test_a_public_page_comes_compressed_as_the_browser_asks(address):
    plain = get_anew(Client(), address)
    by_gzip = get_anew(Client(), address, accept_encoding="gzip")
    by_brotli = get_anew(Client(), address, accept_encoding="gzip, deflate, br")

    assert "Content-Encoding" not in plain
    assert gzip.decompress(by_gzip.content) == plain.content
    assert brotli.decompress(by_brotli.content) == plain.content
    assert by_gzip["ETag"] == by_brotli["ETag"] == plain["ETag"]


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, BR", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0.010", "gzip"),
        ("gzip;q=1.0", "gzip"),
        ("gzip;q=0.0", "identity"),
        ("", "identity"),
    ],
)
def test_an_encoding_that_a_browser_rules_out_is_not_used(accepted, best):
    assert public_pages.best_encoding(accepted) == best


def test_a_public_page_answers_head_with_the_same_headers(address):
    get = get_anew(Client(), address)
    head = Client().head(address)

    assert head.content == b""
    assert head["ETag"] == get["ETag"]
    assert head["Content-Length"] == get["Content-Length"]


def test_a_load_brings_new_pages_under_new_tags(lesson):
    address = lesson.get_absolute_url()
    before = Client().get(address)

    lesson.title = "A title that was just changed"
    lesson.save(update_fields=["title"])
    public_pages.announce("another version")
    after = Client().get(address, headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert "A title that was just changed" in after.content.decode()
    assert after["ETag"] != before["ETag"]


def test_a_page_made_just_before_a_load_is_not_shown_after_it(lesson):
    address = lesson.get_absolute_url()
    before = public_pages.pages.refresh()
    public_pages.announce("another version")
    public_pages.pages.refresh()
    made_before = public_pages.StoredPage.of(b"made before the load")
    public_pages.pages.keep((before, address), made_before)

    assert Client().get(address).content != b"made before the load"


def test_a_load_that_ends_while_the_version_is_read_has_the_last_word(lesson):
    def load(execute, *query):
        found = execute(*query)
        public_pages.announce("just loaded")
        return found

    with connection.execute_wrapper(load):
        public_pages.current_version()

    assert public_pages.current_version() == "just loaded"


def test_a_public_page_holds_no_token_and_no_form_that_needs_one(address):
    page = get_anew(Client(), address).content.decode()

    assert "csrfmiddlewaretoken" not in page
    assert "x-csrftoken" not in page.lower()


def test_every_view_that_promises_a_public_page_is_looked_at_here():
    assert {r.name for r in routes() if is_public_page(r.view)} == set(PUBLIC)


def is_public_page(view):
    while view:
        if view.__code__.co_name == "public_view":
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_no_answer_but_a_page_is_kept_for_everyone(lesson):
    address = reverse("lessons:lesson", args=["no-such-lesson"])

    response = Client().get(address)

    assert response.status_code == 404
    assert public_pages.pages.pages == {}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/learn/lesson/no-such-lesson/", 404),
        ("GET", "/no/such/address/", 404),
        ("POST", "/learn/", 405),
        ("GET", "/me/sync/", 405),
        ("GET", "/attempts/00000000-0000-0000-0000-000000000001/", 404),
        ("GET", "/learn/quiz/end-kites/key/", 403),
        ("GET", "/me", 301),
    ],
)
def test_an_error_or_a_detour_is_kept_by_no_cache(student, method, path, status):
    client = Client()
    client.force_login(student)

    response = client.generic(method, path)

    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-store"
