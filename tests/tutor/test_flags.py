import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from tendril.accounts import exporting, guardians
from tendril.accounts.models import Look, User
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    UserFactory,
)
from tests.tutor.factories import ExchangeFactory
from tutor import flags
from tutor.models import Exchange, Flag, Receipt

pytestmark = pytest.mark.django_db

PANEL = reverse("tutor:flags")
DANGER, MODERATION, REPORT = Flag.Kind
WORDS = "what nobody else may read"


def at_home(student, **more):
    return ExchangeFactory(student=student, question=WORDS, **more)


def at_work(student, classroom):
    return at_home(student, assignment=AssignmentFactory(classroom=classroom))


def danger(student):
    exchange = at_home(student, state=Exchange.State.DANGER)
    return flags.raise_flag(exchange, DANGER)


def told(flag):
    return set(flag.addressees.values_list("username", flat=True)) if flag else set()


def who_reads(flag, people):
    return [who.username for who in people if flag in flags.readable_by(who)]


@pytest.mark.parametrize("kind", [MODERATION, REPORT])
def test_what_was_asked_at_home_goes_to_the_guardians(
    whole_cast, student, classroom, contact, kind
):
    GuardianshipFactory(student=student, barred=True)
    GuardianshipFactory(student=student, pending=True)

    flag = flags.raise_flag(at_home(student), kind)

    assert told(flag) == {"guardian"}
    assert who_reads(flag, [*whole_cast, contact]) == ["guardian"]


@pytest.mark.parametrize("kind", [MODERATION, REPORT])
def test_what_was_asked_during_work_goes_to_the_teachers_of_that_class(
    whole_cast, student, classroom, contact, kind
):
    other = EnrolmentFactory(person=student).classroom
    EnrolmentFactory(classroom=other, teacher=True)

    flag = flags.raise_flag(at_work(student, classroom), kind)

    assert told(flag) == {"teacher", "co-teacher"}
    assert flag.classroom == classroom
    assert who_reads(flag, [*whole_cast, contact]) == ["teacher", "co-teacher"]


@pytest.mark.parametrize("is_at_work", [False, True])
def test_danger_goes_to_the_schools_contact_alone(
    whole_cast, student, classroom, contact, is_at_work
):
    exchange = at_work(student, classroom) if is_at_work else at_home(student)

    flag = flags.raise_flag(exchange, DANGER)

    assert who_reads(flag, [*whole_cast, contact]) == ["counsellor"]
    assert flag.classroom is None


BONDS = [{}, {"pending": True}, {"barred": True}]


@pytest.mark.parametrize("bond", BONDS, ids=["verified", "pending", "barred"])
def test_no_danger_is_told_to_whoever_is_named_as_a_guardian(
    whole_cast, student, classmate, contact, admin, bond
):
    User.objects.exclude(pk=admin.pk).update(is_staff=False)
    at_home_too = UserFactory(username="at-home", admin=True)
    for person in (contact, at_home_too):
        GuardianshipFactory(student=student, guardian=person, **bond)

    here, elsewhere = danger(student), danger(classmate)

    people = [*whole_cast, contact, at_home_too]
    assert told(here) == {"admin"}
    assert who_reads(here, people) == ["admin"]
    assert flags.told_of(here.exchange) == "Office"
    assert who_reads(elsewhere, people) == ["counsellor"]


def test_danger_is_for_whoever_is_the_contact_now(
    whole_cast, student, contact, settings, client
):
    flag = danger(student)
    settings.TUTOR_CONTACT = "successor"
    successor = UserFactory(username="successor", display_name="Mr New", adult=True)
    assert who_reads(flag, [*whole_cast, contact, successor]) == ["successor"]
    assert flags.told_of(flag.exchange) == "Mr New"

    client.force_login(successor)
    client.post(reverse("tutor:handle_flag", args=[flag.pk]))

    assert not flags.holds_erasure(student)


def test_without_a_contact_danger_is_for_those_who_run_the_site(
    whole_cast, student, contact
):
    flag = danger(student)

    contact.is_active = False
    contact.save()

    assert who_reads(flag, [*whole_cast, contact]) == ["admin"]


def test_the_student_learns_who_read_their_words_but_not_their_danger(
    client, student, guardian, contact
):
    flags_of = {
        guardian: flags.raise_flag(at_home(student), MODERATION),
        contact: danger(student),
    }

    for reader, flag in flags_of.items():
        client.force_login(reader)
        assertContains(client.get(reverse("tutor:flag", args=[flag.pk])), WORDS)

    look = Look.objects.get()
    assert (look.viewer, look.student, look.what) == (
        *(guardian, student, Look.What.ANSWERS),
    )


def test_one_exchange_has_one_flag_and_keeps_its_kind(student, guardian, contact):
    exchange = at_home(student)

    first = flags.raise_flag(exchange, DANGER)
    again = flags.raise_flag(exchange, REPORT)

    assert again == first
    assert Flag.objects.get().kind == DANGER
    assert told(again) == {"counsellor"}


def test_without_anybody_near_nothing_is_flagged(student):
    assert flags.raise_flag(at_home(student), REPORT) is None


def test_a_guardian_who_is_barred_later_reads_it_no_more(student, guardian, client):
    flag = flags.raise_flag(at_home(student), REPORT)
    client.force_login(guardian)
    url = reverse("tutor:flag", args=[flag.pk])
    assertContains(client.get(url), WORDS)

    guardians.bar(student.guardianships.get(), by=UserFactory(admin=True))

    assert client.get(url).status_code == 404
    assert client.post(reverse("tutor:handle_flag", args=[flag.pk])).status_code == 404
    assert Flag.objects.open().exists()


@pytest.mark.parametrize("how", ["left", "archived", "student left"])
def test_a_teacher_reads_it_while_they_teach_the_student_there(
    student, classroom, teacher, how
):
    flag = flags.raise_flag(at_work(student, classroom), REPORT)
    assert who_reads(flag, [teacher]) == ["teacher"]

    if how == "left":
        teacher.enrolments.all().delete()
    elif how == "archived":
        classroom.archived_at = timezone.now()
        classroom.save()
    else:
        student.enrolments.all().delete()

    assert who_reads(flag, [teacher]) == []


def test_a_class_that_is_put_away_has_nobody_to_tell(student, classroom, teacher):
    exchange = at_work(student, classroom)
    classroom.archived_at = timezone.now()
    classroom.save()

    assert flags.raise_flag(Exchange.objects.get(pk=exchange.pk), REPORT) is None


def test_the_home_page_has_room_for_it_and_shows_it(htmx, student, guardian):
    flags.raise_flag(at_home(student), REPORT)
    htmx.force_login(guardian)

    assertContains(htmx.get("/"), f'hx-get="{PANEL}"')
    fragment, same = htmx.fragment_and_element(PANEL, "flag-panel")
    assert fragment == same
    panel = htmx.swap("get", PANEL, "flag-panel")
    assertContains(panel, "an answer that a student reported")
    assertNotContains(panel, "<html")
    assert panel["Cache-Control"] == "private, no-store"


def test_who_has_none_sees_an_empty_place_at_home(htmx, student):
    htmx.force_login(student)

    panel = htmx.swap("get", PANEL, "flag-panel")

    assert panel.content.split() == [b"<div", b'id="flag-panel">', b"</div>"]


def test_danger_looks_different_and_says_when_to_act(
    client, student, classroom, contact
):
    EnrolmentFactory(classroom=classroom, person=contact, teacher=True)
    danger(student)
    flags.raise_flag(at_work(student, classroom), REPORT)
    client.force_login(contact)

    page = client.get(PANEL)

    assertContains(page, 'class="is-danger"', count=1)
    assertContains(page, ">now</strong>", count=1)
    assertContains(page, ">when you have time</strong>", count=1)


def test_it_is_new_then_seen_then_handled_by_whom(client, student, guardian):
    second = GuardianshipFactory(student=student).guardian
    flag = flags.raise_flag(at_home(student), REPORT)
    url = reverse("tutor:flag", args=[flag.pk])
    states = [flag.state]

    client.force_login(guardian)
    client.get(url)
    states.append(Flag.objects.get().state)
    client.post(reverse("tutor:handle_flag", args=[flag.pk]))
    client.force_login(second)
    client.post(reverse("tutor:handle_flag", args=[flag.pk]))
    handled = Flag.objects.get()

    assert [*states, handled.state] == ["new", "seen", "handled"]
    assert handled.handled_by == guardian
    assertContains(client.get(url), "Alex has taken care of it")
    assertContains(client.get(PANEL), "Alex, ")
    assertContains(client.get(PANEL), "Nothing is waiting for you.")


def test_the_list_takes_the_same_queries_for_any_number(
    client, student, guardian, django_assert_num_queries
):
    client.force_login(guardian)
    client.get(PANEL)

    def count(number):
        for exchange in ExchangeFactory.create_batch(number, student=student):
            flag = flags.raise_flag(exchange, REPORT)
            handled = ExchangeFactory(student=student)
            flags.handle(flags.raise_flag(handled, REPORT), by=guardian)
            assert flag
        with django_assert_num_queries(4):
            client.get(PANEL)

    count(1)
    count(3)


PAGES = [
    ("tutor:family", "student"),
    ("home:family_of", "student"),
    ("data:person", "student"),
    ("tutor:class_consents", "classroom"),
    ("classrooms:classroom", "classroom"),
]


@pytest.mark.parametrize("who", ["guardian", "teacher", "co_teacher", "admin"])
def test_danger_stands_on_no_other_adults_page(
    client, student, classroom, contact, request, who
):
    flag = danger(student)
    client.force_login(request.getfixturevalue(who))
    of = {"student": student.pk, "classroom": classroom.pk}

    pages = [client.get(reverse(name, args=[of[what]])) for name, what in PAGES]
    pages += [client.get(PANEL), client.get("/")]

    for page in pages:
        assert WORDS not in page.content.decode()
        assert "may be in danger" not in page.content.decode()
    assert client.get(reverse("tutor:flag", args=[flag.pk])).status_code == 404


def test_danger_stands_in_no_copy_and_no_receipt(student, guardian, contact):
    flag = danger(student)
    Receipt.objects.create(
        exchange=flag.exchange,
        provider="a provider",
        use="answer",
        text=WORDS,
        kept_until=timezone.now(),
    )
    ExchangeFactory(student=student, question="a question like any other")

    for is_own in (True, False):
        copy = str(exporting.subjects_of(student, is_own=is_own))
        assert "a question like any other" in copy
        assert WORDS not in copy
