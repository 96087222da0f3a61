import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import GuardianshipFactory

pytestmark = pytest.mark.django_db


def panels_of(student):
    names = ("quizzes:family_work", "lessons:family_reading")
    return [reverse(name, args=[student.pk]) for name in names]


def test_the_family_page_has_panels_and_links_for_each_child(client, guardian, student):
    second = GuardianshipFactory(guardian=guardian).student
    client.force_login(guardian)

    page = client.get(reverse("home:family"))

    for url in panels_of(student) + panels_of(second):
        assertContains(page, f'hx-get="{url}"')
        assertContains(page, f'<a href="{url}">')


def test_the_page_of_one_child_shows_no_other(client, guardian, student):
    second = GuardianshipFactory(guardian=guardian).student
    client.force_login(guardian)

    page = client.get(reverse("home:family_of", args=[student.pk]))

    assertContains(page, panels_of(student)[0])
    assertNotContains(page, panels_of(second)[0])


@pytest.mark.parametrize("how", ["barred", "grown up"])
def test_a_view_that_has_ended_is_a_page_that_does_not_exist(
    client, guardian, student, how
):
    if how == "barred":
        bond = guardian.wardships.get()
        bond.barred_at = bond.made_at
        bond.save(update_fields=["barred_at"])
    else:
        student.born_on = guardian.born_on
        student.save(update_fields=["born_on"])
    client.force_login(guardian)

    urls = [reverse("home:family_of", args=[student.pk]), *panels_of(student)]
    statuses = [client.get(url).status_code for url in urls]

    assert statuses == [404, 404, 404]
    assertContains(client.get(reverse("home:family")), "No child is linked to you yet")


@pytest.mark.parametrize("count", [1, 5])
def test_the_frame_costs_the_same_however_many_children(
    client, django_assert_max_num_queries, guardian, count
):
    GuardianshipFactory.create_batch(count, guardian=guardian)
    client.force_login(guardian)

    with django_assert_max_num_queries(6):
        client.get(reverse("home:family"))


def test_a_guardian_finds_what_is_kept_and_who_looked(client, guardian, student):
    client.force_login(guardian)
    ways = [reverse(f"data:{name}", args=[student.pk]) for name in ("person", "looks")]

    page = client.get(reverse("home:family_of", args=[student.pk]))

    for way in ways:
        assertContains(page, f'href="{way}"')
        assert client.get(way).status_code == 200
