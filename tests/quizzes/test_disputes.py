import pytest
from django.utils import timezone

from lessons.models import SyncBatch
from quizzes import corrections, disputes
from quizzes.models import Correction, Dispute, Question, Response
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    SyncBatchFactory,
    UserFactory,
)
from tests.quizzes.answered import answer_in, answered, contest, mark_all, points

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(short=True, key="q1")


@pytest.fixture
def assigned(question, classroom):
    """An answer of each student to an assignment of their class."""

    def answer(student, text, room=classroom):
        given = AssignmentFactory(classroom=room, quiz=question.quiz)
        attempt = AttemptFactory(
            assigned=True,
            assignment=given,
            student=student,
            handed_in=True,
            questions=[question],
        )
        attempt.marks_shown_at = attempt.handed_in_at
        attempt.save()
        return answer_in(attempt, question, [text])

    return answer


def states(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_an_answer_that_is_right_cannot_be_contested(question):
    (right,) = answered(question, ["fine-tuning"])

    with pytest.raises(disputes.NothingToGain):
        contest(right)


def test_an_answer_is_contested_once(question):
    (wrong,) = answered(question, ["training more"])
    contest(wrong, "It is the same.")

    with pytest.raises(disputes.AlreadyRaised):
        contest(wrong, "Look again!")

    assert [dispute.why for dispute in Dispute.objects.all()] == ["It is the same."]


def test_answers_that_mean_the_same_are_one_group(question, admin):
    responses = answered(question, ["Training  more"], ["training more"], ["baking"])
    for response in responses:
        contest(response)

    groups = disputes.groups_of(disputes.groups_for(admin))

    found = [(g.dispute.response.readable_answer, g.students) for g in groups]
    assert found == [("Training  more", 2), ("baking", 1)]


def test_a_key_that_was_extended_leaves_a_group_what_it_was(question, admin):
    first, other = answered(question, ["training more"], ["baking"])
    (later,) = answered(question, ["baking"])
    before = contest(other)
    disputes.accept(dispute=contest(first), by=admin)
    later.question.refresh_from_db()

    assert contest(later).group == before.group


def test_practice_comes_before_staff_and_an_assignment_before_its_teachers(
    question, assigned, admin, teacher, other_teacher, student
):
    (practised,) = answered(question, ["training more"])
    in_practice = contest(practised)
    in_class = contest(assigned(student, "training more"))

    found = {
        person: set(Dispute.objects.for_settling_by(person))
        for person in (admin, teacher, other_teacher, student)
    }

    assert found == {
        admin: {in_practice},
        teacher: {in_class},
        other_teacher: set(),
        student: set(),
    }


def test_accepting_extends_the_key_by_a_new_version(question, admin):
    wrong, right, other = answered(
        question, ["training more"], ["fine-tuning"], ["baking"]
    )

    correction = disputes.accept(dispute=contest(wrong), by=admin, word="Well seen.")
    mark_all()

    old, new = Question.objects.filter(key="q1").order_by("version")
    assert (new.retired_at, new.version) == (None, 2)
    assert old.created_at < old.retired_at == new.created_at
    assert (old.marked_by, new.marked_by) == (new, None)
    assert new.digest == old.digest
    assert new.body["answers"] == ["fine-tuning", "training more"]
    assert new.also_accepted == [["training more"]]
    assert correction.question == new
    assert correction.reason == "An answer was accepted."
    assert points([wrong, right, other]) == [1, 1, 0]


def test_all_who_gave_the_answer_hear_of_it_and_the_word_stays_in_the_class(
    question, assigned, teacher, student, other_student
):
    room = other_student.enrolments.get().classroom
    mine = contest(assigned(student, "training more"))
    theirs = contest(assigned(other_student, "training more", room))

    disputes.accept(dispute=mine, by=teacher, word="Well seen, Sam.")

    assert states(mine, theirs) == ["accepted", "accepted"]
    assert (mine.word, theirs.word) == ("Well seen, Sam.", "")
    assert (mine.settled_by, theirs.settled_by) == (teacher, teacher)


def test_declining_settles_only_what_is_ones_own(
    question, assigned, teacher, student, classmate, other_student
):
    room = other_student.enrolments.get().classroom
    mine = contest(assigned(student, "training more"))
    beside = contest(assigned(classmate, "training more"))
    theirs = contest(assigned(other_student, "training more", room))

    disputes.decline(dispute=mine, by=teacher, word="That is another step.")

    assert states(mine, beside, theirs) == ["declined", "declined", "open"]
    assert mine.word == "That is another step."
    assert Question.objects.count() == 1
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("second", [disputes.accept, disputes.decline])
def test_the_first_to_settle_stands(question, admin, second):
    (wrong,) = answered(question, ["training more"])
    dispute = contest(wrong)
    disputes.decline(dispute=dispute, by=admin, word="No.")

    with pytest.raises(disputes.AlreadySettled):
        second(dispute=dispute, by=UserFactory(admin=True), word="But yes.")

    assert states(dispute) == ["declined"]
    assert (dispute.word, dispute.settled_by) == ("No.", admin)
    assert Question.objects.count() == 1


def test_an_answer_that_no_key_can_take_in_is_not_accepted(admin):
    question = QuestionFactory(short=True)
    (empty,) = answered(question, [])
    dispute = contest(empty)

    with pytest.raises(disputes.CannotAccept):
        disputes.accept(dispute=dispute, by=admin)

    assert states(dispute) == ["open"]


def test_what_the_key_knows_by_now_is_accepted_without_another_version(question, admin):
    one, other = answered(question, ["training more"], ["Training more!"])
    disputes.accept(dispute=contest(one), by=admin)
    # Before it is marked again.
    other.question.refresh_from_db()
    second = contest(other)

    assert disputes.accept(dispute=second, by=admin) is None
    assert states(second) == ["accepted"]
    assert Question.objects.count() == 2


def test_marking_again_settles_what_has_become_right(question, admin):
    one, other = answered(question, ["training more"], ["trainin more"])
    first, second = contest(one), contest(other)
    assert first.group != second.group

    disputes.accept(dispute=first, by=admin, word="Yes.")
    mark_all()

    assert states(first, second) == ["accepted", "accepted"]
    assert second.word == ""


def test_only_the_answer_that_was_meant_is_accepted(question, admin):
    """Also where one of a group has been replaced since."""
    swapped, same = answered(question, ["training more"], ["training more"])
    first, second = contest(swapped), contest(same)
    Response.objects.filter(pk=swapped.pk).update(answer=["asdf"])

    with pytest.raises(disputes.AnswerReplaced):
        disputes.accept(dispute=first, by=admin)
    disputes.accept(dispute=second, by=admin)
    mark_all()

    assert states(first, second) == ["open", "accepted"]
    assert Question.objects.current().get().also_accepted == [["training more"]]


def test_a_better_key_from_a_file_leaves_an_answer_the_one_that_was_meant(
    question, admin
):
    (wrong,) = answered(question, ["training more"])
    dispute = contest(wrong)
    Question.objects.filter(pk=question.pk).update(retired_at=timezone.now())
    body = question.body | {"answers": ["tuning"]}
    newer = QuestionFactory(
        short=True, quiz=question.quiz, key="q1", version=2, stem=question.stem
    )
    Question.objects.filter(pk=newer.pk).update(body=body)
    corrections.correct(key=newer, made_by=admin, reason="It was another.")
    mark_all()

    disputes.accept(dispute=Dispute.objects.get(), by=admin)
    mark_all()

    assert (states(dispute), points([wrong])) == (["accepted"], [1])


def test_a_no_becomes_a_yes_once_the_answer_has_become_right(question, admin):
    one, other, wrong = answered(question, ["training"], ["trainin"], ["baking"])
    declined, still_wrong = contest(other, "It is."), contest(wrong)
    disputes.decline(dispute=declined, by=admin, word="It is no training.")
    disputes.decline(dispute=still_wrong, by=admin, word="Baking is another thing.")
    Dispute.objects.update(seen_at=timezone.now())

    disputes.accept(dispute=contest(one), by=admin)
    mark_all()

    assert states(declined, still_wrong) == ["accepted", "declined"]
    assert (declined.word, declined.seen_at) == ("", None)
    assert still_wrong.word == "Baking is another thing."


def test_what_was_undone_waits_for_nobody(question, admin):
    batch = SyncBatchFactory(undone=True)
    (undone,) = answered(
        question, ["training more"], student=batch.student, batch=batch
    )
    dispute = contest(undone)

    assert list(disputes.groups_for(admin)) == []
    assert list(Dispute.objects.for_settling_by(admin)) == []
    SyncBatch.objects.update(undone_at=None)
    assert list(Dispute.objects.for_settling_by(admin)) == [dispute]


def test_a_class_that_is_over_settles_nothing(
    question, assigned, teacher, admin, student, classroom
):
    contest(assigned(student, "training more"))
    classroom.archived_at = timezone.now()
    classroom.save()

    assert list(Dispute.objects.for_settling_by(teacher)) == []
    assert list(Dispute.objects.for_settling_by(admin)) == []
    assert not disputes.settles(teacher)


def test_accepting_an_old_wording_leaves_the_present_one_alone(admin):
    quiz = QuizFactory()
    old = QuestionFactory(short=True, key="q1", quiz=quiz, retired=True)
    new = QuestionFactory(
        short=True, key="q1", quiz=quiz, version=2, stem="What is it called now?"
    )
    was, now = answered(old, ["training more"]) + answered(new, ["training more"])

    disputes.accept(dispute=contest(was), by=admin)
    mark_all()

    new.refresh_from_db()
    assert new.retired_at is None
    assert points([was, now]) == [1, 0]
    assert list(Question.objects.current()) == [new]


@pytest.mark.parametrize(
    ("person", "settles"),
    [("student", False), ("guardian", False), ("teacher", True), ("admin", True)],
)
def test_who_settles(request, person, settles):
    assert disputes.settles(request.getfixturevalue(person)) is settles


def test_whose_names_may_be_read(question, assigned, teacher, student, admin):
    dispute = contest(assigned(student, "training more"))

    group = disputes.alike(dispute, teacher)

    assert disputes.names_visible_to(teacher, group) == {student.pk}
    assert disputes.names_visible_to(admin, group) == set()
