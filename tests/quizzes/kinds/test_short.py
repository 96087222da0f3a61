import pytest
from pydantic import ValidationError

from quizzes.answers import NotAnAnswer
from quizzes.kinds import short
from tests.quizzes.kinds.entries import body, draw_with, entry

BODY = body(
    "short",
    answers=["hallucination", "made-up answer"],
    wrong=[{"text": "hallucinogen", "why": "That is a drug."}],
)

CONTROL_CHARACTER = (
    "There is a control character in your answer. "
    "Type the answer again instead of pasting it."
)


def faults(**fields):
    return [(f.place, f.what) for f in short.faults(entry("short", **fields))]


def test_an_answer_is_kept_as_it_was_typed():
    assert short.read(BODY, ["", "  Made  up\nAnswer "]) == ["Made up Answer"]
    assert short.readable(BODY, ["Made up Answer"]) == "Made up Answer"


@pytest.mark.parametrize("raw", [[], [""], [" ", "\n"], ["\u200b"]])
def test_nothing_to_see_is_no_answer(raw):
    assert short.read(BODY, raw) == []
    assert short.grade(BODY, []) == 0


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (["a", "b"], "Write one answer only."),
        (["a" * 201], "That is too long. Write 200 characters at most."),
        (["a" * 100_000], "That is too long. Write 200 characters at most."),
        (
            ["a\0b"],
            CONTROL_CHARACTER,
        ),
    ],
)
def test_what_cannot_be_kept_is_refused(raw, message):
    with pytest.raises(NotAnAnswer) as refusal:
        short.read(BODY, raw)

    assert str(refusal.value) == message


def test_two_hundred_characters_are_an_answer():
    assert short.read(BODY, ["a" * 200]) == ["a" * 200]


def test_a_lone_surrogate_is_refused():
    with pytest.raises(NotAnAnswer):
        short.read(BODY, ["a\ud800"])


def test_the_form_shows_what_was_typed_and_nothing_else():
    assert short.ask(BODY, [], draw_with(1)) == short.Line("")
    assert short.ask(BODY, ["", "halluci"], draw_with(1)) == short.Line("halluci")


def test_a_misspelt_answer_shows_the_right_spelling():
    shown = short.redraw(BODY, ["made up anwser"], draw_with(1))

    assert shown.is_right
    assert shown.is_forgiven
    assert shown.right == "made-up answer"


def test_a_wrong_answer_shows_the_first_right_one_and_why():
    shown = short.redraw(BODY, ["Hallucinogen"], draw_with(1))

    assert not shown.is_right
    assert shown.right == "hallucination"
    assert shown.why == "That is a drug."


def test_answers_that_fold_alike_are_the_same():
    assert short.same(BODY, ["Made\u2013Up Answer!"]) == short.same(
        BODY, ["madeup answer"]
    )


def test_an_accepted_text_joins_the_answers_once():
    longer = short.extend(BODY, ["Confabulation"])

    assert longer["answers"] == [*BODY["answers"], "Confabulation"]
    assert short.extend(longer, ["CONFABULATION"]) == longer
    assert short.extend(BODY, []) == BODY


def test_an_accepted_wrong_word_is_right():
    assert short.grade(short.extend(BODY, ["hallucinogen"]), ["hallucinogen"]) == 1


def test_faults_name_their_place():
    why = "No."

    assert faults(answers=["fine-tuning", "Fine Tuning"]) == [
        (("answers", 1), "the question q1 lists 'Fine Tuning' twice")
    ]
    assert faults(answers=["a", "b"], wrong=[{"text": "B", "why": why}]) == [
        (("wrong", 0), "the question q1 lists 'B' both as an answer and as wrong")
    ]
    assert faults(answers=["a"], wrong=[{"text": "b", "why": why}] * 2) == [
        (("wrong", 1), "the question q1 lists 'b' twice")
    ]
    assert faults(answers=["a" * 61]) == [
        (("answers", 0), "the question q1 lists 61 characters as a short answer")
    ]
    assert faults(answers=["\u200b"]) == [
        (("answers", 0), "the question q1 has a word that nobody can see")
    ]


def test_a_wrong_word_that_spelling_would_forgive_is_no_fault():
    assert faults(answers=["effect"], wrong=[{"text": "affect", "why": "No."}]) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"answers": []},
        {"answers": [" "]},
        {"answers": "word"},
        {"answers": ["a"], "wrong": [{"text": "b"}]},
        {"answers": ["a"], "forgiving": "no"},
    ],
)
def test_an_entry_of_another_shape_is_refused(fields):
    with pytest.raises(ValidationError):
        entry("short", **fields)


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_what_turns_the_direction_of_reading_is_refused(sign):
    with pytest.raises(NotAnAnswer, match="control character"):
        short.read(BODY, [f"{sign}noitanicullah"])


def test_signs_that_join_letters_are_kept():
    word = "\u0645\u06cc\u200c\u062f\u0627\u0646\u0645"

    assert short.read(BODY, [word]) == [word]
