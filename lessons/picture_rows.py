"""The rows of pictures."""

from __future__ import annotations

from lessons.library import Library
from lessons.models import Lesson, Picture


def replace_pictures(library: Library, rows: list[Lesson]) -> None:
    Picture.objects.filter(lesson__in=rows).delete()
    Picture.objects.bulk_create(
        Picture(
            lesson=row,
            name=picture.name,
            digest=picture.digest,
            content_type=picture.content_type,
            content=picture.content,
        )
        for row in rows
        for picture in library.lessons[row.slug].pictures.values()
    )
