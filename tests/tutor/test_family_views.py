import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts.models import Look
from tests.factories import (
    PASSWORD,
    EnrolmentFactory,
    GuardianshipFactory,
    UserFactory,
)
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ExchangeFactory
from tutor import answering, consent, methods
from tutor.models import (
    ConsentEvent,
    Exchange,
    FamilySettings,
    Receipt,
    TeacherQuestion,
)
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db


def url(name, student):
    return reverse(f"tutor:{name}", args=[student.pk])


def may_ask(student):
    return consent.is_in_force(student, Purpose.EMBEDDED)


@pytest.fixture
def as_guardian(client, guardian):
    client.force_login(guardian)
    return client


def test_a_guardian_reads_what_it_is_and_says_yes(as_guardian, student):
    page = as_guardian.get(url("family", student))
    for said in ("Who receives it", "You can say no", "erased after 180 days"):
        assertContains(page, said)
    assertContains(page, "The tutor answers nothing: no grown-up has said yes.")

    page = as_guardian.post(url("grant", student), {"password": PASSWORD}, follow=True)

    assertRedirects(page, url("family", student))
    assertContains(page, "The tutor may answer now.")
    assert may_ask(student)


def test_without_the_password_nothing_is_granted(as_guardian, student):
    page = as_guardian.post(url("grant", student), {"password": "guess"})

    assertContains(page, "This is not your password. Type it again.", status_code=422)
    assert not may_ask(student)


def test_ending_it_takes_one_click(as_guardian, allowed):
    page = as_guardian.post(url("withdraw", allowed), follow=True)

    assertContains(page, "The tutor answers no more questions.")
    assert not may_ask(allowed)


def test_a_guardian_and_the_student_read_the_same_questions(
    client, allowed, guardian, lesson
):
    exchange = ExchangeFactory(student=allowed, lesson=lesson)
    answering.answer(exchange.pk)
    ExchangeFactory(
        student=allowed, question="Scared at home", state=Exchange.State.DANGER
    )

    for reader in (guardian, allowed):
        client.force_login(reader)
        page = client.get(url("family", allowed))
        assertContains(page, exchange.question)
        assertContains(page, TEXT[0])
        assertNotContains(page, "Scared at home")


@pytest.mark.parametrize(
    ("name", "sent"),
    [("grant", {"password": "guess"}), ("rule", {"daily_questions": "-1"})],
)
def test_what_is_sent_back_with_the_questions_was_looked_at(
    as_guardian, allowed, guardian, lesson, name, sent
):
    asked = ExchangeFactory(student=allowed, lesson=lesson, answered=True)

    page = as_guardian.post(url(name, allowed), sent)

    assertContains(page, asked.question, status_code=422)
    look = Look.objects.get()
    assert (look.viewer, look.student, look.what) == (guardian, allowed, "family")


def test_the_student_decides_nothing_there(client, allowed):
    client.force_login(allowed)

    assertNotContains(client.get(url("family", allowed)), "You decide")
    assert client.post(url("withdraw", allowed)).status_code == 404
    assert may_ask(allowed)


def test_quiet_hours_and_a_number_are_kept(as_guardian, student, classroom):
    classroom.time_zone = "Europe/Vienna"
    classroom.save()
    sent = {"quiet_from": "20:00", "quiet_until": "07:00", "daily_questions": "5"}

    as_guardian.post(url("rule", student), sent)

    kept = FamilySettings.objects.get()
    assert (str(kept.quiet_from), str(kept.quiet_until)) == ("20:00:00", "07:00:00")
    assert (kept.daily_questions, kept.time_zone) == (5, "Europe/Vienna")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"quiet_from": "20:00"}, "Write both times, or leave both of them empty."),
        ({"daily_questions": "-1"}, "greater than or equal to 0"),
        ({"daily_questions": "5000"}, "less than or equal to 200"),
        ({"quiet_from": "late", "quiet_until": "07:00"}, "Enter a valid time."),
    ],
)
def test_rules_that_make_no_sense_are_sent_back(as_guardian, student, sent, said):
    page = as_guardian.post(url("rule", student), sent)

    assertContains(page, said, status_code=422)
    assert not FamilySettings.objects.exists()


def test_all_of_it_is_erased_when_a_guardian_says_so(
    as_guardian, allowed, lesson, classroom
):
    asked = ExchangeFactory(student=allowed, lesson=lesson, answered=True)
    for exchange in (asked, None):
        TeacherQuestion.objects.create(
            student=allowed,
            classroom=classroom,
            lesson=lesson,
            exchange=exchange,
            question=asked.question,
        )

    as_guardian.post(url("erase", allowed))

    assert not Exchange.objects.exists()
    assert not TeacherQuestion.objects.exists()


def test_a_child_who_asks_is_found_on_the_home_page(htmx, student, guardian):
    htmx.force_login(guardian)
    panel = reverse("tutor:family_panel")
    assertContains(htmx.get("/"), f'hx-get="{panel}"')
    assertNotContains(htmx.get(panel), "Sam asks")

    consent.request(student=student, purpose=Purpose.EMBEDDED)

    fragment, same = htmx.fragment_and_element(panel, "family-tutor")
    assert fragment == same
    shown = htmx.swap("get", panel, "family-tutor")
    assertContains(shown, "Sam asks whether the tutor may answer.")
    assertContains(shown, f'href="{url("family", student)}"')
    assertNotContains(shown, "<html")
    assert shown["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("answer", ["grant", "withdraw"])
def test_a_question_that_was_answered_is_asked_no_more(as_guardian, student, answer):
    consent.request(student=student, purpose=Purpose.EMBEDDED)

    as_guardian.post(url(answer, student), {"password": PASSWORD})

    assertNotContains(as_guardian.get(reverse("tutor:family_panel")), "Sam asks")


def test_the_panel_takes_the_same_queries_for_any_number_of_children(
    as_guardian, guardian, student, django_assert_num_queries
):
    as_guardian.get(reverse("tutor:family_panel"))

    def count(children):
        for bond in GuardianshipFactory.create_batch(children, guardian=guardian):
            consent.request(student=bond.student, purpose=Purpose.EMBEDDED)
        with django_assert_num_queries(5):
            as_guardian.get(reverse("tutor:family_panel"))

    count(1)
    count(3)


@pytest.mark.parametrize("page", ["/family/", "/me/seen/"])
def test_the_pages_of_the_family_lead_there(client, student, guardian, page):
    client.force_login(guardian if page == "/family/" else student)

    assertContains(client.get(page), f'href="{url("family", student)}"')


def test_an_outside_model_is_shown_only_where_there_is_one(
    as_guardian, student, outside_model
):
    page = as_guardian.get(url("family", student))

    assertContains(page, "a form that you sign on paper and give to the school")
    assertContains(page, "Provider Inc")
    # One decision of the two is taken with a password.
    assertContains(page, 'type="password"', count=1)
    assertNotContains(page, "{provider}")


def test_without_an_outside_model_there_is_one_decision(as_guardian, student):
    page = as_guardian.get(url("family", student))

    assertContains(page, "You decide", count=1)
    assertNotContains(page, "outside model")


def test_a_password_allows_no_outside_model(as_guardian, student, outside_model):
    sent = {"password": PASSWORD, "purpose": Purpose.EXTERNAL}

    page = as_guardian.post(url("grant", student), sent)

    assert page.status_code == 403
    assert not consent.is_in_force(student, Purpose.EXTERNAL)


def test_one_of_two_purposes_is_ended(as_guardian, allowed, teacher, outside_model):
    consent.grant(
        student=allowed,
        by=teacher,
        purpose=Purpose.EXTERNAL,
        method=methods.IN_PERSON,
        evidence="Form 12",
    )

    as_guardian.post(url("withdraw", allowed), {"purpose": Purpose.EXTERNAL})
    assert may_ask(allowed)
    assert not consent.is_in_force(allowed, Purpose.EXTERNAL)

    as_guardian.post(url("withdraw", allowed))
    assert not may_ask(allowed)


def test_what_was_sent_to_others_can_be_read(as_guardian, allowed, lesson):
    exchange = ExchangeFactory(student=allowed, lesson=lesson, answered=True)
    Receipt.objects.create(
        exchange=exchange,
        provider="Provider Inc",
        use="answer",
        text="<b>what went out</b>",
        kept_until=timezone.now(),
    )

    page = as_guardian.get(url("family", allowed))

    assertContains(page, "What was sent to Provider Inc")
    assertContains(page, "&lt;b&gt;what went out&lt;/b&gt;")


@pytest.fixture
def grown(classroom):
    person = UserFactory(adult=True, display_name="Jo")
    EnrolmentFactory(classroom=classroom, person=person)
    return person


def test_who_is_18_says_yes_and_no_for_themselves(client, grown):
    client.force_login(grown)
    page = client.get(url("family", grown))
    assertContains(page, "The tutor answers nothing until you say yes.")
    assertContains(page, "You decide")

    client.post(url("grant", grown), {"password": "guess"})
    assert not may_ask(grown)
    client.post(url("grant", grown), {"password": PASSWORD})
    assert may_ask(grown)

    client.post(url("withdraw", grown))
    assert not may_ask(grown)


def test_a_child_says_nothing_for_itself(client, student):
    client.force_login(student)

    answer = client.post(url("grant", student), {"password": PASSWORD})

    assert answer.status_code == 404
    assert not ConsentEvent.objects.exists()


def test_the_page_takes_the_same_queries_for_any_number_of_questions(
    as_guardian, allowed, lesson, django_assert_max_num_queries
):
    ExchangeFactory.create_batch(12, student=allowed, lesson=lesson, answered=True)
    as_guardian.get(url("family", allowed))

    with django_assert_max_num_queries(16):
        as_guardian.get(url("family", allowed))
