from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tendril.accounts import guardians
from tendril.accounts.models import User
from tests.factories import GuardianshipFactory, UserFactory
from tests.tutor.factories import ExchangeFactory
from tutor import consent, consent_links, methods, notices
from tutor.consent import CannotConsent
from tutor.ledger import THE_SCHOOL
from tutor.models import Claim, ConsentEvent, Exchange, Subject
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

GUARDIAN = ConsentEvent.Relationship.GUARDIAN


def is_in_force(student, purpose=Purpose.EMBEDDED):
    return student in consent.consenting(purpose)


def grant(
    student, by, purpose=Purpose.EMBEDDED, method=methods.GUARDIAN_ACCOUNT, **more
):
    consent.grant(student=student, by=by, purpose=purpose, method=method, **more)


@pytest.fixture
def allowed(student, guardian):
    grant(student, guardian)
    return student


def kinds():
    return list(ConsentEvent.objects.values_list("kind", flat=True))


def test_nothing_is_in_force_by_itself(student, guardian):
    consent.request(student=student, purpose=Purpose.EMBEDDED)

    assert not is_in_force(student)


def test_a_request_is_noted_once_until_it_is_answered(student, guardian):
    consent.request(student=student, purpose=Purpose.EMBEDDED)
    consent.request(student=student, purpose=Purpose.EMBEDDED)

    assert kinds() == ["requested"]


def test_it_may_be_asked_again_once_the_mailed_link_is_over(
    student, guardian, monkeypatch
):
    consent.request(student=student, purpose=Purpose.EMBEDDED)
    later = timezone.now() + consent_links.GOOD_FOR
    monkeypatch.setattr(timezone, "now", lambda: later)

    for _time in range(2):
        consent.request(student=student, purpose=Purpose.EMBEDDED)

    assert kinds() == ["requested", "requested"]


def test_a_guardian_grants_one_purpose_and_one_child(allowed, classmate):
    assert is_in_force(allowed)
    assert not is_in_force(allowed, Purpose.EXTERNAL)
    assert not is_in_force(classmate)
    assert kinds() == ["granted", "confirmed"]


def test_the_ledger_names_nobody_and_says_what_was_read(allowed, guardian):
    line = ConsentEvent.objects.last()

    assert line.student == Subject.objects.get(person=allowed).pk
    assert line.grantor == line.actor == Subject.objects.get(person=guardian).pk
    assert line.notice_hash == notices.current(Purpose.EMBEDDED).hash
    assert line.expires_at - line.happened_at == timedelta(days=365)


def test_a_guardians_account_does_not_allow_an_outside_model(student, guardian):
    with pytest.raises(CannotConsent):
        grant(student, guardian, Purpose.EXTERNAL)

    assert kinds() == []


def test_a_signed_form_needs_its_reference(student, teacher):
    with pytest.raises(CannotConsent):
        grant(student, teacher, Purpose.EXTERNAL, methods.IN_PERSON, evidence=" ")

    grant(student, teacher, Purpose.EXTERNAL, methods.IN_PERSON, evidence="Form 12")
    assert is_in_force(student, Purpose.EXTERNAL)


def test_the_school_consents_only_where_the_site_lets_it(student, teacher, settings):
    with pytest.raises(CannotConsent):
        grant(student, teacher, method=methods.SCHOOL)

    settings.TUTOR_SCHOOL_CONSENT = True
    grant(student, teacher, method=methods.SCHOOL)
    assert is_in_force(student)


def test_it_ends_when_it_expires(allowed):
    after = timezone.now() + timedelta(days=366)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: after)
        assert not is_in_force(allowed)

    assert is_in_force(allowed)


def test_a_changed_notice_makes_it_stale(allowed, monkeypatch):
    other = notices.Notice(Purpose.EMBEDDED, "2099-01", "# Other words")
    monkeypatch.setattr(notices, "current", lambda purpose: other)

    assert not is_in_force(allowed)


def test_withdrawing_ends_it_at_once_and_twice_is_one_word(allowed, guardian):
    for _time in range(2):
        consent.withdraw(student=allowed, by=guardian, relationship=GUARDIAN)

    assert not is_in_force(allowed)
    assert kinds() == ["granted", "confirmed", "withdrawn", "withdrawn"]


def test_withdrawing_drops_what_is_being_answered(allowed, guardian):
    waiting = ExchangeFactory(student=allowed)
    done = ExchangeFactory(student=allowed, answered=True)

    consent.withdraw(student=allowed, by=guardian, relationship=GUARDIAN)

    states = [Exchange.objects.get(pk=each.pk).state for each in (waiting, done)]
    assert states == [Exchange.State.DROPPED, Exchange.State.ANSWERED]


def test_what_is_dropped_is_ended_before_its_sentences_are_deleted(allowed, guardian):
    waiting = ExchangeFactory(student=allowed)
    answered = ExchangeFactory(student=allowed, answered=True)
    for exchange in (waiting, answered):
        exchange.claims.create(position=1, sentence="Yeast makes gas.")

    with CaptureQueriesContext(connection) as seen:
        consent.withdraw(student=allowed, by=guardian, relationship=GUARDIAN)

    assert [claim.exchange for claim in Claim.objects.all()] == [answered]
    starts = [" ".join(query["sql"].split()[:3]) for query in seen]
    ended = starts.index('UPDATE "tutor_exchange" SET')
    assert starts.index('DELETE FROM "tutor_claim"') > ended


def test_of_two_guardians_any_withdrawal_wins(allowed, guardian):
    second = GuardianshipFactory(student=allowed).guardian

    consent.withdraw(student=allowed, by=second, relationship=GUARDIAN)
    grant(allowed, guardian)
    assert not is_in_force(allowed)

    grant(allowed, second)
    assert is_in_force(allowed)


def test_a_refusal_ends_with_the_bond_but_brings_nothing_back(allowed, guardian):
    second = GuardianshipFactory(student=allowed)
    consent.withdraw(student=allowed, by=second.guardian, relationship=GUARDIAN)

    guardians.bar(second, by=UserFactory(admin=True))
    assert not is_in_force(allowed)

    grant(allowed, guardian)
    assert is_in_force(allowed)


def test_one_purpose_is_ended_by_itself(allowed, teacher, guardian):
    grant(allowed, teacher, Purpose.EXTERNAL, methods.IN_PERSON, evidence="Form 12")
    waiting = {
        purpose: ExchangeFactory(student=allowed, purpose=purpose)
        for purpose in Purpose.values
    }

    consent.withdraw(
        student=allowed,
        by=guardian,
        relationship=GUARDIAN,
        purposes=[Purpose.EXTERNAL],
    )

    assert is_in_force(allowed)
    assert not is_in_force(allowed, Purpose.EXTERNAL)
    states = {
        purpose: Exchange.objects.get(pk=exchange.pk).state
        for purpose, exchange in waiting.items()
    }
    assert states == {Purpose.EMBEDDED: "pending", Purpose.EXTERNAL: "dropped"}


def test_whichever_teacher_speaks_it_is_the_schools_word(student, teacher, co_teacher):
    school = ConsentEvent.Relationship.SCHOOL
    grant(student, teacher, method=methods.IN_PERSON, evidence="Form 12")

    consent.withdraw(student=student, by=co_teacher, relationship=school)
    assert not is_in_force(student)

    grant(student, teacher, method=methods.IN_PERSON, evidence="Form 13")
    assert is_in_force(student)
    said = ConsentEvent.objects.exclude(kind="granted")
    assert set(said.values_list("grantor", flat=True)) == {THE_SCHOOL}
    actors = Subject.objects.filter(person__in=[teacher, co_teacher])
    assert {line.actor for line in said} == {subject.pk for subject in actors}


def test_after_a_form_was_taken_back_a_guardian_may_say_yes_anew(
    allowed, teacher, guardian
):
    school = ConsentEvent.Relationship.SCHOOL
    consent.withdraw(student=allowed, by=teacher, relationship=school)
    assert not is_in_force(allowed)

    grant(allowed, guardian)
    assert is_in_force(allowed)


def test_what_a_guardian_refused_once_binds_no_grown_up(allowed, guardian):
    consent.withdraw(student=allowed, by=guardian, relationship=GUARDIAN)
    User.objects.filter(pk=allowed.pk).update(born_on="1990-01-01")
    assert not is_in_force(allowed)

    grant(allowed, allowed, method=methods.ADULT_SELF)
    assert is_in_force(allowed)


def test_granting_anew_before_it_ends_renews_it(allowed, guardian, monkeypatch):
    first = consent.until(allowed, Purpose.EMBEDDED)
    later = timezone.now() + timedelta(days=350)
    monkeypatch.setattr(timezone, "now", lambda: later)

    grant(allowed, guardian)

    assert consent.until(allowed, Purpose.EMBEDDED) == later + timedelta(days=365)
    assert first < later + timedelta(days=16)


def test_an_outside_model_is_named_and_another_one_asks_anew(
    student, teacher, settings
):
    settings.TENDRIL_LLM_BASE_URL = "https://api.provider.example/v1"
    settings.TENDRIL_MODERATION_BASE_URL = "https://checks.example/v1"
    settings.TENDRIL_LLM_MODEL = settings.OPENAI_API_KEY = "some"
    settings.TENDRIL_LLM_PROVIDER = "Provider Inc"
    grant(student, teacher, Purpose.EXTERNAL, methods.IN_PERSON, evidence="Form 12")

    line = ConsentEvent.objects.last()
    assert line.provider == "Provider Inc, checks.example"
    assert line.provider in notices.current(Purpose.EXTERNAL).text
    assert is_in_force(student, Purpose.EXTERNAL)

    settings.TENDRIL_LLM_PROVIDER = "Other Inc"
    assert not is_in_force(student, Purpose.EXTERNAL)


def test_it_ends_with_the_bond_of_whoever_gave_it(allowed, guardian):
    bond = allowed.guardianships.get()

    guardians.bar(bond, by=UserFactory(admin=True))
    assert not is_in_force(allowed)

    guardians.lift(bond)
    assert is_in_force(allowed)


def test_a_pending_guardian_has_nothing_to_give(student):
    pending = GuardianshipFactory(student=student, pending=True).guardian

    grant(student, pending)

    assert not is_in_force(student)


def test_at_18_only_the_students_own_word_counts(allowed):
    grant(allowed, allowed, method=methods.ADULT_SELF)
    consent_of_a_child = is_in_force(allowed)
    User.objects.filter(pk=allowed.pk).update(born_on="1990-01-01")
    assert consent_of_a_child
    assert is_in_force(allowed)

    other = UserFactory()
    grant(other, GuardianshipFactory(student=other).guardian)
    User.objects.filter(pk=other.pk).update(born_on="1990-01-01")
    assert not is_in_force(other)


def test_a_child_cannot_consent_for_itself(student):
    grant(student, student, method=methods.ADULT_SELF)

    assert not is_in_force(student)


def test_erasing_a_person_keeps_the_ledger_whole_and_nameless(allowed):
    lines = list(ConsentEvent.objects.values())

    Subject.objects.filter(person=allowed).delete()

    assert list(ConsentEvent.objects.values()) == lines
    assert not is_in_force(allowed)
