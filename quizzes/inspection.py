"""Measuring a whole folder of lessons and quizzes against the standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from lessons.files import LessonFile
from lessons.problems import Problem
from quizzes import guessing
from quizzes.bank import Bank
from quizzes.files import QuizFile
from quizzes.guessing import LONGEST, Offer
from quizzes.kinds import KINDS
from quizzes.lesson_map import map_shortfalls
from quizzes.lesson_measures import (
    TextFigures,
    other_shortfalls,
    repeated_sentences,
    text_shortfalls,
)
from quizzes.question_measures import QuizFigures, offers, quiz_shortfalls
from quizzes.standard import STANDARD


@dataclass(frozen=True)
class BankFigures:
    lessons: int
    questions: int
    kinds: dict[str, int]
    # Shares of right answers, by guess.
    right_by: dict[str, float]
    right_by_chance: float
    evenness: float

    @property
    def most_by_guessing(self) -> float:
        return self.right_by_chance + STANDARD.gain_by_guessing


@dataclass(frozen=True)
class Inspection:
    texts: dict[str, TextFigures]
    quizzes: dict[str, QuizFigures]
    bank: BankFigures
    shortfalls: list[Problem]

    def as_json(self) -> dict[str, Any]:
        return {
            "lessons": {
                slug: asdict(text) | asdict(self.quizzes[slug])
                for slug, text in self.texts.items()
            },
            "bank": asdict(self.bank),
            "shortfalls": [problem.as_json() for problem in self.shortfalls],
        }


def inspect(bank: Bank) -> Inspection:
    lessons = {lesson.slug: lesson for lesson in bank.library.in_order()}
    texts = {slug: TextFigures.of(lesson) for slug, lesson in lessons.items()}
    quizzes = {slug: QuizFigures.of(bank.quizzes[slug]) for slug in lessons}
    figures = _bank_figures(bank)
    shortfalls = [*map_shortfalls(lessons), *repeated_sentences(lessons)]
    for slug, lesson in lessons.items():
        quiz = bank.quizzes[slug]
        shortfalls += text_shortfalls(lesson, texts[slug])
        shortfalls += other_shortfalls(lesson, _sections_asked_about(lesson, quiz))
        shortfalls += quiz_shortfalls(quiz, lesson.head, quizzes[slug])
    shortfalls += _bank_shortfalls(bank, figures)
    return Inspection(texts, quizzes, figures, sorted(shortfalls))


def _sections_asked_about(lesson: LessonFile, quiz: QuizFile) -> set[str]:
    section_of = {passage.key: passage.section for passage in lesson.passages}
    return {section_of[key] for keys in quiz.passages.values() for key in keys}


def _offers(bank: Bank) -> list[Offer]:
    return [
        offer for quiz in bank.quizzes.values() for offer in offers(quiz.at_the_end)
    ]


def _bank_figures(bank: Bank) -> BankFigures:
    found = _offers(bank)
    kinds = Counter(q.kind for quiz in bank.quizzes.values() for q in quiz.at_the_end)
    return BankFigures(
        lessons=len(bank.library.lessons),
        questions=kinds.total(),
        kinds={kind: kinds[kind] for kind in KINDS},
        right_by={
            name: round(share, 3) for name, share in guessing.shares(found).items()
        },
        right_by_chance=round(guessing.chance(found), 3),
        evenness=round(guessing.evenness(found), 3),
    )


def _bank_shortfalls(bank: Bank, figures: BankFigures) -> Iterator[Problem]:
    path = bank.library.folder / "lessons"
    by_longest = figures.right_by[LONGEST]
    if by_longest > STANDARD.longest_in_bank:
        what = (
            f"always picking {LONGEST} is right in {by_longest:.0%} of all "
            "`single` questions"
        )
        todo = f"shorten right options, down to {STANDARD.longest_in_bank:.0%}"
        yield Problem(path, 1, what, todo)
    bar = figures.most_by_guessing
    for guess, share in figures.right_by.items():
        if share > bar:
            what = f"always picking {guess} is right in {share:.0%} of all `single` questions"
            todo = f"change options so that it is at most {bar:.0%}"
            yield Problem(path, 1, what, todo)
    if figures.evenness <= STANDARD.evenness:
        what = f"right answers have favourite places (p = {figures.evenness:.3f})"
        yield Problem(path, 1, what, "move some of them")
