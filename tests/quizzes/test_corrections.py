import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes import corrections, disputes, points_again
from quizzes.bank import read_bank
from quizzes.loading import load_bank
from quizzes.models import Correction, MarkChange, Question
from tests.factories import QuestionFactory, QuizFactory, UserFactory, choices
from tests.lesson_files import LessonFolder
from tests.quizzes.answered import answered, contest, mark_all, points, scores

pytestmark = pytest.mark.django_db


def turned(body):
    """The same choices, and another one of them right."""
    rows = [dict(choice) for choice in body["choices"]]
    for row in rows:
        row["right"] = row["key"] == "wrong"
    return {"choices": rows}


@pytest.fixture
def old():
    return QuestionFactory(key="q1", retired=True)


@pytest.fixture
def new(old):
    return QuestionFactory(
        quiz=old.quiz, key="q1", version=2, stem=old.stem, body=turned(old.body)
    )


def test_a_later_key_marks_what_older_versions_asked(old, new, admin):
    responses = answered(old, ["right"], ["wrong"], ["wrong-2"])

    corrections.correct(key=new, made_by=admin, reason="It was the other one.")
    mark_all()

    assert points(responses) == [0, 1, 0]
    assert scores(responses) == [0, 1, 0]
    assert {response.marked_with for response in responses} == {new}


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "What else?"},
        {"kind": "multiple"},
        {"body": choices(1, 3)},
    ],
)
def test_no_key_marks_what_asked_something_else(old, new, admin, change):
    Question.objects.filter(pk=old.pk).update(**change)

    with pytest.raises(corrections.NothingToCorrect):
        corrections.correct(key=new, made_by=admin, reason="It was the other one.")

    assert Correction.objects.count() == 0


def test_what_is_corrected_itself_corrects_nothing(old, new, admin):
    corrections.correct(key=new, made_by=admin, reason="It was the other one.")
    Question.objects.filter(pk=new.pk).update(retired_at=old.retired_at)
    newest = QuestionFactory(
        quiz=old.quiz, key="q1", version=3, stem=old.stem, body=old.body
    )
    corrections.correct(key=newest, made_by=admin, reason="It was right at first.")

    with pytest.raises(corrections.NothingToCorrect):
        corrections.correct(key=new, made_by=admin, reason="Once more.")

    versions = Question.objects.filter(key="q1").order_by("version")
    assert [version.marked_by for version in versions] == [newest, newest, None]


def test_once_corrected_there_is_nothing_left_to_correct(old, new, admin):
    corrections.correct(key=new, made_by=admin, reason="It was the other one.")

    with pytest.raises(corrections.NothingToCorrect):
        corrections.correct(key=new, made_by=admin, reason="It was the other one.")


def test_a_second_answer_accepted_marks_all_versions_before(admin):
    question = QuestionFactory(short=True, key="q1")
    one, two = answered(question, ["training more"], ["teaching"])
    disputes.accept(dispute=contest(one), by=admin)
    mark_all()
    two.question.refresh_from_db()

    disputes.accept(dispute=contest(two), by=admin)
    mark_all()

    newest = Question.objects.current().get()
    assert newest.version == 3
    older = Question.objects.exclude(pk=newest.pk)
    assert {version.marked_by for version in older} == {newest}
    assert points([one, two]) == [1, 1]
    assert newest.also_accepted == [["training more"], ["teaching"]]


def test_what_a_version_corrected_before_goes_on_to_the_newest(old, new, admin):
    (response,) = answered(old, ["wrong-2"])
    corrections.correct(key=new, made_by=admin, reason="It was the other one.")
    mark_all()

    disputes.accept(dispute=contest(answered(new, ["wrong-2"])[0]), by=admin)
    mark_all()

    old.refresh_from_db()
    assert old.marked_by.version == 3
    assert points([response]) == [1]


WORDS = ["fine-tuning", "fine tunin", "training more", "trainin more", "baking", "bake"]


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    accepted=st.sampled_from(WORDS[2:]),
)
def test_the_preview_is_what_then_happens(texts, accepted):
    question = QuestionFactory(short=True, quiz=QuizFactory())
    people = UserFactory.create_batch(3)
    students = [people[number % 3] for number in range(len(texts) + 1)]
    wrong, *_others = answered(
        question, [accepted], *[[text] for text in texts], students=students
    )
    dispute = contest(wrong)
    foreseen = disputes.preview_of(dispute)

    correction = disputes.accept(dispute=dispute, by=UserFactory(admin=True))
    mark_all()

    changes = MarkChange.objects.filter(correction=correction)
    assert foreseen.answers == len(texts) + 1
    assert foreseen.changed == changes.count()
    found = sorted((change.before, change.after) for change in changes)
    assert found == sorted(foreseen.counted.elements())
    changed = changes.values_list("response__attempt__student", flat=True)
    assert foreseen.students == len(set(changed))


@pytest.mark.parametrize("count", [1, 5])
def test_a_preview_changes_nothing_and_asks_little(
    admin, django_assert_num_queries, count
):
    question = QuestionFactory(short=True)
    (wrong, *_others) = answered(question, *[["training more"]] * count)
    dispute = contest(wrong)

    # Versions, answers, the different ones among them, whose they are.
    with django_assert_num_queries(4):
        disputes.preview_of(dispute)

    assert Question.objects.count() == 1
    assert points([wrong]) == [0]


def test_a_preview_marks_few_of_very_many_answers_the_contested_one_first(
    admin, monkeypatch
):
    monkeypatch.setattr(points_again, "MOST_MARKED", 2)
    question = QuestionFactory(short=True)
    texts = ["baking", "baking", "kneading", "kneading", "rare word"]
    *_others, rare = answered(question, *[[text] for text in texts])

    foreseen = disputes.preview_of(contest(rare))

    assert (foreseen.changed, foreseen.answers, foreseen.students) == (1, 5, 1)
    assert foreseen.is_at_least


@pytest.fixture
def folder(tmp_path):
    folder = LessonFolder(tmp_path).add("bread")
    load_bank(read_bank(folder.path))
    return folder


def accept_in(folder, admin):
    """Accept the one choice of the folder's question that was wrong."""
    question = Question.objects.current().get(key="q1")
    (wrong,) = [c["key"] for c in question.body["choices"] if not c["right"]]
    (response,) = answered(question, [wrong])
    disputes.accept(dispute=contest(response), by=admin)
    mark_all()
    return wrong


def rows():
    return list(Question.objects.order_by("pk").values())


def test_loading_the_same_file_after_a_correction_changes_nothing(folder, admin):
    accept_in(folder, admin)
    before = rows()
    folder.edit("bread.md", "What yeast does", "All that yeast does")

    load_bank(read_bank(folder.path))

    assert rows() == before


def test_a_new_wording_keeps_the_accepted_answers_that_fit_it(folder, admin):
    wrong = accept_in(folder, admin)
    folder.edit("bread.quiz.yaml", "Which dough takes longest?", "Which takes longest?")
    load_bank(read_bank(folder.path))

    worded = Question.objects.current().get(key="q1")
    assert (worded.stem, worded.version) == ("Which takes longest?", 3)
    assert worded.also_accepted == [[wrong]]
    assert all(choice["right"] for choice in worded.body["choices"])

    folder.edit("bread.quiz.yaml", "text: Pizza dough", "text: Flat dough")
    load_bank(read_bank(folder.path))

    other = Question.objects.current().get(key="q1")
    assert (other.version, other.also_accepted) == (4, [])


def test_a_correction_of_an_old_wording_is_no_version_to_go_on_from(folder, admin):
    old = Question.objects.current().get(key="q1")
    (wrong,) = [c["key"] for c in old.body["choices"] if not c["right"]]
    (response,) = answered(old, [wrong])
    folder.edit("bread.quiz.yaml", "Which dough takes longest?", "Which takes longest?")
    load_bank(read_bank(folder.path))
    disputes.accept(dispute=contest(response), by=admin)
    before = rows()
    folder.edit("bread.md", "What yeast does", "All that yeast does")

    load_bank(read_bank(folder.path))

    assert rows() == before
    assert Question.objects.current().get(key="q1").version == 2

    folder.edit("bread.quiz.yaml", "Which takes longest?", "Which is slowest?")
    load_bank(read_bank(folder.path))

    assert Question.objects.current().get(key="q1").version == 4
