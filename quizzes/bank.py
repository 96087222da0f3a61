"""The lessons of a folder together with their quizzes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lessons.library import Library, lesson_paths, read_library
from lessons.problems import InvalidFiles, Problem
from quizzes.files import QuizFile, quiz_path, read_quiz, settle


@dataclass
class Bank:
    library: Library
    # By the slug of the lesson.
    quizzes: dict[str, QuizFile] = field(default_factory=dict)


def read_bank(folder: Path, on_lesson: Callable[[], object] = lambda: None) -> Bank:
    """Everything in a folder, or else everything that is wrong in it."""
    folder = folder.resolve()
    library, problems = read_library(folder, on_lesson)
    bank = Bank(library)
    paths = lesson_paths(folder)
    problems += _quizzes_alone(folder, paths)
    for path in paths:
        problems += _read_quiz(bank, path)
    if problems:
        raise InvalidFiles(problems)
    return bank


def _quizzes_alone(folder: Path, lessons: list[Path]) -> Iterator[Problem]:
    paired = {quiz_path(lesson) for lesson in lessons}
    for path in (folder / "lessons").rglob("*.quiz.y*ml"):
        if path not in paired and not path.name.startswith("."):
            lesson = path.name.partition(".")[0] + ".md"
            if path.suffix == ".yml" and path.with_suffix(".yaml") in paired:
                todo = f"rename it to {path.stem}.yaml"
                yield Problem(path, 1, "a quiz ends in .yaml", todo)
                continue
            what = f"the quiz has no lesson {lesson} beside it"
            yield Problem(path, 1, what, "write the lesson, or rename the quiz")


def _read_quiz(bank: Bank, path: Path) -> Iterator[Problem]:
    if not quiz_path(path).exists():
        todo = f"write {quiz_path(path).name} beside it"
        yield Problem(path, 1, "the lesson has no quiz", todo)
        return
    try:
        quiz = read_quiz(quiz_path(path))
    except InvalidFiles as invalid:
        yield from invalid.problems
        return
    bank.quizzes[path.stem] = quiz
    lesson = bank.library.lessons.get(path.stem)
    if lesson and lesson.path == path:
        yield from settle(quiz, lesson)
