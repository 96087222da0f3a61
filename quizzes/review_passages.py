"""What the lesson says where a review missed it: the passage itself, quoted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from lessons.models import Passage
from quizzes.marks import Mark
from quizzes.models import Attempt, Question
from quizzes.sittings import Sitting


def quote_passages(sitting: Sitting, shown: Iterable[Question]) -> None:
    """Put the passages into a review's marks that are not right; one query."""
    if sitting.purpose != Attempt.Purpose.REVIEW or not sitting.shows_marks:
        return
    marks = (sitting.marks.get(question.pk) for question in shown)
    missed = [mark for mark in marks if mark and not mark.is_right]
    if not missed:
        return
    texts = passages_of(missed)
    for mark in missed:
        lesson = mark.question.quiz.lesson_id
        found = [texts.get((lesson, key)) for key in mark.question.passages]
        quoted = tuple(dict.fromkeys(passage for passage in found if passage))
        sitting.marks[mark.question.pk] = replace(mark, passages=quoted)


def passages_of(marks: Iterable[Mark]) -> dict[tuple[int | None, str], Passage]:
    """By lesson, and by the key that a passage has or once had."""
    wanted = [(mark.question.quiz.lesson_id, mark.question.passages) for mark in marks]
    keys = {key for _, passages in wanted for key in passages}
    rows = Passage.objects.filter(lesson__in={lesson for lesson, _ in wanted if lesson})
    found: dict[tuple[int | None, str], Passage] = {}
    # Those that had other keys come along: not every database looks into a list.
    for passage in rows.filter(Q(key__in=keys) | ~Q(aliases=[])):
        for alias in passage.aliases:
            found.setdefault((passage.lesson_id, alias), passage)
        if passage.key in keys:
            found[passage.lesson_id, passage.key] = passage
    return found
