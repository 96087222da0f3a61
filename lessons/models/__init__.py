from lessons.models.content import (
    Catalogue,
    Lesson,
    LessonQuerySet,
    Passage,
    Section,
    Term,
    Tier,
    Track,
)
from lessons.models.reading import (
    MistakeReport,
    Progress,
    ProgressEvent,
    ProgressEventQuerySet,
    ProgressQuerySet,
    SyncBatch,
)

__all__ = [
    "Catalogue",
    "Lesson",
    "LessonQuerySet",
    "MistakeReport",
    "Passage",
    "Progress",
    "ProgressEvent",
    "ProgressEventQuerySet",
    "ProgressQuerySet",
    "Section",
    "SyncBatch",
    "Term",
    "Tier",
    "Track",
]
