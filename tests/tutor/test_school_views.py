import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts import guardians
from tests.factories import EnrolmentFactory, GuardianshipFactory, UserFactory
from tutor import consent, gate_facts, methods, school_consent
from tutor.models import ConsentEvent
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

GUARDIAN = ConsentEvent.Relationship.GUARDIAN
FORM = {"purposes": [Purpose.EMBEDDED], "reference": "Folder 3, sheet 12"}


def url(name, classroom, student=None):
    known = [classroom.pk, student.pk] if student else [classroom.pk]
    return reverse(f"tutor:{name}", args=known)


def may_ask(student, purpose=Purpose.EMBEDDED):
    return consent.is_in_force(student, purpose)


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


def test_a_teacher_records_a_signed_form_with_where_it_is(
    as_teacher, classroom, student, classmate
):
    page = as_teacher.get(url("record_form", classroom, student))
    assertContains(page, "A signed form for Sam")
    assertContains(page, "Who receives it")

    answer = as_teacher.post(url("record_form", classroom, student), FORM)

    assertRedirects(answer, url("class_consents", classroom))
    assert (may_ask(student), may_ask(classmate)) == (True, False)
    line = ConsentEvent.objects.last()
    assert (line.method, line.evidence) == ("in_person", "Folder 3, sheet 12")


def test_a_form_may_allow_an_outside_model_where_there_is_one(
    as_teacher, classroom, student, outside_model
):
    sent = {**FORM, "purposes": Purpose.values}

    as_teacher.post(url("record_form", classroom, student), sent)

    assert may_ask(student, Purpose.EXTERNAL)
    line = ConsentEvent.objects.filter(purpose=Purpose.EXTERNAL).last()
    assert line.provider == "Provider Inc"


def test_without_an_outside_model_no_form_allows_one(as_teacher, classroom, student):
    sent = {**FORM, "purposes": Purpose.values}

    page = as_teacher.post(url("record_form", classroom, student), sent)

    assert page.status_code == 422
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**FORM, "reference": " "}, "Write where the form can be found."),
        ({**FORM, "reference": "x" * 81}, "at most 80 characters"),
        ({"reference": "Folder 3"}, "Tick what the form allows."),
        ({**FORM, "purposes": ["all"]}, "not one of the available choices"),
    ],
)
def test_half_a_form_is_sent_back(as_teacher, classroom, student, sent, said):
    page = as_teacher.post(url("record_form", classroom, student), sent)

    assertContains(page, said, status_code=422)
    assert not may_ask(student)


def test_only_a_granted_teacher_of_the_childs_class_records_one(
    client, classroom, student, co_teacher, other_teacher, former_teacher, guardian
):
    statuses = []
    for person in (co_teacher, other_teacher, former_teacher, guardian, student):
        client.force_login(person)
        answer = client.post(url("record_form", classroom, student), FORM)
        statuses.append(answer.status_code)

    assert statuses == [403, 404, 404, 404, 404]
    assert not ConsentEvent.objects.exists()


def test_no_form_is_recorded_for_a_child_of_another_class_or_a_grown_up(
    as_teacher, classroom, student, other_student
):
    grown = UserFactory(adult=True)
    EnrolmentFactory(classroom=classroom, person=grown)

    for person in (other_student, grown):
        answer = as_teacher.post(url("record_form", classroom, person), FORM)
        assert answer.status_code == 404


def test_a_form_that_was_taken_back_ends_it_whoever_teaches_now(
    as_teacher, classroom, student, teacher
):
    before = EnrolmentFactory(classroom=classroom, teacher=True).person
    consent.grant(
        student=student,
        by=before,
        purpose=Purpose.EMBEDDED,
        method=methods.IN_PERSON,
        evidence="Form 1",
    )
    assert may_ask(student)

    as_teacher.post(url("take_back_form", classroom, student))
    assert not may_ask(student)

    as_teacher.post(url("record_form", classroom, student), FORM)
    assert may_ask(student)


def withdraw(student, guardian, **more):
    consent.withdraw(student=student, by=guardian, relationship=GUARDIAN, **more)


def test_a_form_is_the_word_of_the_guardian_who_signed_it(
    as_teacher, classroom, student, guardian, outside_model
):
    withdraw(student, guardian)
    sent = {"purposes": Purpose.values, "reference": "Form 2"}
    sent["signed_by"] = guardian.pk

    page = as_teacher.post(url("record_form", classroom, student), sent, follow=True)

    assertContains(page, "The form is noted.")
    assertNotContains(page, "no still stands")
    assert [may_ask(student, each) for each in Purpose] == [True, True]
    line = ConsentEvent.objects.last()
    assert line.grantor == guardian.consent_subject.pk
    assert (line.relationship, line.method) == (GUARDIAN, "in_person")


def test_a_form_in_vain_is_told_to_be_so_and_not_because_of_whom(
    as_teacher, classroom, student, guardian, outside_model
):
    other = GuardianshipFactory(student=student).guardian
    withdraw(student, guardian, purposes=[Purpose.EXTERNAL])
    sent = {"purposes": Purpose.values, "reference": "Form 2"}

    for who in ("", other.pk):
        page = as_teacher.post(
            url("record_form", classroom, student),
            {**sent, "signed_by": who},
            follow=True,
        )

        assertContains(
            page,
            "A guardian&#x27;s no still stands, so this is not in force: "
            "answers made by an outside model.",
        )
        assertNotContains(page, "Alex")
        assert [may_ask(student, each) for each in Purpose] == [True, False]


@pytest.mark.parametrize("bond", ["pending", "none", "of another child"])
def test_who_is_no_guardian_of_the_child_has_signed_nothing(
    as_teacher, classroom, student, guardian, other_guardian, bond
):
    known = {
        "pending": lambda: GuardianshipFactory(student=student, pending=True).guardian,
        "none": UserFactory,
        "of another child": lambda: other_guardian,
    }
    sent = {**FORM, "signed_by": known[bond]().pk}

    page = as_teacher.post(url("record_form", classroom, student), sent)

    assert page.status_code == 422
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_form_of_a_guardian_is_listed_and_can_be_taken_back(
    as_teacher, classroom, student, guardian, teacher, is_refused
):
    other = GuardianshipFactory(student=student).guardian
    if is_refused:
        withdraw(student, other)
    # The school's own last word is an end, too.
    as_teacher.post(url("take_back_form", classroom, student))
    sent = {**FORM, "signed_by": guardian.pk}
    as_teacher.post(url("record_form", classroom, student), sent)
    page = as_teacher.get(url("class_consents", classroom))
    assertContains(page, "form: Folder 3, sheet 12")
    assertContains(page, "It was taken back")

    as_teacher.post(url("take_back_form", classroom, student))

    assertNotContains(as_teacher.get(url("class_consents", classroom)), "Folder 3")
    consent.grant(
        student=student,
        by=other,
        purpose=Purpose.EMBEDDED,
        method=methods.GUARDIAN_ACCOUNT,
    )
    assert may_ask(student)
    guardians.bar(student.guardianships.get(guardian=other), by=UserFactory(admin=True))
    assert not may_ask(student)


def test_the_class_is_listed_in_words_and_never_why_not(
    as_teacher, classroom, student, classmate, guardian
):
    consent.grant(
        student=student,
        by=guardian,
        purpose=Purpose.EMBEDDED,
        method=methods.GUARDIAN_ACCOUNT,
    )
    refuser = GuardianshipFactory(student=classmate).guardian
    consent.withdraw(student=classmate, by=refuser, relationship=GUARDIAN)

    page = as_teacher.get(url("class_consents", classroom))

    rows = [[str(row.student), row.allowed] for row in page.context["rows"]]
    assert rows == [["Kim", []], ["Sam", ["answers made on this server"]]]
    for told in ("withdrawn", "Alex", str(refuser), "guardian"):
        assertNotContains(page, told)


def test_the_list_takes_the_same_queries_for_any_class(
    as_teacher, classroom, student, teacher, django_assert_num_queries
):
    as_teacher.get(url("class_consents", classroom))

    def count(seats):
        for seat in EnrolmentFactory.create_batch(seats, classroom=classroom):
            school_consent.record_form(
                student=seat.person,
                by=teacher,
                purposes=[Purpose.EMBEDDED],
                reference="Form",
            )
        with django_assert_num_queries(9):
            as_teacher.get(url("class_consents", classroom))

    count(1)
    count(3)


def test_the_switch_pauses_the_tutor_for_the_class(
    as_teacher, classroom, allowed, lesson
):
    as_teacher.post(url("pause_class", classroom), {"is_paused": "on"})
    assert gate_facts.read(allowed, lesson).is_paused_by_class

    as_teacher.post(url("pause_class", classroom))
    assert not gate_facts.read(allowed, lesson).is_paused_by_class


def test_the_schools_own_word_is_off_unless_the_site_turns_it_on(
    as_teacher, classroom, student
):
    assert as_teacher.post(url("allow_class", classroom)).status_code == 403
    assert not may_ask(student)


@pytest.fixture
def school_may(settings):
    settings.TUTOR_SCHOOL_CONSENT = True


def test_the_school_says_yes_for_all_who_sit_in_the_class(
    as_teacher, classroom, student, classmate, other_student, school_may
):
    page = as_teacher.post(url("allow_class", classroom), follow=True)

    assertContains(page, "Noted for 2 students.")
    everyone = (student, classmate, other_student)
    assert [may_ask(each) for each in everyone] == [True, True, False]
    assertContains(as_teacher.post(url("allow_class", classroom), follow=True), "for 0")


def test_any_guardians_no_wins_over_the_school(
    as_teacher, classroom, student, guardian, school_may
):
    consent.withdraw(student=student, by=guardian, relationship=GUARDIAN)
    as_teacher.post(url("allow_class", classroom))
    assert not may_ask(student)

    other = UserFactory()
    EnrolmentFactory(classroom=classroom, person=other)
    parent = GuardianshipFactory(student=other).guardian
    as_teacher.post(url("allow_class", classroom))
    assert may_ask(other)
    consent.withdraw(student=other, by=parent, relationship=GUARDIAN)
    assert not may_ask(other)


def test_the_schools_word_is_taken_back_per_student_and_stays_so(
    as_teacher, classroom, student, classmate, school_may
):
    as_teacher.post(url("allow_class", classroom))

    as_teacher.post(url("take_back_form", classroom, student))
    assert (may_ask(student), may_ask(classmate)) == (False, True)

    as_teacher.post(url("allow_class", classroom))
    assert not may_ask(student)
