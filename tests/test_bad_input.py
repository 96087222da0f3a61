"""What broken browsers, curious children and attackers send, at every address."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.factories import AttemptFactory, LessonFactory, QuestionFactory, QuizFactory
from tests.urlconf import routes

pytestmark = pytest.mark.django_db

TRACES = ("Traceback", "DEBUG = True", "django/core", ".py&quot;")
# The probes answer before anything is read; without a worker /readyz says 503.
PROBES = {"healthz", "readyz"}
POSTED = [r for r in routes() if not r.is_admin and r.name not in PROBES]
SOME_ID = "00000000-0000-0000-0000-000000000001"
KNOWN = {"key": "c1", "tier": "builders"}
BY_SHAPE = {"uuid": SOME_ID, "int": 1, "picture": "kite.svg"}


@pytest.fixture
def client(student):
    """Signed in, and told when the site itself breaks."""
    client = Client()
    client.force_login(student)
    return client


@pytest.fixture(autouse=True)
def kites(student):
    quiz = QuizFactory(lesson=LessonFactory(slug="kites"))
    QuestionFactory(quiz=quiz, key="c1", in_the_text=True)
    for kind in ({}, {"multiple": True}, {"short": True}):
        QuestionFactory(quiz=quiz, **kind)
    AttemptFactory(id=SOME_ID, quiz=quiz, student=student)
    return quiz


def address(route):
    slug = "end-kites" if route.name.startswith("quizzes:") else "kites"
    parts = re.findall(r"<(?:(\w+):)?(\w+)>", route.pattern)
    known = {name: KNOWN.get(name, BY_SHAPE.get(shape, slug)) for shape, name in parts}
    return reverse(route.name, kwargs=known)


def is_calm(response):
    text = response.content.decode(errors="replace")
    return response.status_code < 500 and not any(trace in text for trace in TRACES)


def test_ten_megabytes_are_refused_unread_at_every_address(client):
    body = b"q1=" + b"x" * 10_000_000

    for route in POSTED:
        response = client.generic(
            "POST", address(route), body, "application/x-www-form-urlencoded"
        )

        assert "That was too much to send" in response.content.decode(), route.name
        assert response.status_code == 413


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"q1=\xff\xfe&attempt=\xff&text=\xff"),
        ("application/x-www-form-urlencoded", b"q1=%00&attempt=%00&text=%00&state=%00"),
        ("application/x-www-form-urlencoded", b"&".join([b"q1=a"] * 5000)),
        ("application/x-www-form-urlencoded", b"q" + b"9" * 5000 + b"=a"),
        ("multipart/form-data; boundary=x", b"--x\r\nno end"),
        ("multipart/form-data", b"no boundary"),
        ("application/json", b'{"events": [{"id": "\\ud800"}], "batch": "\\u0000"}'),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"events": [1e999, NaN]}'),
        ("text/plain; charset=klingon", b"q1=a"),
    ],
    ids=[
        "invalid UTF-8",
        "NUL",
        "thousands of fields",
        "thousands of digits",
        "half a multipart",
        "multipart without boundary",
        "lone surrogate",
        "deep JSON",
        "numbers that are none",
        "unknown charset",
    ],
)
def test_a_broken_body_breaks_nothing(client, content_type, body):
    for route in POSTED:
        response = client.generic("POST", address(route), body, content_type)

        assert is_calm(response), f"{route.name}: {response.status_code}"


@pytest.mark.parametrize(
    "query",
    [
        "page=%00&q=%00&tier=%00&track=%00&minutes=%00",
        "page=%ff&tier=%ff&question=%ff&passage=%ff",
        "page=-1&minutes=-1&question=-1",
        "page=9999999999999999999999&minutes=1e999&question=99999999999999999999",
        "lessons=" + "a," * 5000,
        "passage=" + "a" * 5000,
        "next=//elsewhere.example",
        "q1=%F0%9F&view=%00",
    ],
)
def test_a_broken_query_breaks_nothing(client, query):
    for route in POSTED:
        response = client.get(f"{address(route)}?{query}")

        assert is_calm(response), f"{route.name}: {response.status_code}"


@pytest.mark.parametrize(
    "path",
    [
        "/learn/lesson/%FF%FE/",
        "/learn/lesson/%00/",
        "/learn/lesson/..%2f..%2fetc%2fpasswd/",
        "/learn/lesson/" + "a" * 3000 + "/",
        "/learn/quiz/%F0%9F%8C%B1/",
        "/attempts/not-a-uuid/",
        "/learn/adults/",
        "/learn/track/no-such-track/",
        "/nowhere/at/all",
        "/%E2%80%AE/",
    ],
)
def test_an_address_that_is_none_gets_the_way_back(client, path):
    response = client.get(path)

    assert is_calm(response)
    assertContains(response, 'href="/learn/"', status_code=404)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"])
def test_a_method_that_nothing_takes_is_refused(client, method):
    for route in POSTED:
        response = client.generic(method, address(route))

        assert is_calm(response)
        # The account pages take PUT for a form, and say that it is empty.
        if not route.name.startswith("account_"):
            assert response.status_code in (403, 404, 405), route.name


def test_a_name_that_is_not_this_sites_is_refused(client):
    response = client.get("/me/", headers={"host": "elsewhere.example"})

    assertContains(response, "did not make sense", status_code=400)


def test_a_form_without_its_token_says_what_to_do(student):
    client = Client(enforce_csrf_checks=True)
    client.force_login(student)

    response = client.post(reverse("lessons:finish", args=["kites"]))

    assertContains(response, "reload", status_code=403)


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "hex", "undefined"])
def test_a_body_in_a_strange_alphabet_is_refused(client, charset):
    for route in POSTED:
        response = client.generic(
            "POST", address(route), b"q1=a", f"text/plain; charset={charset}"
        )

        assert response.status_code == 400, route.name
