"""Measuring the questions of a quiz against the standard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lessons import sentences
from lessons.files import Head
from lessons.passages import normalised
from lessons.problems import Problem
from quizzes.answers import QuestionEntry
from quizzes.copying import copies
from quizzes.files import QuizFile
from quizzes.guessing import Offer, longest_share
from quizzes.kinds import gaps, multiple, short, single, true_false
from quizzes.standard import STANDARD

CATCH_ALL = re.compile(
    r"(all|none|both|neither) of "
    r"(these|those|them|the (above|others?|other (answers|choices|options)))\W*",
    re.IGNORECASE,
)
ARTICLES = frozenset(["a", "an", "the"])


@dataclass(frozen=True)
class QuizFigures:
    questions: int
    kinds: int
    single_share: float
    right_by_longest: float

    @classmethod
    def of(cls, quiz: QuizFile) -> QuizFigures:
        end = quiz.at_the_end
        singles = [question for question in end if question.kind == "single"]
        return cls(
            questions=len(end),
            kinds=len({question.kind for question in end}),
            single_share=round(len(singles) / len(end), 2),
            right_by_longest=round(longest_share(offers(end)), 2),
        )


def offers(questions: Iterable[QuestionEntry]) -> list[Offer]:
    """What a guesser sees of the single questions."""
    return [
        Offer(
            question.stem,
            tuple(choice.text for choice in question.choices),
            [choice.right for choice in question.choices].index(True),
        )
        for question in questions
        if isinstance(question, single.Entry)
    ]


def quiz_shortfalls(
    quiz: QuizFile, head: Head, figures: QuizFigures
) -> Iterator[Problem]:
    line = quiz.yaml.line("questions")
    fewest, most = STANDARD.tiers[head.tier].questions
    if not fewest <= figures.questions <= most:
        what = f"the end quiz has {figures.questions} questions"
        yield Problem(quiz.path, line, what, f"{head.tier} need {fewest} to {most}")
    if figures.kinds < STANDARD.kinds:
        what = f"the end quiz has {figures.kinds} kinds of questions"
        yield Problem(quiz.path, line, what, f"use {STANDARD.kinds} at least")
    if figures.single_share > STANDARD.single_share:
        what = f"{figures.single_share:.0%} of the questions are `single`"
        todo = f"keep to {STANDARD.single_share:.0%}, make some of another kind"
        yield Problem(quiz.path, line, what, todo)
    singles = len(offers(quiz.at_the_end))
    if (
        singles >= STANDARD.fewest_for_longest
        and figures.right_by_longest > STANDARD.longest_in_quiz
    ):
        what = (
            "always picking the longest option is right in "
            f"{figures.right_by_longest:.0%} of the `single` questions"
        )
        todo = f"shorten right options, down to {STANDARD.longest_in_quiz:.0%}"
        yield Problem(quiz.path, line, what, todo)
    for place, question in enumerate(quiz.entry.questions):
        yield from _question_shortfalls(quiz, place, question)
        yield from _word_shortfalls(quiz, place, question)
        yield from _copy_shortfalls(quiz, place, question, head.language)


def _question_shortfalls(
    quiz: QuizFile, place: int, question: QuestionEntry
) -> Iterator[Problem]:
    if isinstance(question, true_false.Entry) and not question.why:
        what = f"{question.id} does not say what a wrong answer mixed up"
        yield Problem(quiz.path, quiz.line(place), what, "add `why`")
    if isinstance(question, single.Entry | multiple.Entry):
        yield from _choice_shortfalls(quiz, place, question)
        yield from _same_shortfalls(quiz, place, question)
        yield from _length_shortfalls(quiz, place, question)


def _choice_shortfalls(
    quiz: QuizFile, place: int, question: single.Entry | multiple.Entry
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, choice in enumerate(question.choices):
        line = quiz.line(place, "choices", number)
        why = normalised(choice.why or "")
        if not choice.right and not why:
            what = f"the wrong choice {choice.text!r} of {question.id} has no `why`"
            todo = "say what someone who picks it has mixed up"
            yield Problem(quiz.path, line, what, todo)
        if why and why in seen:
            what = f"two choices of {question.id} have the same `why`"
            yield Problem(quiz.path, line, what, "say what is wrong with this one")
        seen.add(why)
        if CATCH_ALL.fullmatch(choice.text):
            what = f"{question.id} offers {choice.text!r}"
            todo = "write a choice that says something by itself"
            yield Problem(quiz.path, line, what, todo)


def gist(text: str) -> tuple[str, ...]:
    """The words that are left when signs, capitals and articles do not count."""
    found = sentences.words(normalised(text))
    return tuple(word for word in found if word not in ARTICLES)


def _same_shortfalls(
    quiz: QuizFile, place: int, question: single.Entry | multiple.Entry
) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], str] = {}
    for number, choice in enumerate(question.choices):
        first = seen.setdefault(gist(choice.text), choice.text)
        if first != choice.text:
            what = f"{question.id} offers {first!r} and {choice.text!r}"
            line = quiz.line(place, "choices", number)
            yield Problem(quiz.path, line, what, "write one that says something else")


def _length_shortfalls(
    quiz: QuizFile, place: int, question: single.Entry | multiple.Entry
) -> Iterator[Problem]:
    by_length = sorted((len(choice.text), choice.text) for choice in question.choices)
    # Among a few letters more or less nobody sees a difference.
    shortest = max(by_length[0][0], STANDARD.short_option)
    longest, text = by_length[-1]
    if longest > STANDARD.length_factor * shortest:
        what = (
            f"the choice {text!r} of {question.id} is {longest / shortest:.1f} times "
            f"as long as {by_length[0][1]!r}"
        )
        todo = f"bring them within a factor of {STANDARD.length_factor}"
        line = quiz.line(place, "choices")
        yield Problem(quiz.path, line, what, todo)


def _word_shortfalls(
    quiz: QuizFile, place: int, question: QuestionEntry
) -> Iterator[Problem]:
    lists: list[tuple[tuple[int | str, ...], short.Words]] = []
    if isinstance(question, short.Entry):
        lists = [((), question)]
    elif isinstance(question, gaps.Entry):
        lists = [(("blanks", n), words) for n, words in enumerate(question.blanks)]
    seen: set[str] = set()
    for inside, words in lists:
        for number, word in enumerate(words.wrong):
            if (why := normalised(word.why)) in seen:
                what = f"two wrong words of {question.id} have the same `why`"
                line = quiz.line(place, *inside, "wrong", number)
                yield Problem(quiz.path, line, what, "say what is wrong with this one")
            seen.add(why)


def _copy_shortfalls(
    quiz: QuizFile, place: int, question: QuestionEntry, language: str
) -> Iterator[Problem]:
    for copy in copies(question, language):
        what = f"{copy.text!r} stands in {question.id} itself, where it is right"
        todo = "ask in other words; list a mere near miss under `wrong`"
        yield Problem(quiz.path, quiz.line(place, *copy.place), what, todo)
