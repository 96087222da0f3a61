import json

import pytest
from django.core.cache import cache

from lessons.models import (
    Catalogue,
    Lesson,
    Passage,
    Picture,
    Section,
    Term,
    Track,
)
from lessons.passages import short_hash
from lessons.public_pages import VERSION_KEY
from quizzes.bank import read_bank
from quizzes.loading import load_bank
from quizzes.models import Question, Quiz
from tests.factories import AttemptFactory, ResponseFactory
from tests.lesson_files import PICTURE, LessonFolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return LessonFolder(tmp_path).add("bread")


def load(folder):
    return load_bank(read_bank(folder.path))


def question(key):
    return Question.objects.current().get(key=key)


def texts(question):
    return [choice["text"] for choice in question.body["choices"]]


def test_a_lesson_is_stored_with_all_that_its_page_shows(folder):
    folder.add("soup", track="cooking")
    folder.edit("bread.md", "terms:", "related: [soup]\nsources: [A book]\nterms:")

    load(folder)

    lesson = Lesson.objects.get(slug="bread")
    assert (lesson.title, lesson.tier, lesson.track.slug, lesson.number) == (
        "How bread rises",
        "builders",
        "baking",
        1,
    )
    assert (lesson.minutes, lesson.question_count) == (2, 2)
    assert (lesson.related, lesson.sources) == (["soup"], ["A book"])
    assert lesson.reviewed_on.isoformat() == "2026-11-01"
    assert lesson.outline[0] == {
        "id": "big-idea",
        "title": "The big idea",
        "kind": "idea",
    }
    assert lesson.key_terms == [
        {
            "id": "yeast",
            "name": "yeast",
            "definition": "A fungus of one cell that makes gas from sugar.",
        }
    ]
    assert [term.tier for term in lesson.terms.all()] == ["builders"]
    url = "/learn/quiz/end-bread/check/c1/"
    assert f'hx-get="{url}"' in lesson.html
    assert [s.key for s in lesson.sections.all()][:2] == ["big-idea", "examples"]
    for passage in lesson.passages.all():
        assert f'id="{passage.key}"' in lesson.html
    assert lesson.passages.count() == 9


def test_a_picture_is_stored_and_a_new_one_takes_its_place(folder):
    folder.add_picture("oven.svg")
    shown = "![An oven](oven.svg)\n\nAsk a grown-up"
    folder.edit("bread.md", "Ask a grown-up", shown)
    load(folder)
    first = Picture.objects.get(lesson__slug="bread")
    address = f"/learn/lesson/bread/pictures/{first.digest}/oven.svg"
    assert address in Lesson.objects.get(slug="bread").html

    folder.add_picture("oven.svg", PICTURE.replace("320", "240"))
    load(folder)

    second = Picture.objects.get(lesson__slug="bread")
    assert second.name == "oven.svg"
    assert address not in Lesson.objects.get(slug="bread").html
    assert 'height="240"' in Lesson.objects.get(slug="bread").html
    folder.edit("bread.md", "![An oven](oven.svg)\n\n", "")
    load(folder)
    assert not Picture.objects.exists()


def test_a_film_is_stored_with_its_words(folder):
    film = {"url": "https://a.example/b", "title": "Dough", "transcript": "Pop."}
    folder.edit("bread.md", "terms:", f"video: {json.dumps(film)}\nterms:")

    load(folder)

    assert Lesson.objects.get(slug="bread").video == film


def test_a_quiz_is_stored_with_its_questions_and_choices(folder):
    load(folder)

    quiz = Quiz.objects.get(slug="end-bread")
    assert (quiz.lesson.slug, quiz.title) == ("bread", "How bread rises")
    assert [(q.key, q.kind, q.in_lesson) for q in quiz.questions.all()] == [
        ("c1", "true_false", True),
        ("q1", "single", False),
        ("q2", "multiple", False),
    ]
    choices = question("c1").body["choices"]
    assert [(c["key"], c["text"], c["right"], c["why"]) for c in choices] == [
        ("true", "True", True, ""),
        ("false", "False", False, "The bubbles are gas."),
    ]
    pizza, sourdough = question("q1").body["choices"]
    assert (pizza["text"], pizza["why"], pizza["right"]) == (
        "Pizza dough",
        "It takes an hour.",
        False,
    )
    assert sourdough["right"]
    assert len(sourdough["key"]) == 6
    (key,) = question("q1").passages
    assert Passage.objects.get(key=key).text == "Sourdough takes a night."


def test_a_second_load_takes_few_queries(folder, django_assert_max_num_queries):
    folder.add("soup", track="cooking")
    load(folder)
    bank = read_bank(folder.path)

    with django_assert_max_num_queries(12):
        loaded = load_bank(bank)

    assert loaded.unchanged == 2


def test_a_load_takes_the_same_queries_for_many_lessons(
    tmp_path, django_assert_max_num_queries
):
    folder = LessonFolder(tmp_path)
    for number in range(5):
        folder.add(f"bread-{number}")
    bank = read_bank(folder.path)

    with django_assert_max_num_queries(40):
        load_bank(bank)


def test_rows_do_not_change_in_a_second_load(folder):
    load(folder)
    models = (Catalogue, Track, Term, Lesson, Section, Passage, Quiz, Question)
    before = [list(model.objects.values()) for model in models]

    load(folder)

    assert before == [list(model.objects.values()) for model in models]


def test_a_changed_sentence_is_still_found_under_its_old_key(folder):
    load(folder)
    folder.edit("bread.md", "takes a night", "takes the night")
    folder.edit("bread.quiz.yaml", "takes a night", "takes the night")
    load(folder)

    old = f"examples-{short_hash('Sourdough takes a night.')}"
    passage = Passage.objects.get(text="Sourdough takes the night.")
    assert passage.aliases == [old]
    assert f'<span id="{old}" class="alias" aria-hidden="true"></span>' in (
        passage.lesson.html
    )
    assert question("q1").passages == [passage.key]


def test_only_changed_lessons_are_written(folder):
    folder.add("soup", track="cooking")
    load(folder)
    untouched = set(Passage.objects.filter(lesson__slug="soup").values_list("pk"))

    folder.edit("bread.md", "How bread rises", "How loaves rise")
    loaded = load(folder)

    assert (loaded.changed, loaded.unchanged) == (["bread"], 1)
    assert Quiz.objects.get(slug="end-bread").title == "How loaves rise"
    assert untouched == set(
        Passage.objects.filter(lesson__slug="soup").values_list("pk")
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("bread.quiz.yaml", "hint: There are two", "hint: There are some"),
        ("terms.yaml", "A fungus", "A small fungus"),
    ],
)
def test_a_lesson_also_changes_with_its_quiz_and_its_terms(folder, name, old, new):
    load(folder)
    folder.edit(name, old, new)

    assert load(folder).changed == ["bread"]


def test_numbers_follow_when_a_lesson_comes_before(folder):
    load(folder)
    folder.add("alphabet", tier="explorers")

    loaded = load(folder)

    assert loaded.new == ["alphabet"]
    assert list(Lesson.objects.in_order().values_list("slug", "number")) == [
        ("alphabet", 1),
        ("bread", 2),
    ]


def test_a_lesson_that_leaves_is_retired_and_comes_back(folder):
    folder.add("soup", track="cooking")
    load(folder)
    AttemptFactory(quiz=Quiz.objects.get(slug="end-soup"))
    text, quiz = (folder.file(f"soup.{x}").read_text() for x in ("md", "quiz.yaml"))
    folder.remove("soup")

    assert load(folder).retired == ["soup"]
    assert [row.slug for row in Lesson.objects.published()] == ["bread"]
    assert [row.slug for row in Quiz.objects.published()] == ["end-bread"]
    assert load(folder).retired == []

    place = folder.path / "lessons/builders/cooking"
    (place / "soup.md").write_text(text)
    (place / "soup.quiz.yaml").write_text(quiz)

    assert load(folder).returned == ["soup"]
    assert Lesson.objects.published().count() == 2
    assert Quiz.objects.published().count() == 2


def test_tracks_and_terms_follow_their_files(folder):
    load(folder)
    folder.edit("tracks.yaml", "title: Baking", "title: Bread and cake")
    folder.edit("tracks.yaml", "id: cooking", "id: frying")
    folder.edit("terms.yaml", "  explorers: A tiny living thing.\n", "")

    load(folder)

    assert [(t.slug, t.title) for t in Track.objects.all()] == [
        ("baking", "Bread and cake"),
        ("frying", "Cooking"),
    ]
    assert [term.tier for term in Term.objects.all()] == ["builders"]


def test_the_version_is_announced_once_it_is_stored(
    folder, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        load(folder)
    first = Catalogue.objects.get().version

    assert cache.get(VERSION_KEY) == first

    folder.edit("tracks.yaml", "title: Baking", "title: Bread")
    with django_capture_on_commit_callbacks(execute=True):
        load(folder)

    assert cache.get(VERSION_KEY) == Catalogue.objects.get().version != first


def test_a_question_that_nobody_answered_becomes_a_new_version_too(folder):
    load(folder)
    before = question("q1")
    folder.edit("bread.quiz.yaml", "text: Pizza dough", "text: Pancake dough")

    load(folder)

    after = question("q1")
    assert (after.version, after.pk == before.pk) == (2, False)
    assert texts(after) == ["Pancake dough", "Sourdough"]
    before.refresh_from_db()
    assert texts(before) == ["Pizza dough", "Sourdough"]


def test_a_question_changed_back_gets_a_third_version(folder):
    load(folder)
    folder.edit("bread.quiz.yaml", "text: Pizza dough", "text: Pancake dough")
    load(folder)
    folder.edit("bread.quiz.yaml", "text: Pancake dough", "text: Pizza dough")

    load(folder)

    assert question("q1").version == 3
    assert texts(question("q1")) == ["Pizza dough", "Sourdough"]
    assert Question.objects.filter(key="q1").count() == 3


def test_an_answered_question_stays_beside_its_new_version(folder):
    load(folder)
    old = question("q1")
    others = [question("q2")]
    ResponseFactory(attempt__quiz=old.quiz, attempt__questions=others, question=old)
    folder.edit("bread.quiz.yaml", "text: Pizza dough", "text: Pancake dough")

    load(folder)

    new = question("q1")
    old.refresh_from_db()
    assert (new.version, old.version) == (2, 1)
    assert old.retired_at is not None
    assert texts(old) == ["Pizza dough", "Sourdough"]


def test_a_question_in_an_open_attempt_stays_as_it_was(folder):
    load(folder)
    old = question("q2")
    AttemptFactory(quiz=old.quiz, questions=[old])
    folder.edit("bread.quiz.yaml", "text: salt", "text: fat")

    load(folder)

    assert question("q2").version == 2
    old.refresh_from_db()
    assert texts(old) == ["sugar", "water", "salt"]


def test_an_answered_question_that_stays_is_no_new_version(folder):
    load(folder)
    old = question("q1")
    ResponseFactory(attempt__quiz=old.quiz, question=old)
    folder.edit("bread.quiz.yaml", "text: salt", "text: fat")
    folder.edit("bread.quiz.yaml", "see: takes a night", "see: Sourdough takes")

    load(folder)

    assert question("q1").pk == old.pk


def test_a_question_that_leaves_is_retired_and_comes_back(folder):
    load(folder)
    quiz, old = folder.file("bread.quiz.yaml"), question("q2")
    text = quiz.read_text()
    quiz.write_text(text.partition("  - id: q2")[0])
    load(folder)

    assert [q.key for q in Question.objects.current()] == ["c1", "q1"]

    quiz.write_text(text)
    load(folder)

    assert question("q2").pk == old.pk
    assert Question.objects.count() == 3


def test_a_failure_in_the_middle_leaves_everything_as_it_was(folder, monkeypatch):
    load(folder)
    before = list(Lesson.objects.values())
    folder.edit("bread.md", "How bread rises", "How loaves rise")
    folder.edit("bread.quiz.yaml", "id: q1", "id: q9")
    bank = read_bank(folder.path)
    # What no file can hold, so that the last write fails.
    object.__setattr__(bank.quizzes["bread"].entry.questions[0], "stem", None)

    with pytest.raises(Exception, match=r"(?i)null"):
        load_bank(bank)

    assert list(Lesson.objects.values()) == before
