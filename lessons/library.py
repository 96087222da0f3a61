"""A folder of lessons: tracks.yaml, terms.yaml and lessons/<tier>/<track>/."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from lessons.entries import check, is_slug
from lessons.files import LessonFile, TermEntry, TrackEntry, read_lesson
from lessons.layout import lay_out
from lessons.models import Tier
from lessons.problems import InvalidFiles, Problem
from lessons.terms import TermLinks
from lessons.text_files import read_text
from lessons.yaml_files import read_yaml

Listed = TypeVar("Listed", TrackEntry, TermEntry)


@dataclass
class Library:
    folder: Path
    tracks: dict[str, TrackEntry] = field(default_factory=dict)
    terms: dict[str, TermEntry] = field(default_factory=dict)
    lessons: dict[str, LessonFile] = field(default_factory=dict)
    # Also of lessons that could not be read, so that these are not missed twice.
    slugs: set[str] = field(default_factory=set)
    has_tracks: bool = False
    has_terms: bool = False

    def in_order(self) -> list[LessonFile]:
        """The lessons as the catalogue shows them: by tier, track and order."""
        tiers, tracks = list(Tier.values), list(self.tracks)
        return sorted(
            self.lessons.values(),
            key=lambda lesson: (
                tiers.index(lesson.head.tier),
                tracks.index(lesson.head.track),
                lesson.head.order,
                lesson.slug,
            ),
        )

    def key_terms(self, lesson: LessonFile) -> list[dict[str, str]]:
        """The lesson's terms in the words of its tier."""
        terms = [self.terms[term] for term in lesson.head.terms]
        return [
            {
                "id": term.id,
                "name": term.term,
                "definition": term.definition(lesson.head.tier) or "",
            }
            for term in terms
        ]


def read_library(
    folder: Path, on_lesson: Callable[[], object] = lambda: None
) -> tuple[Library, list[Problem]]:
    """All that can be read of a folder, and everything wrong in it."""
    library = Library(folder)
    problems: list[Problem] = []
    tracks = _read_list(folder / "tracks.yaml", list[TrackEntry], problems)
    terms = _read_list(folder / "terms.yaml", list[TermEntry], problems)
    library.tracks, library.has_tracks = tracks or {}, tracks is not None
    library.terms, library.has_terms = terms or {}, terms is not None
    paths = lesson_paths(folder)
    if not paths:
        what = "there are no lessons"
        todo = "give a folder that holds tracks.yaml, terms.yaml and lessons/"
        problems.append(Problem(folder / "lessons", 1, what, todo))
    problems += _misplaced(folder, paths)
    for path in paths:
        _read_one(path, library, problems)
        on_lesson()
    for lesson in library.lessons.values():
        problems += _unknown_names(library, lesson)
        _lay_out(library, lesson)
    return library, problems


def lesson_paths(folder: Path) -> list[Path]:
    found = (folder / "lessons").rglob("*.md")
    return sorted(path for path in found if not path.name.startswith("."))


def _misplaced(folder: Path, paths: list[Path]) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path in paths:
        if len(_place(folder, path)) != 3:
            todo = "move it to lessons/<tier>/<track>/"
            yield Problem(path, 1, "the lesson stands in the wrong folder", todo)
        if not is_slug(path.stem):
            what = "the file's name cannot be an address"
            todo = "rename it: up to 80 small letters, digits and single hyphens"
            yield Problem(path, 1, what, todo)
        if path.stem in seen:
            other = seen[path.stem].relative_to(folder)
            what = f"{other} has the same name"
            yield Problem(path, 1, what, "rename one of the two")
        seen.setdefault(path.stem, path)


def _read_list(
    path: Path, shape: type[list[Listed]], problems: list[Problem]
) -> dict[str, Listed] | None:
    try:
        text = read_yaml(path, read_text(path))
        entries = check(text, shape)
    except InvalidFiles as invalid:
        problems += invalid.problems
        return None
    found: dict[str, Listed] = {}
    for place, entry in enumerate(entries):
        if entry.id in found:
            what = f"{entry.id} stands here a second time"
            problems.append(Problem(path, text.line(place), what, "keep one"))
        found[entry.id] = entry
    return found


def _read_one(path: Path, library: Library, problems: list[Problem]) -> None:
    library.slugs.add(path.stem)
    try:
        lesson = read_lesson(path)
    except InvalidFiles as invalid:
        problems += invalid.problems
        return
    problems += _check_place(library.folder, lesson)
    library.lessons.setdefault(path.stem, lesson)


def _check_place(folder: Path, lesson: LessonFile) -> Iterator[Problem]:
    place = _place(folder, lesson.path)
    if len(place) != 3:
        return
    for key, stands_in in zip(("tier", "track"), place, strict=False):
        if (said := getattr(lesson.head, key)) != stands_in:
            what = f"the lesson stands in {stands_in}/ but its {key} is {said}"
            todo = f"move the file, or mend the {key}"
            yield Problem(lesson.path, lesson.line(key), what, todo)


def _place(folder: Path, path: Path) -> tuple[str, ...]:
    return path.relative_to(folder / "lessons").parts


def _unknown_names(library: Library, lesson: LessonFile) -> Iterator[Problem]:
    head = lesson.head
    if library.has_tracks and head.track not in library.tracks:
        what = f"there is no track {head.track}"
        todo = "add it to tracks.yaml, or mend the name"
        yield Problem(lesson.path, lesson.line("track"), what, todo)
    for key in ("related", "same_as", "prerequisites"):
        for place, slug in enumerate(getattr(head, key)):
            line = lesson.line(key, place)
            if slug == lesson.slug:
                what = f"`{key}` names the lesson itself"
                yield Problem(lesson.path, line, what, "take it out")
            elif slug not in library.slugs:
                what = f"`{key}` names the lesson {slug}, which is not there"
                yield Problem(lesson.path, line, what, "mend the name or take it out")
    if library.has_terms:
        yield from _unknown_terms(library, lesson)


def _unknown_terms(library: Library, lesson: LessonFile) -> Iterator[Problem]:
    tier = lesson.head.tier
    for place, name in enumerate(lesson.head.terms):
        line = lesson.line("terms", place)
        term = library.terms.get(name)
        if term is None:
            what = f"the term {name} is not in terms.yaml"
            yield Problem(lesson.path, line, what, "add it there, or mend the name")
        elif not term.definition(tier):
            what = f"the term {name} has no definition for {tier}"
            todo = f"add one as `{tier}:` in terms.yaml"
            yield Problem(lesson.path, line, what, todo)


def _lay_out(library: Library, lesson: LessonFile) -> None:
    known = [library.terms[t] for t in lesson.head.terms if t in library.terms]
    links = TermLinks.of({term.id: term.term for term in known})
    lesson.layouts = [lay_out(section, links) for section in lesson.sections]
    lesson.unused_terms = list(links.waiting)
