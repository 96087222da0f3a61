"""The file of one quiz."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Union

from pydantic import Field

from lessons.entries import Entry, check
from lessons.files import LessonFile
from lessons.passages import PassageText, normalised
from lessons.problems import InvalidFiles, Problem
from lessons.text_files import read_text
from lessons.yaml_files import YamlText, read_yaml
from quizzes.answers import QuestionEntry
from quizzes.kinds import KINDS

# Straight quotes for curly ones; between cells of a row nothing, as for emphasis.
COPIED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("*`|;", " "),
    }
)

if TYPE_CHECKING:
    AnyEntry = QuestionEntry
else:
    AnyEntry = Annotated[
        Union[tuple(kind.Entry for kind in KINDS.values())],  # noqa: UP007
        Field(discriminator="kind"),
    ]


class QuizEntry(Entry):
    pass_share: Annotated[float, Field(alias="pass", gt=0, le=1)] = 0.7
    access: Literal["practice", "closed"] = "practice"
    questions: Annotated[list[AnyEntry], Field(min_length=1)]


@dataclass
class QuizFile:
    path: Path
    text: str
    entry: QuizEntry
    yaml: YamlText
    # For each question the keys of the passages that settle it.
    passages: dict[str, list[str]] = field(default_factory=dict)

    @property
    def at_the_end(self) -> list[QuestionEntry]:
        return [q for q in self.entry.questions if not q.in_lesson]

    def line(self, place: int, *location: int | str) -> int:
        return self.yaml.line("questions", place, *location)


def quiz_path(lesson: Path) -> Path:
    return lesson.with_suffix(".quiz.yaml")


def read_quiz(path: Path) -> QuizFile:
    """The quiz in a file; all that is wrong in the file itself is raised."""
    text = read_text(path)
    yaml = read_yaml(path, text)
    quiz = QuizFile(path, text, check(yaml, QuizEntry), yaml)
    if problems := list(_check_questions(quiz)):
        raise InvalidFiles(problems)
    return quiz


def _check_questions(quiz: QuizFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, question in enumerate(quiz.entry.questions):
        if question.id in seen:
            line = quiz.line(place, "id")
            what = f"the question {question.id} stands here a second time"
            yield Problem(quiz.path, line, what, "give it an id of its own")
        seen.add(question.id)
        for fault in KINDS[question.kind].faults(question):
            line = quiz.line(place, *fault.place)
            yield Problem(quiz.path, line, fault.what, fault.todo)
    if not quiz.at_the_end:
        what = "every question is asked inside the text"
        todo = "add questions without `in_lesson: true` for the end of the lesson"
        yield Problem(quiz.path, quiz.yaml.line("questions"), what, todo)


def settle(quiz: QuizFile, lesson: LessonFile) -> Iterator[Problem]:
    """Find the passage behind each question, and where quiz and lesson disagree."""
    for place, question in enumerate(quiz.entry.questions):
        found = [p for p in lesson.passages if _stands_in(question.see, p)]
        quiz.passages[question.id] = [passage.key for passage in found]
        line = quiz.line(place, "see")
        if not found:
            what = f"no passage of the lesson holds the words {question.see!r}"
            yield Problem(quiz.path, line, what, _suggestion(question.see, lesson))
        elif len(found) > 1:
            lines = " and ".join(dict.fromkeys(str(passage.line) for passage in found))
            what = f"the words {question.see!r} stand in several passages, line {lines}"
            yield Problem(quiz.path, line, what, "quote more words, to fit one only")
    yield from _check_sections(quiz, lesson)


def _stands_in(words: str, passage: PassageText) -> bool:
    return _as_copied(words) in _as_copied(passage.text)


def _as_copied(text: str) -> str:
    """Without the signs that get lost, or come along, when words are copied."""
    return " ".join(normalised(text).translate(COPIED).split())


def _suggestion(see: str, lesson: LessonFile) -> str:
    """Words come and go in editing; the passage that shares most is likely meant."""
    wanted = set(normalised(see).split())
    nearest = max(
        lesson.passages,
        key=lambda passage: len(wanted & set(normalised(passage.text).split())),
        default=None,
    )
    copy = "copy words from one sentence, list item or table row"
    return f"{copy}, perhaps line {nearest.line}" if nearest else copy


def _check_sections(quiz: QuizFile, lesson: LessonFile) -> Iterator[Problem]:
    questions = {question.id: question for question in quiz.entry.questions}
    for key, section in lesson.checks.items():
        name = f'the section "{section.title}" asks the question {key}'
        if key not in questions:
            what, todo = f"{name}, which is not in the quiz", "add it, or mend the id"
            yield Problem(lesson.path, section.line, what, todo)
        elif not questions[key].in_lesson:
            what, todo = f"{name} of the end quiz", "give that one `in_lesson: true`"
            yield Problem(lesson.path, section.line, what, todo)
    for place, question in enumerate(quiz.entry.questions):
        if question.in_lesson and question.id not in lesson.checks:
            what = f"no section asks the question {question.id}"
            todo = f"add one with question={question.id}, or take `in_lesson` out"
            yield Problem(quiz.path, quiz.line(place), what, todo)
        if question.in_lesson and question.hint:
            what = f"the check question {question.id} has a hint"
            todo = "take it out: the lesson stands around it"
            yield Problem(quiz.path, quiz.line(place), what, todo)
