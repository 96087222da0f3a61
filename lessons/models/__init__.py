from lessons.models.content import (
    Catalogue,
    Lesson,
    LessonQuerySet,
    Passage,
    Picture,
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
    "Picture",
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
