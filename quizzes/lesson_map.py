"""How the lessons lead to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lessons.files import LessonFile
from lessons.problems import Problem

Lessons = Mapping[str, LessonFile]


def map_shortfalls(lessons: Lessons) -> Iterator[Problem]:
    """Lessons that a reader who follows the links cannot reach, or not in order."""
    yield from _lonely(lessons)
    yield from _apart(lessons)
    yield from _one_sided(lessons)
    yield from _circular(lessons)


def neighbours(lessons: Lessons) -> dict[str, set[str]]:
    """The lessons that each one names, or is named by, under any key."""
    found: dict[str, set[str]] = {slug: set() for slug in lessons}
    for slug, lesson in lessons.items():
        head = lesson.head
        for other in (*head.related, *head.same_as, *head.prerequisites):
            if other in found:
                found[slug].add(other)
                found[other].add(slug)
    return found


def reached(links: Mapping[str, set[str]], start: str) -> set[str]:
    """What links lead to, in any number of steps; the start among it."""
    seen, waiting = {start}, [start]
    while waiting:
        new = links[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def _lonely(lessons: Lessons) -> Iterator[Problem]:
    named = {
        slug
        for lesson in lessons.values()
        for slugs in (lesson.head.related, lesson.head.same_as)
        for slug in slugs
    }
    for slug, lesson in lessons.items():
        if slug not in named and len(lessons) > 1:
            what = "no other lesson leads here"
            todo = f"name {slug} under `related` of one that goes before"
            yield Problem(lesson.path, 1, what, todo)


def _apart(lessons: Lessons) -> Iterator[Problem]:
    """One problem for each island beside the one with the first lesson."""
    links = neighbours(lessons)
    seen: set[str] = set()
    for slug, lesson in lessons.items():
        if slug in seen:
            continue
        if seen:
            first = next(iter(lessons))
            what = f"no way leads from here to {first}"
            todo = "name a lesson of the others under `related`"
            yield Problem(lesson.path, lesson.line("related"), what, todo)
        seen |= reached(links, slug)


def _one_sided(lessons: Lessons) -> Iterator[Problem]:
    for slug, lesson in lessons.items():
        for place, other in enumerate(lesson.head.same_as):
            line = lesson.line("same_as", place)
            if lessons[other].head.tier == lesson.head.tier:
                what = f"`same_as` names {other}, which is for the same tier"
                yield Problem(lesson.path, line, what, "name it under `related`")
            elif slug not in lessons[other].head.same_as:
                what = f"`same_as` names {other}, which does not name this one"
                yield Problem(lesson.path, line, what, f"name {slug} there too")


def _circular(lessons: Lessons) -> Iterator[Problem]:
    needed = {slug: set(lesson.head.prerequisites) for slug, lesson in lessons.items()}
    for slug, lesson in lessons.items():
        for place, other in enumerate(lesson.head.prerequisites):
            if slug in reached(needed, other):
                what = f"{other} comes before this lesson, and this one before {other}"
                line = lesson.line("prerequisites", place)
                yield Problem(lesson.path, line, what, "take one of the two out")
