"""What the tutor may answer from: the visible passages of one lesson."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.models import Lesson


@dataclass(frozen=True)
class Passage:
    """One sentence, list item or table row of a lesson, and the heading above it."""

    key: str
    text: str
    heading: str = ""


def passages_of(lesson: Lesson) -> list[Passage]:
    """In the order of the page; never keys or explanations of questions."""
    rows = lesson.passages.select_related("section").only(
        "key", "text", "position", "lesson", "section__title"
    )
    return [Passage(row.key, row.text, row.section.title) for row in rows]
