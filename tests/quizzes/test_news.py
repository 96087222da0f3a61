import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import disputes, news
from tests.factories import QuestionFactory
from tests.quizzes.answered import answered, contest, mark_all

pytestmark = pytest.mark.django_db

PANEL = "/learn/results/news/"


@pytest.fixture
def question():
    return QuestionFactory(short=True, quiz__title="Kites", stem="What is it called?")


@pytest.fixture
def accepted(question, student, admin):
    """The student's answer, accepted with a word, and marked again."""
    (wrong,) = answered(question, ["training more"], student=student)
    disputes.accept(dispute=contest(wrong), by=admin, word="You read closely.")
    mark_all()
    return wrong


def seen(client, student):
    """Send what the panel's form holds."""
    items = news.new_for(student)
    return client.post(
        reverse("quizzes:news_seen"),
        {
            "change": [change.pk for item in items for change in item.changes],
            "dispute": [item.dispute.pk for item in items if item.dispute],
        },
    )


def test_a_word_and_the_points_it_brought_are_told_together(client, student, accepted):
    client.force_login(student)

    page = client.get(PANEL)

    assertContains(page, "You were right: your answer is accepted.")
    assertContains(page, "You read closely.")
    assertContains(page, "Points: 0 → 1")
    assertContains(page, f'href="{accepted.attempt.get_absolute_url()}"')
    assert len(news.new_for(student)) == 1


def test_a_mark_that_changed_is_told_also_to_those_who_said_nothing(
    client, classmate, question, accepted, admin
):
    (silent, loud) = answered(
        question, ["teaching"], ["teaching"], students=[classmate, admin]
    )
    loud.question.refresh_from_db()
    disputes.accept(dispute=contest(loud), by=admin)
    mark_all()
    client.force_login(classmate)

    page = client.get(PANEL)

    assertContains(page, "Points: 0 → 1")
    assertContains(page, f'href="{silent.attempt.get_absolute_url()}"')
    assertNotContains(page, "You were right")


def test_a_no_is_told_with_its_word(client, student, admin, question):
    (wrong,) = answered(question, ["baking"], student=student)
    disputes.decline(dispute=contest(wrong), by=admin, word="Baking is with an oven.")
    client.force_login(student)

    page = client.get(PANEL)

    assertContains(page, "it stays as it is.")
    assertContains(page, "Baking is with an oven.")


def test_what_was_seen_is_not_told_again(client, student, accepted):
    client.force_login(student)

    assertRedirects(seen(client, student), PANEL)

    assert news.new_for(student) == []
    assertContains(client.get(PANEL), "Nothing is new about your marks.")


def test_what_came_after_the_panel_was_shown_stays_new(
    client, student, accepted, question, admin
):
    (later,) = answered(question, ["baking"], student=student)
    dispute = contest(later)
    client.force_login(student)
    shown = news.new_for(student)
    disputes.decline(dispute=dispute, by=admin, word="No.")

    news.put_away(
        student=student,
        changes=[change.pk for item in shown for change in item.changes],
        disputes=[item.dispute.pk for item in shown],
    )

    assert [item.dispute for item in news.new_for(student)] == [dispute]


def test_nobody_puts_away_what_is_told_to_another(client, student, classmate, accepted):
    (item,) = news.new_for(student)
    client.force_login(classmate)

    client.post(
        reverse("quizzes:news_seen"),
        {"change": item.changes[0].pk, "dispute": [item.dispute.pk, "x", "9" * 40]},
    )

    assert len(news.new_for(student)) == 1


def test_marks_that_are_not_shown_yet_are_not_told(client, student, accepted):
    accepted.attempt.marks_shown_at = None
    accepted.attempt.save()

    assert news.new_for(student) == []


def test_the_fragment_is_empty_when_there_is_nothing(htmx, student):
    htmx.force_login(student)

    fragment = htmx.swap("get", PANEL, "my-news").content.decode()

    assert (
        "".join(fragment.split())
        == '<divid="my-news"class="my-newsstack"tabindex="-1"></div>'
    )


def test_the_fragment_is_what_the_page_shows(htmx, student, accepted):
    htmx.force_login(student)

    fragment, element = htmx.fragment_and_element(PANEL, "my-news")

    assert fragment == element


def test_who_settles_is_told_what_waits(client, admin, student, question):
    (wrong,) = answered(question, ["baking"], student=student)
    contest(wrong)
    client.force_login(admin)
    assertContains(client.get(PANEL), "1 answer of which students say")
    client.force_login(student)

    assertNotContains(client.get(PANEL), "Answers to look at")


@pytest.mark.parametrize("count", [1, 8])
def test_the_panel_costs_the_same_with_much_news(
    client, student, admin, django_assert_num_queries, count
):
    for _ in range(count):
        question = QuestionFactory(short=True)
        (wrong,) = answered(question, ["no"], student=student)
        disputes.accept(dispute=contest(wrong), by=admin)
    mark_all()
    client.force_login(student)

    # Catalogue, session, user, whether one settles, what to read again, changes
    # and disputes.
    with django_assert_num_queries(7):
        page = client.get(PANEL)

    assertContains(page, "Points: 0 → 1", count=count)
