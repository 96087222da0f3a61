"""The lessons and passages that items of a device name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from lessons.device import Outcome, ReadingItem, Reason
from lessons.models import Lesson, Passage, ProgressEvent, SyncBatch
from tendril.accounts.models import User


@dataclass(frozen=True, slots=True)
class Places:
    """Where items happened, under the keys that passages have now."""

    received_at: dt.datetime
    lessons: dict[str, int]
    passages: dict[tuple[int, str], str]

    @classmethod
    def named_in(cls, items: Sequence[ReadingItem]) -> Places:
        slugs = {item.lesson for item in items}
        lessons = dict(Lesson.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        reached = {lessons.get(item.lesson) for item in items if item.passage}
        passages: dict[tuple[int, str], str] = {}
        rows = Passage.objects.filter(lesson__in=reached - {None})
        for lesson, key, aliases in rows.values_list("lesson_id", "key", "aliases"):
            for alias in aliases:
                passages.setdefault((lesson, alias), key)
            passages[lesson, key] = key
        return cls(timezone.now(), lessons, passages)

    def refuse(self, item: ReadingItem) -> Outcome | None:
        lesson = self.lessons.get(item.lesson)
        if lesson is None:
            return Outcome.rejected(item, Reason.UNKNOWN_LESSON)
        is_nowhere = item.passage and (lesson, item.passage) not in self.passages
        if is_nowhere or (item.kind == "reached" and not item.passage):
            return Outcome.rejected(item, Reason.UNKNOWN_PASSAGE)
        return None

    def event(
        self, item: ReadingItem, student: User, batch: SyncBatch | None
    ) -> ProgressEvent:
        lesson = self.lessons[item.lesson]
        return ProgressEvent(
            id=item.id,
            batch=batch,
            student=student,
            lesson_id=lesson,
            kind=item.kind,
            passage_key=self.passages.get((lesson, item.passage), ""),
            happened_at=item.moment(self.received_at),
        )
