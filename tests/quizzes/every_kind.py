"""A question of each kind, and answers to it."""

from quizzes.marking import kind_of
from tests.factories import QuestionFactory
from tests.quizzes.kinds import entries

TWO = [{"text": "Yes", "right": True}, {"text": "No", "why": "It is so."}]
FIELDS = {
    "single": {"choices": TWO},
    "multiple": {"choices": [*TWO, {"text": "Also", "right": True}]},
    "true_false": {"answer": True},
    "short": {"answers": ["yeast"]},
    "number": {"value": 60, "unit": "min"},
    "order": {"items": ["one", "two", "three"]},
    "match": {"pairs": [{"left": "a", "right": "b"}, {"left": "c", "right": "d"}]},
    "gaps": {"text": "Yeast is ___.", "blanks": [{"answers": ["alive"]}]},
}
WRONG_WORDS = {"short": ["oven"], "number": ["3"], "gaps": ["dead"]}


def question_of(kind, **values):
    return QuestionFactory(kind=kind, body=entries.body(kind, **FIELDS[kind]), **values)


def right(question):
    return kind_of(question).right(question.body)


def wrong(question):
    """An answer that earns nothing."""
    if question.kind in WRONG_WORDS:
        return WRONG_WORDS[question.kind]
    if choices := question.body.get("choices"):
        return [choice["key"] for choice in choices if not choice["right"]]
    keys = right(question)
    if question.kind == "order":
        return keys[::-1]
    lefts, rights = zip(*(key.split(":") for key in keys), strict=True)
    return [f"{left}:{key}" for left, key in zip(lefts, rights[::-1], strict=True)]
