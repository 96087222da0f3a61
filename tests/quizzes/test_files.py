import re

import pytest
from django.conf import settings

from lessons.problems import InvalidFiles
from quizzes.bank import read_bank
from quizzes.kinds import KINDS
from tests.lesson_files import LessonFolder


@pytest.fixture
def folder(tmp_path):
    return LessonFolder(tmp_path).add("bread")


def told(folder):
    with pytest.raises(InvalidFiles) as raised:
        read_bank(folder.path)
    return folder.told(raised.value.problems)


def test_each_question_is_settled_by_the_passage_its_words_stand_in(folder):
    bank = read_bank(folder.path)

    quiz, lesson = bank.quizzes["bread"], bank.library.lessons["bread"]
    passages = {passage.key: passage.text for passage in lesson.passages}
    assert {
        q: [passages[key] for key in keys] for q, keys in quiz.passages.items()
    } == {
        "c1": ["Yeast makes tiny bubbles of gas."],
        "q1": ["Sourdough takes a night."],
        "q2": ["Mix sugar and water."],
    }


COPY = "copy words from one sentence, list item or table row"

MISTAKES = [
    ("pass: 0.7", "pass: 1.5", "1: `pass` is too large: write a smaller number"),
    (
        "pass: 0.7\n",
        "pass: 0.7\nshuffle: true\n",
        "2: `shuffle` is not a key that belongs here: take it out",
    ),
    (
        "stem: Which dough",
        "steam: x\n    stem: Which dough",
        "13: `steam` is not a key that belongs here: did you mean `stem`?",
    ),
    (
        "{text: Pizza dough, why: It takes an hour.}",
        "{text: Pizza dough, the thin one, why: It takes an hour.}",
        (
            "16: `the thin one` stands where a key would: "
            "put the text before it in quotes, from its start to its end"
        ),
    ),
    (
        "hint: There are two things.",
        "hint: yes",
        "23: YAML reads yes in `hint` as yes or no: put it in quotes",
    ),
    (
        "kind: single",
        "kind: guess",
        f"11: `kind` is 'guess': write one of {', '.join(map(repr, KINDS))}",
    ),
    ("    kind: single\n", "", "11: entry 2 of `questions` has no `kind`: add one"),
    ("    answer: true\n", "", "3: `answer` is missing: add it"),
    (
        "{text: Sourdough, right: true}",
        "{text: Sourdough}",
        "15: the question q1 has no right choice: mark one with `right: true`",
    ),
    (
        "{text: Pizza dough, why: It takes an hour.}",
        "{text: Pizza dough, right: true}",
        (
            "15: the question q1 is single but has 2 right choices: "
            "keep one `right: true`, or make it `kind: multiple`"
        ),
    ),
    (
        "text: Pizza dough",
        "text: sourdough",
        "17: the question q1 offers 'Sourdough' twice: write another choice",
    ),
    (
        "      - {text: Pizza dough, why: It takes an hour.}\n",
        "",
        "15: `choices` has too few entries: write 2 or more",
    ),
    (
        "      - {text: Sourdough, right: true}\n",
        "".join(f"      - {{text: Dough {n}, right: true}}\n" for n in range(26)),
        "15: `choices` has too many entries: keep 26",
    ),
    (
        "id: q2",
        "id: q1",
        "19: the question q1 stands here a second time: give it an id of its own",
    ),
    (
        "see: takes a night",
        "see: takes two nights",
        (
            f"14: no passage of the lesson holds the words 'takes two nights': {COPY}, "
            "perhaps line 18"
        ),
    ),
    (
        "see: takes a night",
        "see: dough",
        (
            "14: the words 'dough' stand in several passages, line 13 and 17 and 18: "
            "quote more words, to fit one only"
        ),
    ),
    (
        "    in_lesson: true\n",
        "",
        (
            "lessons/builders/baking/bread.md:20: "
            'the section "Check yourself" asks the question c1 of the end quiz: '
            "give that one `in_lesson: true`"
        ),
    ),
    (
        "id: c1",
        "id: c2",
        (
            "lessons/builders/baking/bread.md:20: "
            'the section "Check yourself" asks the question c1, which is not in the quiz: '
            "add it, or mend the id"
        ),
    ),
    (
        "id: q1",
        "id: q1\n    in_lesson: true",
        (
            "11: no section asks the question q1: "
            "add one with question=q1, or take `in_lesson` out"
        ),
    ),
    (
        "id: c1",
        "id: c1\n    hint: Think of dough.",
        "3: the check question c1 has a hint: take it out: the lesson stands around it",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_mistake_in_a_quiz_is_told_with_its_line(folder, old, new, said):
    folder.edit("bread.quiz.yaml", old, new)

    if not said.startswith("lessons/"):
        said = f"lessons/builders/baking/bread.quiz.yaml:{said}"
    assert said in told(folder)
    assert len(told(folder)) == (2 if new == "id: c2" else 1)


OTHER_MISTAKES = [
    (
        "answers: [yeast, the yeast]",
        "answers: []",
        "33: `answers` has too few entries: write 1 or more",
    ),
    (
        "answers: [yeast, the yeast]",
        "answers: yeast",
        "33: `answers` is not a list: write [a, b], or one `- ` line for each",
    ),
    (
        "answers: [yeast, the yeast]",
        "answers: [yeast, 12]",
        "33: YAML reads 12 in entry 2 of `answers` as a number: put it in quotes",
    ),
    (
        "answers: [yeast, the yeast]",
        "answers: [yeast, Yeast]",
        (
            "33: the question q3 lists 'Yeast' twice: "
            "take one out: case, accents, spaces and dashes do not count"
        ),
    ),
    (
        "text: oven",
        "text: The Yeast",
        (
            "35: the question q3 lists 'The Yeast' both as an answer and as wrong: "
            "take it out of one of the lists"
        ),
    ),
    (
        "{text: oven, why: The oven makes heat.}",
        "{text: oven}",
        "35: `why` is missing: add it",
    ),
    ("value: 60", "value: an hour", "41: `value`: it is not a number: write digits"),
    ("value: 60", "value: .nan", "41: `value`: it is not a number: write digits"),
    (
        "tolerance: 5",
        "tolerance: -5",
        "42: `tolerance`: it is below zero: write 0 or more",
    ),
    (
        "tolerance: 5",
        "tolerance: yes",
        "42: `tolerance`: it is not a number: write digits",
    ),
    (
        "    unit: min\n",
        "",
        (
            "43: the question q4 has other units, but none that they stand for: "
            "name it in `unit`"
        ),
    ),
    (
        "- Look",
        "- wait",
        "53: the question q5 has the line 'wait' twice: write another line",
    ),
    ("      - Look\n", "", "50: `items` has too few entries: write 3 or more"),
    (
        "left: Sourdough",
        "left: pizza",
        "61: the question q6 has 'pizza' twice on the left: write another one",
    ),
    (
        "extra: [a week]",
        "extra: [An hour]",
        "62: the question q6 has 'An hour' on the right already: write another one",
    ),
    (", right: a night", "", "61: `right` is missing: add it"),
    (
        "and makes ___",
        "and makes gas",
        (
            "69: the question q7 has 1 ___ in `text`, 2 in `blanks`: "
            "write one entry for each ___"
        ),
    ),
    (
        "and makes ___",
        "___ and makes ___",
        (
            "69: the question q7 has 3 ___ in `text`, 2 in `blanks`: "
            "write one entry for each ___"
        ),
    ),
    (
        "answers: [gas]",
        "answers: [bread]",
        (
            "73: blank 2 of the question q7 lists 'bread' both as an answer and as "
            "wrong: take it out of one of the lists"
        ),
    ),
    (
        "- answers: [sugar]",
        "- sugar",
        (
            "70: entry 1 of `blanks` is not a set of keys: "
            "write one `key: value` on each line"
        ),
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), OTHER_MISTAKES)
def test_a_mistake_in_a_question_of_any_other_kind_is_told_with_its_line(
    folder, old, new, said
):
    folder.ask_other_kinds().edit("bread.quiz.yaml", old, new)

    assert told(folder) == [f"lessons/builders/baking/bread.quiz.yaml:{said}"]


def test_a_quiz_of_nothing_but_check_questions_is_told(folder):
    file = folder.file("bread.quiz.yaml")
    file.write_text(file.read_text().partition("  - id: q1")[0])

    assert told(folder) == [
        (
            "lessons/builders/baking/bread.quiz.yaml:2: "
            "every question is asked inside the text: "
            "add questions without `in_lesson: true` for the end of the lesson"
        )
    ]


def test_lesson_and_quiz_that_stand_alone_are_told(folder):
    quiz = folder.file("bread.quiz.yaml")
    quiz.rename(quiz.with_name("cake.quiz.yaml"))

    assert told(folder) == [
        (
            "lessons/builders/baking/bread.md:1: the lesson has no quiz: "
            "write bread.quiz.yaml beside it"
        ),
        (
            "lessons/builders/baking/cake.quiz.yaml:1: the quiz has no lesson cake.md "
            "beside it: write the lesson, or rename the quiz"
        ),
    ]


def test_a_quiz_with_the_short_ending_is_told_to_be_renamed(folder):
    quiz = folder.file("bread.quiz.yaml")
    quiz.rename(quiz.with_suffix(".yml"))

    assert told(folder)[1:] == [
        (
            "lessons/builders/baking/bread.quiz.yml:1: a quiz ends in .yaml: "
            "rename it to bread.quiz.yaml"
        )
    ]


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ('Say "yes", it\'s **hot**.', "Say \u201cyes\u201d, it\u2019s hot"),
        ("It is **hot** here.", "is **hot** here"),
        ("| Oven | `Hot` |\n|---|---|\n| Hob | Warm |", "Hob | Warm"),
    ],
)
def test_words_are_found_as_they_were_copied(folder, text, copied):
    folder.edit("bread.md", "Ask a grown-up", f"{text}\n\nAsk a grown-up")
    folder.edit("bread.quiz.yaml", "see: takes a night", f"see: '{copied}'")

    bank = read_bank(folder.path)
    (key,) = bank.quizzes["bread"].passages["q1"]
    assert key.startswith("practise-")


def test_a_broken_lesson_does_not_hide_what_is_wrong_in_its_quiz(folder):
    folder.edit("bread.md", "order: 1", "order: x")
    folder.edit("bread.quiz.yaml", "pass: 0.7", "pass: all")

    assert told(folder) == [
        "lessons/builders/baking/bread.md:6: `order` is not a whole number: write digits only",
        "lessons/builders/baking/bread.quiz.yaml:1: `pass` is not a number: write digits and a point, such as 1400 or 0.7",
    ]


def test_the_samples_in_our_guide_are_a_lesson_with_every_kind(tmp_path):
    guide = (settings.LESSONS_DIR / "README.md").read_text()
    (lesson,) = re.findall(r"```markdown\n(.*?)```", guide, re.DOTALL)
    (quiz,) = re.findall(r"```yaml\n(pass:.*?)```", guide, re.DOTALL)
    lists = re.findall(
        r"# (tracks|terms)\.yaml\n(.*?)(?=# terms|```)", guide, re.DOTALL
    )
    folder = (
        LessonFolder(tmp_path).add("bread").add("sourdough").add_picture("dough.svg")
    )
    folder.add("bread-for-creators", tier="creators")
    folder.file("bread.md").write_text(lesson)
    folder.file("bread.quiz.yaml").write_text(quiz)
    for name, text in lists:
        folder.file(f"{name}.yaml").write_text(text.replace("builders: …", SO_ON))

    bank = read_bank(folder.path)

    kinds = [question.kind for question in bank.quizzes["bread"].entry.questions]
    assert sorted(kinds) == sorted(KINDS)


SO_ON = "builders: The same.\n  creators: The same."
