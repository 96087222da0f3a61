import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import AttemptFactory, GuardianshipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "target", "shown"),
    [
        ("results", "my-results", "1 of 1 points"),
        ("class_panel", "class-panel", "Sam"),
        ("family_panel", "family-panel", "Sam"),
    ],
)
def test_a_panel_alone_is_what_its_page_shows(
    htmx, teacher, student, name, target, shown
):
    AttemptFactory(student=teacher, handed_in=True)
    GuardianshipFactory(guardian=teacher, student=student)
    htmx.force_login(teacher)
    url = reverse(f"quizzes:{name}")

    fragment, element = htmx.fragment_and_element(url, target)
    response = htmx.swap("get", url, target)

    assert fragment == element
    assertContains(response, shown)
    assertNotContains(response, "<html")
