"""Measuring a whole folder of lessons and quizzes against the standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from lessons.files import LessonFile
from lessons.problems import Problem
from quizzes import guessing
from quizzes.bank import Bank
from quizzes.files import QuizFile
from quizzes.guessing import Offer
from quizzes.lesson_measures import (
    TextFigures,
    lonely_lessons,
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
    single: int
    right_by_longest: float
    best_guess: str
    right_by_best_guess: float
    right_by_chance: float
    evenness: float


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
    shortfalls = [*lonely_lessons(lessons), *repeated_sentences(lessons)]
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
    best, share = guessing.best_guess(found)
    return BankFigures(
        lessons=len(bank.library.lessons),
        questions=sum(len(quiz.at_the_end) for quiz in bank.quizzes.values()),
        single=len(found),
        right_by_longest=round(guessing.longest_share(found), 3),
        best_guess=best,
        right_by_best_guess=round(share, 3),
        right_by_chance=round(guessing.chance(found), 3),
        evenness=round(guessing.evenness(found), 3),
    )


def _bank_shortfalls(bank: Bank, figures: BankFigures) -> Iterator[Problem]:
    path = bank.library.folder / "lessons"
    if figures.right_by_longest > STANDARD.longest_in_bank:
        what = (
            "always picking the longest option is right in "
            f"{figures.right_by_longest:.0%} of all `single` questions"
        )
        todo = f"shorten right options, down to {STANDARD.longest_in_bank:.0%}"
        yield Problem(path, 1, what, todo)
    bar = figures.right_by_chance + STANDARD.gain_by_guessing
    if figures.right_by_best_guess > bar:
        what = (
            f"always picking {figures.best_guess} is right in "
            f"{figures.right_by_best_guess:.0%} of all `single` questions"
        )
        yield Problem(path, 1, what, f"change options so that it is at most {bar:.0%}")
    if figures.evenness <= STANDARD.evenness:
        what = f"right answers have favourite places (p = {figures.evenness:.3f})"
        yield Problem(path, 1, what, "move some of them")
