"""Entries, bodies and answers of every kind, drawn by hypothesis."""

from random import Random

from hypothesis import strategies as st

from quizzes.kinds import KINDS
from quizzes.numbers import read_number
from quizzes.spelling import folded

WHAT_ALL_HAVE = {
    "id": "q1",
    "stem": "What fits?",
    "see": "words of the lesson",
    "explanation": "It says so.",
}
SIGNS = st.sampled_from("aäbcdefghilmnoprstuzßéøABC -\u2013'\u00b4.,;!3479½²。がमि")
LINES = st.text(SIGNS, min_size=1, max_size=30).filter(folded)


def draw_with(seed):
    """What orders the things to choose from; the same for the same seed."""
    return Random(seed)  # noqa: S311


def entry(name, **fields):
    return KINDS[name].Entry(kind=name, **WHAT_ALL_HAVE, **fields)


def body(name, language="en", **fields):
    return KINDS[name].body(entry(name, **fields), language)


def different(least, most):
    return st.lists(LINES, min_size=least, max_size=most, unique_by=folded)


@st.composite
def choices(draw, most_right):
    texts = draw(different(2, 6))
    right = draw(st.integers(1, min(most_right, len(texts))))
    return {
        "choices": [
            {"text": text, "right": True}
            if number < right
            else {"text": text, "why": "Not so."}
            for number, text in enumerate(texts)
        ]
    }


@st.composite
def words(draw):
    texts = draw(different(1, 5))
    count = draw(st.integers(1, len(texts)))
    return {
        "answers": texts[:count],
        "wrong": [{"text": text, "why": f"Not {text}."} for text in texts[count:]],
        "forgiving": draw(st.booleans()),
    }


NUMBERS = st.integers(-(10**9), 10**9) | st.decimals(-9999, 9999, places=3).map(float)


@st.composite
def numbers(draw):
    unit = draw(st.sampled_from([None, "km", "%", "€", "m²", "°C"]))
    return {
        "value": draw(NUMBERS),
        "tolerance": draw(st.sampled_from([0, 0, 0.1, 3])),
        "unit": unit,
        "units": ["kilometres"] if unit == "km" else [],
    }


@st.composite
def pairs(draw):
    lefts, rights = draw(different(2, 8)), draw(different(2, 6))
    first = [{"left": lefts[n], "right": rights[n]} for n in range(2)]
    others = [
        {"left": left, "right": draw(st.sampled_from(rights))} for left in lefts[2:]
    ]
    used = {pair["right"] for pair in first + others}
    return {"pairs": first + others, "extra": [r for r in rights if r not in used]}


@st.composite
def gaps(draw):
    blanks = draw(st.lists(words(), min_size=1, max_size=4))
    around = st.text("abc \n", min_size=1, max_size=9)
    texts = [draw(around) for _number in range(len(blanks) + 1)]
    return {"text": "a" + "___".join(texts) + "a", "blanks": blanks}


FIELDS = {
    "single": choices(most_right=1),
    "multiple": choices(most_right=6),
    "true_false": st.fixed_dictionaries({"answer": st.booleans()}),
    "short": words(),
    "number": numbers(),
    "order": different(3, 8).map(lambda items: {"items": items}),
    "match": pairs(),
    "gaps": gaps(),
}


@st.composite
def entries(draw, name):
    return entry(name, **draw(FIELDS[name]))


@st.composite
def bodies(draw, name):
    language = draw(st.sampled_from(["en", "de", "fr", "es"]))
    return KINDS[name].body(draw(entries(name)), language)


def _misspelt(draw, words):
    listed = [*words["answers"], *(word["text"] for word in words["wrong"])]
    text = draw(st.sampled_from(listed))
    place = draw(st.integers(0, len(text)))
    return draw(
        st.sampled_from(
            [text, text.upper(), text[:place] + "x" + text[place:], text[:place]]
        )
        | LINES
    )


def _answer_to_choices(draw, body):
    keys = [choice["key"] for choice in body["choices"]]
    return draw(st.lists(st.sampled_from(keys), unique=True))


def _answer_to_number(draw, body):
    value = read_number(body["value"], "en")
    beside = draw(st.sampled_from([0, 0, 1, -1, 3, 7]))
    number = str(value + beside).replace("-", draw(st.sampled_from("-\u2212")))
    return [number + draw(st.sampled_from(["", f" {body['unit']}", body["unit"]]))]


def _answer_to_match(draw, body):
    rights = st.sampled_from(["", *(right["key"] for right in body["rights"])])
    return [f"{left['key']}:{draw(rights)}" for left in body["lefts"]]


ANSWERS = {
    "single": lambda draw, body: _answer_to_choices(draw, body)[:1],
    "multiple": _answer_to_choices,
    "true_false": lambda draw, body: _answer_to_choices(draw, body)[:1],
    "short": lambda draw, body: [_misspelt(draw, body)],
    "number": _answer_to_number,
    "order": lambda draw, body: draw(
        st.permutations([item["key"] for item in body["items"]])
    ),
    "match": _answer_to_match,
    "gaps": lambda draw, body: [
        draw(st.just("")) if draw(st.integers(0, 5)) == 0 else _misspelt(draw, words)
        for words in body["blanks"]
    ],
}


@st.composite
def answers(draw, name, body):
    """What a student may well give; now and then nothing."""
    if draw(st.integers(0, 9)) == 0:
        return []
    return KINDS[name].read(body, ANSWERS[name](draw, body))
