import time
from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.urls import reverse
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertRedirects,
)

from tests.classrooms.factories import JoinCodeFactory
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

JOIN = reverse("classrooms:join")


def join_by(code):
    return reverse("classrooms:join_class", args=[code])


@pytest.fixture
def code(classroom, teacher):
    return JoinCodeFactory(classroom=classroom, code="CDFHJK")


@pytest.fixture
def newcomer(client):
    person = UserFactory(username="newcomer")
    client.force_login(person)
    return person


def test_a_typed_code_shows_the_class_and_then_lets_in(client, newcomer, code):
    page = client.post(JOIN, {"code": "cdf hjk"}, follow=True)

    assertRedirects(page, join_by("CDF-HJK"))
    assertContains(page, "Join Room 12?")
    assertContains(page, "Ms Field")
    assert not newcomer.enrolments.exists()

    page = client.post(join_by("CDF-HJK"), follow=True)

    assertContains(page, "You are in Room 12.")
    assert newcomer.enrolments.get().classroom == code.classroom


def test_joining_again_leads_to_the_class(client, newcomer, code):
    for _ in range(2):
        page = client.post(join_by("CDF-HJK"))

        assertRedirects(page, code.classroom.get_absolute_url())

    assertRedirects(client.get(join_by("CDFHJK")), code.classroom.get_absolute_url())
    assert newcomer.enrolments.count() == 1


def test_a_stranger_is_told_nothing_of_the_class_and_comes_back_to_it(client, code):
    UserFactory(username="newcomer")
    address = join_by("CDF-HJK")

    page = client.get(address)

    assertContains(page, f"{reverse('account_login')}?next={quote(address)}")
    assertContains(page, f"{reverse('account_signup')}?next={quote(address)}")
    for hidden in ("Room 12", "Ms Field"):
        assertNotContains(page, hidden)
    back = client.post(
        reverse("account_login"),
        {"login": "newcomer", "password": PASSWORD, "next": address},
    )
    assertRedirects(back, address)


def test_a_right_and_a_wrong_code_look_alike_to_a_stranger(client, code):
    right, wrong = (client.get(join_by(c)) for c in ("CDF-HJK", "XXX-XXX"))

    words = right.content.decode().replace("CDF-HJK", "XXX-XXX")
    assert words == wrong.content.decode()


def test_a_stranger_who_sends_the_form_signs_in_first(client, code):
    page = client.post(join_by("CDF-HJK"))

    assertRedirects(page, f"{reverse('account_login')}?next=/join/CDF-HJK/")


@pytest.mark.parametrize(
    ("situation", "status", "said"),
    [
        ({"code": "CDFHJM"}, 404, "No class has this code"),
        ({"expired": True}, 410, "This code is too old"),
        ({"slip": True, "used": True}, 410, "Somebody has used this slip already"),
        (
            {"classroom__archived": True, "classroom__name": "Room 9"},
            410,
            "The class of this code has ended",
        ),
    ],
)
def test_a_code_that_lets_nobody_in_says_what_to_do(
    client, newcomer, situation, status, said
):
    JoinCodeFactory(**({"code": "CDFHJK"} | situation))

    for answer in (
        client.get(join_by("CDF-HJK")),
        client.post(join_by("CDF-HJK")),
        client.post(JOIN, {"code": "CDF-HJK"}),
    ):
        assertContains(answer, said, status_code=status)
        assertContains(answer, 'value="CDF-HJK"', status_code=status)
        assertNotContains(answer, "Room 9", status_code=status)
    assert not newcomer.enrolments.exists()


@pytest.mark.parametrize("typed", ["", "123", "CDFHJKMNP", "----", "<b>", "ääääää\x00"])
def test_what_is_no_code_is_asked_for_again(client, newcomer, typed):
    page = client.post(JOIN, {"code": typed})

    assertContains(page, "Look at this once more", status_code=422)


def test_guessing_is_slowed_for_the_guesser_alone(client, newcomer, code):
    for _ in range(10):
        assert client.get(join_by("XXX-XXX")).status_code == 404

    for answer in (
        client.get(join_by("CDF-HJK")),
        client.post(JOIN, {"code": "CDFHJK"}),
    ):
        assertContains(answer, "Those were many wrong codes", status_code=429)
        assert 0 < int(answer["Retry-After"]) <= 60

    client.force_login(UserFactory())
    assertContains(client.get(join_by("CDF-HJK")), "Join Room 12?")


def test_who_has_come_back_too_often_is_told_how_long_to_wait(client, newcomer, code):
    for _ in range(10):
        client.post(join_by("CDF-HJK"))
        client.post(reverse("classrooms:leave", args=[code.classroom_id]))

    with patch("time.time", return_value=time.time() // 3600 * 3600 + 600):
        page = client.post(join_by("CDF-HJK"))

    assertContains(page, "join it again in an hour", status_code=429)
    assert page["Retry-After"] == "3000"
