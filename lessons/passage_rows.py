"""The rows of sections and passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count

from lessons import models
from lessons.library import Library
from lessons.models import Lesson, Passage
from lessons.passages import KnownPassage
from lessons.sections import Section


def known_passages(rows: Iterable[Lesson]) -> dict[int, list[KnownPassage]]:
    """By the lesson's pk, as the last load left them."""
    found: dict[int, list[KnownPassage]] = defaultdict(list)
    passages = Passage.objects.filter(lesson__in=list(rows)).select_related("section")
    for passage in passages:
        known = KnownPassage(
            passage.key, passage.text, passage.section.key, tuple(passage.aliases)
        )
        found[passage.lesson_id].append(known)
    return found


def replace_sections(
    library: Library,
    rows: list[Lesson],
    former: Mapping[str, Mapping[str, list[str]]],
) -> None:
    """Write sections and passages anew: no record of a student points at them."""
    Passage.objects.filter(lesson__in=rows).delete()
    models.Section.objects.filter(lesson__in=rows).delete()
    sections, passages = [], []
    for row in rows:
        position = count(1)
        for place, laid in enumerate(library.lessons[row.slug].layouts):
            section = _section(row, laid.section, place)
            sections.append(section)
            passages += [
                Passage(
                    lesson=row,
                    section=section,
                    key=passage.key,
                    aliases=former[row.slug].get(passage.key, []),
                    text=passage.text,
                    position=next(position),
                )
                for passage in laid.passages
            ]
    models.Section.objects.bulk_create(sections)
    Passage.objects.bulk_create(passages)


def _section(row: Lesson, section: Section, position: int) -> models.Section:
    return models.Section(
        lesson=row,
        key=section.id,
        kind=section.kind,
        title=section.title,
        position=position,
    )
