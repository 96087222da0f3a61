"""The gradebook by keyboard: arrow keys, the ends, and the way to the answers."""

import pytest
from django.urls import reverse

from tests.factories import EnrolmentFactory
from tests.quizzes.taken import given, take


@pytest.fixture
def page(open_window, sign_in, classroom, teacher):
    """Ann and Ben by rows, two assignments by columns; the second stands first."""
    people = [
        EnrolmentFactory(classroom=classroom, person__display_name=name).person
        for name in ("Ann", "Ben")
    ]
    for right in (2, 3):
        assignment = given(classroom)
        for extra, person in enumerate(people):
            take(assignment, person, right=right + 2 * extra)
    page = open_window()
    sign_in(page, teacher)
    page.goto(reverse("quizzes:gradebook", args=[classroom.pk]))
    return page


def here(page):
    """The first word in the field that has the focus."""
    return page.evaluate("document.activeElement.textContent").split()[0]


def press(page, *keys):
    said = []
    for key in keys:
        page.keyboard.press(key)
        said.append(here(page))
    return said


def test_arrow_keys_move_between_fields_and_enter_opens_one(page):
    page.locator("td a").first.focus()

    assert here(page) == "3"
    # Behind the 2 stands that its student needs help.
    assert press(page, "ArrowRight", "ArrowDown", "ArrowLeft") == ["2needs", "4", "5"]
    assert press(page, "Home", "End") == ["Ben", "4"]
    assert press(page, "Control+Home") == ["Student"]
    assert press(page, "ArrowUp", "ArrowLeft") == ["Student", "Student"]
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/students/*/")

    assert page.locator("h1").text_content() == "Ben"


def test_the_table_is_one_stop_for_the_tab_key(page):
    stops = page.evaluate(
        "document.querySelectorAll('[data-grid] [tabindex=\"0\"]').length"
    )

    assert stops == 1
