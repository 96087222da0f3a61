import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from quizzes.kinds import KINDS
from quizzes.standard import STANDARD
from tests.lesson_files import LessonFolder

KINDS_OF_BREAD = {"single": 1, "multiple": 1}


@pytest.fixture
def folder(tmp_path):
    return LessonFolder(tmp_path).add("bread")


def run(path, *arguments):
    """What the command prints, and its exit status."""
    out, status = io.StringIO(), 0
    try:
        call_command("check_lessons", path, *arguments, stdout=out)
    except SystemExit as end:
        status = end.code
    return out.getvalue(), status


def shortfalls(folder, name="bread"):
    found = json.loads(run(folder.path, "--json")[0])["shortfalls"]
    return {
        f"{item['line']}: {item['what']}: {item['todo']}"
        for item in found
        if f"/{name}." in item["path"]
    }


def test_a_small_lesson_falls_short_in_every_number(folder):
    assert shortfalls(folder) == {
        "1: the lesson has 42 words, builders need 450: add 408",
        "2: the end quiz has 2 questions: builders need 8 to 10",
        "2: the end quiz has 2 kinds of questions: use 3 at least",
    }


def test_the_figures_stand_before_the_shortfalls(folder):
    out, status = run(folder.path)

    assert out.splitlines()[0] == (
        "bread: words 42, grade 2, mean 4.9, longest 8, "
        "quiz 2, kinds 2, single 0.5, guess 0"
    )
    # One question with two options, of which the second and shorter one is right.
    assert out.splitlines()[1:-6] == [
        "",
        "lessons: 1",
        "questions in end quizzes: 2",
        *(f"of the kind {kind}: {KINDS_OF_BREAD.get(kind, 0)}" for kind in KINDS),
        "right by chance: 50.0%",
        "right by the longest option: 0.0%, bar <= 30.0%",
        "right by the shortest option: 100.0%, bar <= 55.0%",
        "right by the option with most words of the stem: 0.0%, bar <= 55.0%",
        "right by the only option without an absolute word: 50.0%, bar <= 55.0%",
        "right by the first option: 0.0%, bar <= 55.0%",
        "right by the last option: 100.0%, bar <= 55.0%",
        "places of the right ones even: p = 0.32, bar p > 0.05",
    ]
    assert out.splitlines()[-1] == "5 things fall short of the standard."
    assert status == 1


def test_in_a_terminal_the_figures_stand_in_tables(folder, monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")

    with pytest.raises(SystemExit, match="1"):
        call_command("check_lessons", folder.path, stdout=terminal)

    lines = [line.split() for line in terminal.getvalue().splitlines()]
    assert lines[0][:3] == ["lesson", "words", "grade"]
    assert lines[1][:3] == ["bread", "42", "2"]
    assert ["right", "by", "chance", "50.0%"] in lines


LONG = " ".join(["word"] * 31)

CHANGES = [
    (
        "bread.md",
        "Sourdough takes a night",
        f"It is {LONG}.\n- Sourdough takes a night",
        (
            '18: the sentence "It is word word word …" has 33 words: '
            "divide it; builders bear 30"
        ),
    ),
    (
        "bread.md",
        "Bread rises because of yeast. Yeast makes",
        "Bread rises because of gas. It makes",
        (
            "8: the text never uses the term yeast: "
            "use it as it is written in terms.yaml, or take it out"
        ),
    ),
    (
        "bread.md",
        "Pizza dough rises in an hour",
        "Pizza dough was first made in 1889",
        (
            '17: "1889" stands here without a source: '
            "say under `sources` where it comes from, or leave it out"
        ),
    ),
    (
        "bread.md",
        "Pizza dough rises in an hour",
        "Pizza dough grows by 40 percent",
        (
            '17: "40 percent" stands here without a source: '
            "say under `sources` where it comes from, or leave it out"
        ),
    ),
    (
        "bread.quiz.yaml",
        "see: takes a night",
        "see: Mix sugar",
        (
            '15: no question is about the section "Some examples": '
            "ask one whose `see` stands in it"
        ),
    ),
    (
        "bread.quiz.yaml",
        ", why: It takes an hour.",
        "",
        (
            "16: the wrong choice 'Pizza dough' of q1 has no `why`: "
            "say what someone who picks it has mixed up"
        ),
    ),
    (
        "bread.quiz.yaml",
        "    why: The bubbles are gas.\n",
        "",
        "3: c1 does not say what a wrong answer mixed up: add `why`",
    ),
    (
        "bread.quiz.yaml",
        "{text: Sourdough, right: true}",
        (
            "{text: Sourdough, right: true}\n"
            "      - {text: Rye, why: it  takes an hour.}"
        ),
        "18: two choices of q1 have the same `why`: say what is wrong with this one",
    ),
    (
        "bread.quiz.yaml",
        "text: Pizza dough",
        "text: None of these",
        "16: q1 offers 'None of these': write a choice that says something by itself",
    ),
    (
        "bread.quiz.yaml",
        "{text: Sourdough, right: true}",
        "{text: Sourdough, right: true}\n      - {text: The sourdough!, why: No.}",
        (
            "18: q1 offers 'Sourdough' and 'The sourdough!': "
            "write one that says something else"
        ),
    ),
    (
        "bread.quiz.yaml",
        "text: Pizza dough",
        "text: Pizza dough with oil",
        (
            "15: the choice 'Pizza dough with oil' of q1 is 1.7 times as long as "
            "'Sourdough': bring them within a factor of 1.6"
        ),
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), CHANGES)
def test_each_shortfall_is_told_with_line_and_suggestion(folder, name, old, new, said):
    before = shortfalls(folder)
    folder.edit(name, old, new)

    assert said not in before
    assert said in shortfalls(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "stem: What makes the gas?",
            "stem: Is it the oven or the yeast that makes the gas?",
            "31: 'yeast' stands in q3 itself, where it is right",
        ),
        (
            "stem: What makes the gas?",
            "stem: What makes the gas in yeasty dough?",
            "31: 'yeasty' stands in q3 itself, where it is right",
        ),
        (
            "answers: [yeast, the yeast]",
            "answers: [makes the gas]",
            "31: 'makes the gas' stands in q3 itself, where it is right",
        ),
        (
            "stem: How many minutes",
            "stem: Is it 30 or 62 minutes that",
            "39: '62' stands in q4 itself, where it is right",
        ),
        (
            "and makes ___.",
            "and makes ___, which is a gas.",
            "71: 'gas' stands in q7 itself, where it is right",
        ),
        (
            "stem: Fill the gaps.",
            "stem: Fill in gas or bread.",
            "71: 'gas' stands in q7 itself, where it is right",
        ),
    ],
)
def test_an_answer_that_can_be_copied_from_its_question_is_told(folder, old, new, said):
    todo = "ask in other words; list a mere near miss under `wrong`"
    before = shortfalls(folder.ask_other_kinds())
    folder.edit("bread.quiz.yaml", old, new)

    assert shortfalls(folder) - before == {f"{said}: {todo}"}


def test_a_near_miss_in_a_question_is_fine_once_it_is_listed_as_wrong(folder):
    folder.ask_other_kinds()
    folder.edit(
        "bread.quiz.yaml", "What makes the gas?", "What makes gas in yeasty dough?"
    )
    folder.edit("bread.quiz.yaml", "text: oven", "text: yeasty")

    assert not any("itself" in shortfall for shortfall in shortfalls(folder))


def test_words_of_two_texts_do_not_make_an_answer_together(folder):
    folder.ask_other_kinds()
    folder.edit("bread.quiz.yaml", "lives on ___ and", "lives on su ___ gar and")

    assert not any("itself" in shortfall for shortfall in shortfalls(folder))


@pytest.mark.parametrize(
    ("wrong", "again", "said"),
    [
        (
            "      - {text: oven, why: The oven makes heat.}\n",
            "      - {text: heat, why: The  OVEN makes heat.}\n",
            "36: two wrong words of q3 have the same `why`",
        ),
        (
            "          - {text: bread, why: The baker makes the bread.}\n",
            "          - {text: rolls, why: The baker makes the bread.}\n",
            "74: two wrong words of q7 have the same `why`",
        ),
    ],
)
def test_wrong_words_each_have_a_why_of_their_own(folder, wrong, again, said):
    before = shortfalls(folder.ask_other_kinds())
    folder.edit("bread.quiz.yaml", wrong, wrong + again)

    after = shortfalls(folder)
    assert after - before == {f"{said}: say what is wrong with this one"}


def test_a_source_makes_a_year_fine(folder):
    folder.edit("bread.md", "rises in an hour", "was first made in 1889")
    folder.edit("bread.md", "terms:", "sources: [The baker's book]\nterms:")

    assert not any("1889" in line for line in shortfalls(folder))


def test_most_options_longest_and_one_kind_too_often_are_told(folder):
    question = (
        "  - id: {}\n    kind: single\n    stem: Why {}?\n    see: takes a night\n"
        "    choices:\n"
        "      - {{text: A long and right answer {}, right: true}}\n"
        "      - {{text: A wrong answer, why: Wrong.}}\n"
        "    explanation: So it is.\n"
    )
    with folder.file("bread.quiz.yaml").open("a") as quiz:
        quiz.writelines(question.format(f"x{n}", n, n) for n in range(5))

    assert shortfalls(folder) >= {
        "2: 86% of the questions are `single`: keep to 60%, make some of another kind",
        (
            "2: always picking the longest option is right in 83% of the `single` "
            "questions: shorten right options, down to 50%"
        ),
    }
    mend = "change options so that it is at most 55%"
    guesses = ["longest option", "option with most words of the stem", "first option"]
    assert set(shortfalls_of_bank(folder)) == {
        (
            "always picking the longest option is right in 83% of all `single` "
            "questions: shorten right options, down to 30%"
        ),
        *(
            f"always picking the {guess} is right in 83% of all `single` questions: {mend}"
            for guess in guesses
        ),
    }


def shortfalls_of_bank(folder):
    found = json.loads(run(folder.path, "--json")[0])["shortfalls"]
    return [
        f"{item['what']}: {item['todo']}"
        for item in found
        if item["path"].endswith("/lessons")
    ]


def test_sentences_that_stand_in_two_lessons_are_told(folder):
    folder.add("soup", track="cooking")

    assert ("29: bread says the same in line 29: say it in other words") in shortfalls(
        folder, "soup"
    )


def test_lessons_that_cannot_be_read_are_told_as_when_loading(folder):
    folder.edit("bread.md", "order: 1", "order: x")

    with pytest.raises(CommandError, match="`order` is not a whole number") as raised:
        run(folder.path)
    out, status = run(folder.path, "--json")
    assert json.loads(out)["problems"][0]["line"] == 6
    # Worse than to fall short.
    assert (raised.value.returncode, status) == (2, 2)


def test_the_bars_are_those_of_the_standard():
    tiers = STANDARD.tiers

    assert [tiers[t].questions for t in tiers] == [(6, 8), (8, 10), (10, 15)]
    assert [tiers[t].words for t in tiers] == [(250, 450), (450, 750), (700, 1200)]
    assert [tiers[t].grade for t in tiers] == [4.0, 6.5, 9.5]
    assert [tiers[t].mean_sentence for t in tiers] == [11, 14, 17]
    assert [tiers[t].longest_sentence for t in tiers] == [25, 30, 35]


@pytest.mark.parametrize(
    ("row", "bars"),
    [
        ("words", lambda tier: "{} to {}".format(*tier.words)),
        (
            "reading level (Flesch and Kincaid), at most",
            lambda tier: f"{tier.grade:g}",
        ),
        (
            "words in a sentence, on average at most",
            lambda tier: f"{tier.mean_sentence:g}",
        ),
        ("words in the longest sentence", lambda tier: str(tier.longest_sentence)),
        (
            "questions in the end quiz",
            lambda tier: "{} to {}".format(*tier.questions),
        ),
    ],
)
def test_the_guide_tells_the_bars_of_the_standard(row, bars):
    guide = (settings.LESSONS_DIR / "README.md").read_text()
    told = " | ".join(bars(tier) for tier in STANDARD.tiers.values())

    assert f"| {row} | {told} |" in guide


@pytest.mark.parametrize(
    "told",
    [
        f"at least {STANDARD.kinds} kinds",
        f"at most {STANDARD.single_share * 100:.0f} % of them `single`",
        f"at most {STANDARD.longest_in_bank * 100:.0f} % of the `single`",
        f"({STANDARD.longest_in_quiz * 100:.0f} % in a quiz",
        f"with {STANDARD.fewest_for_longest} or more",
        f"at most {STANDARD.gain_by_guessing * 100:.0f} points more",
        f"p > {STANDARD.evenness}",
        f"at most {STANDARD.length_factor} times",
        f"{STANDARD.repeated_words} words or more",
    ],
)
def test_the_guide_tells_the_other_bars_too(told):
    assert told in (settings.LESSONS_DIR / "README.md").read_text()
