import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = "0001_initial", "0004_choices_are_gone"
LATER = "0006_when_questions_were_created"
LATEST = "0008_reasons_quote_nobody"


def migrate_to(name):
    executor = MigrationExecutor(connection)
    state = [("accounts", "0001_initial"), ("quizzes", name)]
    executor.migrate(state)
    return MigrationExecutor(connection).loader.project_state(state).apps


@pytest.fixture
def old():
    yield migrate_to(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def answered_choice(apps):
    """One right choice of two, answered, as the first release kept it."""
    quiz = apps.get_model("quizzes", "Quiz").objects.create(slug="kites", title="Kites")
    question = apps.get_model("quizzes", "Question").objects.create(
        quiz=quiz, key="q1", kind="single", stem="?", explanation="!", position=1
    )
    for position, (key, is_right) in enumerate([("air", True), ("string", False)], 1):
        apps.get_model("quizzes", "Choice").objects.create(
            question=question,
            key=key,
            text=key.title(),
            is_right=is_right,
            why="" if is_right else "It only holds.",
            position=position,
        )
    student = apps.get_model("accounts", "User").objects.create(username="sam")
    now = timezone.now()
    attempt = apps.get_model("quizzes", "Attempt").objects.create(
        id="11111111-1111-4111-8111-111111111111",
        quiz=quiz,
        student=student,
        seed=1,
        hinted=["q1"],
        started_at=now,
    )
    attempt.questions.add(question)
    apps.get_model("quizzes", "Response").objects.create(
        id="22222222-2222-4222-8222-222222222222",
        attempt=attempt,
        question=question,
        answer=["air"],
        readable_answer="Air",
        points=1,
        answered_at=now,
    )


def test_choices_and_marks_of_the_first_release_are_kept(old):
    answered_choice(old)

    new = migrate_to(AFTER)

    question = new.get_model("quizzes", "Question").objects.get()
    attempt = new.get_model("quizzes", "Attempt").objects.get()
    response = new.get_model("quizzes", "Response").objects.get()
    assert question.body == {
        "choices": [
            {"key": "air", "text": "Air", "right": True, "why": ""},
            {
                "key": "string",
                "text": "String",
                "right": False,
                "why": "It only holds.",
            },
        ]
    }
    assert response.marked_at == response.answered_at
    assert attempt.question_count == 1
    assert attempt.hinted == {"q1": attempt.started_at.isoformat()}
    assert attempt.marks_shown_at == attempt.started_at


def test_a_version_from_before_came_when_the_one_before_it_went(old):
    apps = migrate_to(AFTER)
    quiz = apps.get_model("quizzes", "Quiz").objects.create(slug="kites", title="Kites")
    went_at = timezone.now()
    for version, retired_at in ((1, went_at), (2, None)):
        apps.get_model("quizzes", "Question").objects.create(
            quiz=quiz, key="q1", version=version, position=1, retired_at=retired_at
        )

    questions = migrate_to(LATER).get_model("quizzes", "Question").objects

    first, second = questions.order_by("version").values_list("created_at", flat=True)
    assert (first.year, second) == (2000, went_at)


def test_reasons_quote_no_answer_any_more(old):
    apps = migrate_to("0007_assignments_for_some_and_what_follows")
    quiz = apps.get_model("quizzes", "Quiz").objects.create(slug="kites", title="Kites")
    question = apps.get_model("quizzes", "Question").objects.create(
        quiz=quiz, key="q1", position=1
    )
    by = apps.get_model("accounts", "User").objects.create(username="field")
    for reason in ("Accepted: by the wind, says Sam", "The key was wrong."):
        apps.get_model("quizzes", "Correction").objects.create(
            question=question, made_by=by, reason=reason
        )

    corrections = migrate_to(LATEST).get_model("quizzes", "Correction").objects

    reasons = corrections.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["An answer was accepted.", "The key was wrong."]


def test_going_back_brings_the_choices_back(old):
    answered_choice(old)
    migrate_to(AFTER)

    before = migrate_to(BEFORE)

    choices = before.get_model("quizzes", "Choice").objects.order_by("position")
    assert list(choices.values_list("key", "text", "is_right", "why", "position")) == [
        ("air", "Air", True, "", 1),
        ("string", "String", False, "It only holds.", 2),
    ]
