"""Claims made from the lessons by rule: faithful ones, and ones turned false.

python -m tests.tutor.mutations    how many of each kind are accepted
"""

import os
import random
import re
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path

import django
from rich.console import Console
from rich.table import Table

from tests.tutor.changed_sentences import (
    FAITHFUL,
    TURNED,
    Source,
    nouns_exchanged,
    small,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"
SEED = 4
# They stand behind an article, and an s may follow.
NO_NOUNS = {
    *("her", "his", "how", "its", "new", "odd", "one", "other", "say", "thing", "two"),
    *("way", "what", "who", "your", "all", "lot"),
}


@dataclass(frozen=True)
class Case:
    sentence: str
    quote: str
    question: str
    passages: tuple


def two_joined(source):
    behind = source.lesson[source.place + 1 : source.place + 2]
    if not behind:
        return None
    sentence = f"{source.text.rstrip('.')}, and {small(behind[0].text)}"
    quote = f"{source.text} {behind[0].text}"
    return Case(sentence, quote, source.question(), source.lesson)


def wrong_quote(source):
    quote = source.choice(source.lesson, source.passage).text
    return Case(source.text, quote, source.question(), source.lesson)


def letter_of_quote(source):
    text, rng = source.text, source.rng
    place = rng.choice([i for i, char in enumerate(text) if char.isalpha()])
    new = rng.choice("abcdefghijklmnopqrstuvwxyz")
    instead = rng.choice(["", new, text[place] + new])
    quote = text[:place] + instead + text[place + 1 :]
    return quote != text and Case(text, quote, source.question(), source.lesson)


def quote_of_another_lesson(source):
    return Case(source.foreign, source.foreign, source.question(), source.lesson)


def changed(change, source):
    sentence = change(source)
    return sentence and Case(sentence, source.text, source.question(), source.lesson)


def from_false_premise(change, source):
    """The question holds what is false, and the claim repeats it."""
    sentence = change(source)
    if not sentence:
        return None
    question = f"Why is it that {small(sentence.rstrip('.!?'))}?"
    return Case(sentence, source.text, question, source.lesson)


FAITHFUL_KINDS = {
    **{kind: partial(changed, change) for kind, change in FAITHFUL.items()},
    "two sentences joined": two_joined,
}
TURNED_KINDS = {
    **{kind: partial(changed, change) for kind, change in TURNED.items()},
    **{
        f"false premise: {kind}": partial(from_false_premise, change)
        for kind, change in TURNED.items()
    },
    "wrong quote": wrong_quote,
    "letter of the quote": letter_of_quote,
    "quote of another lesson": quote_of_another_lesson,
}
# Rules see only some of these; the bar is not for them, but for a second verifier.
UNSEEN_KINDS = {"nouns exchanged": partial(changed, nouns_exchanged)}
KINDS = FAITHFUL_KINDS | TURNED_KINDS | UNSEEN_KINDS


def cases(kind, most=None):
    """Cases of a kind, the same ones each time; all there are unless told."""
    rng = random.Random(f"{SEED} {kind}")  # noqa: S311
    everything = sources()
    shuffled = rng.sample(everything, len(everything))
    made = (KINDS[kind](replace(source, rng=rng)) for source in shuffled)
    return list(islice(filter(None, made), most))


@cache
def sources():
    """Every sentence of four words or more that is a passage of its own."""
    lessons, found = read_lessons(), []
    rng = random.Random(SEED)  # noqa: S311
    texts = [[passage.text for passage in lesson] for lesson in lessons]
    known = {word for own in texts for text in own for word in text.split()}

    def foreign(own):
        return rng.choice(rng.choice([other for other in texts if other is not own]))

    for lesson, own in zip(lessons, texts, strict=True):
        named = found_in(own, r"(?<=[a-z,] )[A-Z][a-z]+\b")
        nouns = set(found_in(own, r"\b(?:the|a|an|of) ([a-z]{3,})"))
        many = {
            noun: f"{noun}s" for noun in sorted(nouns - NO_NOUNS) if f"{noun}s" in known
        }
        nouns = many | {other: noun for noun, other in many.items()}
        found += [
            Source(text, i, lesson, named, nouns, foreign(own), rng)
            for i, text in enumerate(own)
            if re.fullmatch(r"[A-Z][^.!?]+[.!?]", text) and len(text.split()) >= 4
        ]
    return found


def found_in(texts, pattern):
    return sorted({found for text in texts for found in re.findall(pattern, text)})


def read_lessons():
    """The passages of each lesson of the catalogue, without a database."""
    # Here, since Django has to be set up first.
    from lessons.library import read_library
    from tutor.lesson_text import Passage

    library, problems = read_library(FIXTURES)
    assert problems == []
    return [
        tuple(
            Passage(passage.key, passage.text, laid.section.title)
            for laid in lesson.layouts
            for passage in laid.passages
        )
        for lesson in library.in_order()
    ]


def accepted(made):
    from tutor.grounding import check

    verdicts = [check(c.sentence, c.quote, c.passages, c.question) for c in made]
    return sum(verdict.ok for verdict in verdicts)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    table = Table("kind", "claims", "accepted", "share")
    for kinds in (FAITHFUL_KINDS, TURNED_KINDS, UNSEEN_KINDS):
        table.add_section()
        for kind in kinds:
            made = cases(kind)
            count = accepted(made)
            table.add_row(kind, f"{len(made)}", f"{count}", f"{count / len(made):.2%}")
    Console().print(table)


if __name__ == "__main__":
    main()
