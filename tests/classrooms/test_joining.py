from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from quizzes.models import Assignment
from tendril.accounts.models import User
from tendril.classrooms import guesses, joining, tasks
from tendril.classrooms.access import students_taught_by
from tendril.classrooms.leaving import leave
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import AssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer():
    return UserFactory()


def come_in(person, typed):
    return joining.join(person=person, code=joining.find(person=person, typed=typed))


def test_a_code_has_six_signs_that_look_like_no_other_and_make_no_word(
    classroom, teacher
):
    codes = [joining.renew_code(classroom, by=teacher).code for _ in range(50)]

    assert {len(code) for code in codes} == {6}
    assert not set("".join(codes)) & set("AEIOU01258BGLQSZ")
    assert len(set(codes)) == 50
    assert classroom.join_codes.count() == 1


@pytest.mark.parametrize("typed", ["CDFHJK", "CDF-HJK", " cdf hjk ", "cdf.hjk"])
def test_a_code_may_be_typed_in_any_way(teacher, classroom, newcomer, typed):
    JoinCodeFactory(code="CDFHJK", classroom=classroom)

    come_in(newcomer, typed)

    assert list(students_taught_by(teacher)) == [newcomer]


def test_a_code_is_shown_with_a_dash_in_its_middle():
    assert str(JoinCodeFactory(code="CDFHJK")) == "CDF-HJK"
    assert str(JoinCodeFactory(code="CDFHJKMN")) == "CDFH-JKMN"


def test_joining_twice_is_one_seat_from_the_first_time(newcomer):
    code = JoinCodeFactory()

    assert come_in(newcomer, code.code) == come_in(newcomer, code.code)
    assert newcomer.enrolments.count() == 1


def test_a_teacher_who_types_the_code_of_the_class_stays_its_teacher(
    classroom, teacher
):
    code = JoinCodeFactory(classroom=classroom)

    assert come_in(teacher, code.code).role == "teacher"


@pytest.mark.parametrize(
    ("situation", "refusal"),
    [
        ({"expired": True}, joining.CodeExpired),
        ({"slip": True, "used": True}, joining.SlipUsed),
        ({"classroom__archived": True}, joining.ClassEnded),
    ],
)
def test_a_code_that_is_over_says_why(newcomer, situation, refusal):
    code = JoinCodeFactory(**situation)

    with pytest.raises(refusal):
        joining.find(person=newcomer, typed=code.code)
    with pytest.raises(refusal):
        joining.join(person=newcomer, code=code)

    assert not newcomer.enrolments.exists()


def test_who_is_in_is_led_there_by_a_code_of_any_age(student, classroom):
    code = JoinCodeFactory(classroom=classroom, expired=True)

    assert joining.find(person=student, typed=code.code) == code


def test_a_code_works_for_14_days(classroom, teacher, newcomer):
    code = joining.renew_code(classroom, by=teacher)
    thirteen_days, fifteen_days = (
        timezone.now() + timedelta(days=days) for days in (13, 15)
    )

    with patch("django.utils.timezone.now", return_value=thirteen_days):
        assert joining.find(person=newcomer, typed=code.code) == code
    with (
        patch("django.utils.timezone.now", return_value=fifteen_days),
        pytest.raises(joining.CodeExpired),
    ):
        joining.find(person=newcomer, typed=code.code)


@pytest.mark.parametrize("end", ["renewed", "switched off"])
def test_a_code_that_was_renewed_or_switched_off_is_nobodys(
    classroom, teacher, newcomer, end
):
    old = joining.renew_code(classroom, by=teacher).code
    if end == "renewed":
        joining.renew_code(classroom, by=teacher)
    else:
        joining.switch_off(classroom)

    with pytest.raises(joining.UnknownCode):
        joining.find(person=newcomer, typed=old)


def test_switching_off_the_code_leaves_the_slips(classroom, teacher, newcomer):
    joining.make_slips(classroom, ["Noa"], by=teacher)
    joining.renew_code(classroom, by=teacher)

    joining.switch_off(classroom)

    assert classroom.join_codes.get().is_slip


def test_a_slip_lets_one_student_in(classroom, teacher, newcomer):
    joining.make_slips(classroom, ["Noa"], by=teacher)
    slip = classroom.join_codes.get()

    come_in(newcomer, slip.code)

    slip.refresh_from_db()
    assert slip.used_by == newcomer
    with pytest.raises(joining.SlipUsed):
        joining.join(person=UserFactory(), code=slip)
    assert list(students_taught_by(teacher)) == [newcomer]


def test_who_is_in_already_does_not_use_up_a_slip(classroom, student):
    slip = JoinCodeFactory(classroom=classroom, slip=True)

    come_in(student, slip.code)

    slip.refresh_from_db()
    assert slip.used_at is None


def test_a_list_of_names_sent_twice_makes_its_slips_once(classroom, teacher):
    names = ["Noa", "Noa", "Ada"]

    counts = [joining.make_slips(classroom, names, by=teacher) for _ in range(2)]

    made = classroom.join_codes.slips()
    assert counts == [3, 0]
    assert sorted(made.values_list("name", flat=True)) == ["Ada", "Noa", "Noa"]
    assert {len(slip.code) for slip in made} == {8}


def test_a_name_whose_slip_was_used_gets_another(classroom, teacher):
    JoinCodeFactory(classroom=classroom, slip=True, used=True, name="Noa")

    assert joining.make_slips(classroom, ["Noa"], by=teacher) == 1


def test_slips_that_nobody_has_used_are_dropped_a_month_after_their_end(classroom):
    ended = timezone.now() - timedelta(days=31)
    just_ended = ended + timedelta(days=2)
    for name, end, more in (
        ("old", ended, {}),
        ("used", ended, {"used": True}),
        ("kept", just_ended, {}),
    ):
        JoinCodeFactory(
            classroom=classroom, slip=True, name=name, expires_at=end, **more
        )
    JoinCodeFactory(classroom=classroom, name="of the class", expires_at=ended)

    tasks.drop_old_slips()

    left = classroom.join_codes.values_list("name", flat=True)
    assert sorted(left) == ["kept", "of the class", "used"]


def test_who_joins_late_gets_what_is_still_open(classroom, newcomer):
    given = AssignmentFactory(classroom=classroom)
    now = timezone.now()
    AssignmentFactory(
        classroom=classroom,
        opens_at=now - timedelta(days=2),
        closes_at=now - timedelta(days=1),
    )
    code = JoinCodeFactory(classroom=classroom)
    assert not Assignment.objects.given_to(newcomer).exists()

    come_in(newcomer, code.code)

    assert list(Assignment.objects.given_to(newcomer).open()) == [given]


def test_ten_wrong_codes_a_minute_make_one_person_wait(newcomer):
    code = JoinCodeFactory()
    for _ in range(10):
        with pytest.raises(joining.UnknownCode):
            joining.find(person=newcomer, typed="XXXXXX")

    with pytest.raises(joining.TooManyGuesses):
        joining.find(person=newcomer, typed=code.code)

    assert joining.find(person=UserFactory(), typed=code.code) == code


def test_who_guesses_slowly_waits_after_sixty_in_an_hour(newcomer):
    for minute in range(6):
        with patch("time.time", return_value=3600 * 1000 + 60.0 * minute):
            assert guesses.wait_after_guesses(newcomer) == 0
            for _ in range(10):
                guesses.note_wrong_code(newcomer)

    with patch("time.time", return_value=3600 * 1000 + 60.0 * 30):
        assert guesses.wait_after_guesses(newcomer) == 30 * 60
    with patch("time.time", return_value=3600 * 1001.0):
        assert guesses.wait_after_guesses(newcomer) == 0


def test_a_whole_school_may_join_one_class_at_once_but_not_the_world(newcomer):
    code = JoinCodeFactory()
    slip = JoinCodeFactory(classroom=code.classroom, slip=True)
    for pk in range(10**9, 10**9 + 399):
        guesses.note_joined(code.classroom, User(pk=pk))
    come_in(newcomer, code.code)

    with pytest.raises(joining.TooManyJoined) as refused:
        joining.find(person=UserFactory(), typed=code.code)

    assert 0 < refused.value.wait <= 3600
    assert joining.find(person=newcomer, typed=code.code) == code
    other = JoinCodeFactory()
    assert joining.find(person=UserFactory(), typed=other.code) == other
    assert come_in(UserFactory(), slip.code).classroom == code.classroom


def test_one_who_joins_and_leaves_all_the_time_waits_and_nobody_else(newcomer):
    code = JoinCodeFactory()
    for _ in range(10):
        come_in(newcomer, code.code)
        leave(code.classroom, newcomer)

    with pytest.raises(joining.TooManyReturns) as refused:
        joining.find(person=newcomer, typed=code.code)

    assert 0 < refused.value.wait <= 3600
    with patch.object(guesses, "JOINED", {guesses.HOUR: 2}):
        come_in(UserFactory(), code.code)
    elsewhere = JoinCodeFactory()
    assert joining.find(person=newcomer, typed=elsewhere.code) == elsewhere


def test_right_codes_are_never_counted_as_guesses(newcomer):
    for _ in range(15):
        come_in(newcomer, JoinCodeFactory().code)

    assert newcomer.enrolments.count() == 15
