import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.spelling import distance, folded, forgiven_edits, judge


def words(*answers, wrong=(), forgiving=True):
    return {
        "answers": list(answers),
        "wrong": [{"text": text, "why": f"Not {text}."} for text in wrong],
        "forgiving": forgiving,
    }


@pytest.mark.parametrize(
    "texts",
    [
        [
            "fine-tuning",
            "fine tuning",
            "Fine \u2013 Tuning",
            "finetuning",
            "FINE_TUNING",
        ],
        [
            "fine\u2011tuning",
            "fine\u00adtuning",
            "fine\u00a0tuning",
            " fine \n tuning ",
        ],
        ["café", "cafe\u0301", "CAFE", "«café»", "(Café)", "café!", '"cafe".'],
        ["Straße", "STRASSE", "strasse"],
        ["Æsop", "aesop"],
        ["smørrebrød", "smorrebrod"],
        ["œuvre", "OEUVRE"],
        ["İstanbul", "istanbul", "\u0131stanbul"],
        ["don't", "don\u2019t", "don\u00b4t", "don`t"],
        ["GPT-3", "gpt 3", "GPT3", "GPT\u22123", "gpt ٣"],
        ["ﬁle", "file", "\uff46\uff49\uff4c\uff45"],
        ["أمل", "امل", "أَمَل"],
    ],
)
def test_ways_to_write_the_same_words_are_the_same(texts):
    assert {folded(text) for text in texts} == {folded(texts[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-5", "5"),
        ("(\u22125)", "5"),
        ("3-4", "34"),
        ("3.4", "34"),
        ("C", "C++"),
        ("C", "C#"),
        ("?", "!"),
        ("-", "?"),
        ("が", "か"),
        ("मि", "म"),
        ("its", "it's"),
        ("=", "≠"),
    ],
)
def test_what_makes_another_word_is_kept(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u2060\u200d"])
def test_what_nobody_can_see_is_nothing(text):
    assert folded(text) == ""
    assert not judge(text, words("word")).is_right


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("word", "edits"),
    [
        ("cat", 0),
        ("chat", 1),
        ("modelle", 1),
        ("training", 2),
        ("gpt4", 0),
        ("人工知能人工知能", 0),
        ("인공지능인공지능", 0),
    ],
)
def test_longer_words_are_forgiven_more(word, edits):
    assert forgiven_edits(folded(word)) == edits


@pytest.mark.parametrize(
    ("answer", "typed", "is_right"),
    [
        ("cat", "cats", False),
        ("chat", "chta", True),
        ("chat", "cht", True),
        ("chat", "caht", True),
        ("chat", "at", False),
        ("training", "trianign", True),
        ("training", "tranin", True),
        ("training", "taini", False),
        ("fine-tuning", "Fine tunning", True),
        ("large language model", "large langage modell", True),
        ("COVID-19", "covit 19", True),
        ("COVID-19", "covid 18", False),
        ("COVID-19", "covid 1", False),
        ("GPT-3", "GPT-4", False),
        ("version 12 of it", "version 21 of it", False),
        ("version 12 of it", "version 1 2 of it", False),
        ("-5 degrees", "5 degrees", False),
        ("人工知能", "人工智能", False),
    ],
)
def test_spelling_is_forgiven_by_length_and_digits_never(answer, typed, is_right):
    verdict = judge(typed, words(answer))

    assert verdict.is_right is is_right
    assert verdict.is_forgiven is is_right
    assert verdict.right == answer


def test_a_word_spelt_right_needs_no_forgiving():
    verdict = judge("Fine Tuning", words("training", "fine-tuning"))

    assert verdict.is_right
    assert not verdict.is_forgiven
    assert verdict.right == "training"


def test_the_word_that_was_meant_shows_how_it_is_spelt():
    assert judge("finetunin", words("training", "fine-tuning")).right == "fine-tuning"


def test_strict_words_forgive_nothing():
    assert not judge("trainin", words("training", forgiving=False)).is_right


def test_a_listed_wrong_word_is_wrong_however_near_it_is():
    verdict = judge("Affect!", words("effect", wrong=["affect"]))

    assert not verdict.is_right
    assert verdict.why == "Not affect."


@pytest.mark.parametrize("typed", ["ffect", "iffect", "affectt"])
def test_what_is_as_near_to_a_wrong_word_is_wrong(typed):
    assert judge(typed, words("effect")).is_right is (typed != "affectt")
    assert not judge(typed, words("effect", wrong=["affect"])).is_right


def test_what_is_nearer_to_the_answer_is_right():
    verdict = judge("effecct", words("effect", wrong=["affect"]))

    assert verdict.is_right
    assert verdict.is_forgiven


def test_a_short_wrong_word_takes_its_near_misses_but_does_not_explain_them():
    verdict = judge("cht", words("chat", wrong=["cat"]))

    assert not verdict.is_right
    assert verdict.why == ""


def test_a_misspelt_wrong_word_is_explained():
    assert judge("hallucinogenn", words("dream", wrong=["hallucinogen"])).why == (
        "Not hallucinogen."
    )


def test_a_wrong_word_that_was_accepted_is_an_answer_like_others():
    accepted = words("effect", "affect", wrong=["affect"])

    assert judge("affect", accepted).is_right
    assert judge("iffect", accepted).is_right


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("word", "word", 0),
        ("word", "wrod", 1),
        ("word", "wor", 1),
        ("word", "words", 1),
        ("word", "work", 1),
        ("word", "drow", 3),
        ("ab", "ba", 1),
        ("abcd", "badc", 2),
        ("a1b", "a2b", 4),
        ("a1b", "1ab", 2),
        ("", "abc", 3),
    ],
)
def test_a_swap_of_neighbours_is_one_edit(one, other, edits):
    assert distance(one, other, 3) == edits
    assert distance(other, one, 3) == edits


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 4))
def test_a_distance_is_exact_up_to_what_is_asked_for(one, other, most):
    edits = slow_distance(one, other)

    assert min(distance(one, other, most), most + 1) == min(edits, most + 1)


def slow_distance(one, other):
    """By the definition, one letter after the other."""
    table = {}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = [i + j] if 0 in (i, j) else []
            if i and j:
                is_changed = one[i - 1] != other[j - 1]
                ways.append(table[i - 1, j - 1] + is_changed)
                ways += [table[i - 1, j] + 1, table[i, j - 1] + 1]
            if i > 1 < j and one[i - 2 : i] == other[j - 2 : j][::-1]:
                ways.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(ways)
    return table[len(one), len(other)]
