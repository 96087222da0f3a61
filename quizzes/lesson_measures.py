"""Measuring the text of lessons against the standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lessons import readability
from lessons.files import LessonFile
from lessons.passages import PassageText, normalised
from lessons.problems import Problem
from lessons.sentences import spans, words
from quizzes.facts import facts
from quizzes.standard import STANDARD

# Sections that teach, each of which a question must ask about.
TAUGHT = ("idea", "examples", "comparison")


@dataclass(frozen=True)
class Sentence:
    words: list[str]
    line: int


@dataclass(frozen=True)
class TextFigures:
    words: int
    grade: float | None
    mean_sentence: float
    longest_sentence: int

    @classmethod
    def of(cls, lesson: LessonFile) -> TextFigures:
        found = sentences(lesson)
        sizes = [len(sentence.words) for sentence in found]
        is_english = lesson.head.language.partition("-")[0] == "en"
        spoken = [sentence.words for sentence in found]
        return cls(
            words=sum(len(words(passage.text)) for passage in lesson.passages),
            grade=round(readability.grade(spoken), 1) if is_english else None,
            mean_sentence=round(sum(sizes) / max(len(sizes), 1), 1),
            longest_sentence=max(sizes, default=0),
        )


def sentences(lesson: LessonFile) -> list[Sentence]:
    """The running text; what stands in tables is not made of sentences."""
    return [
        Sentence(words(passage.text[start:end]), passage.line)
        for passage in lesson.passages
        if not passage.is_row
        for start, end in spans(passage.text)
    ]


def text_shortfalls(lesson: LessonFile, figures: TextFigures) -> Iterator[Problem]:
    tier = lesson.head.tier
    bars = STANDARD.tiers[tier]
    fewest, most = bars.words
    if figures.words < fewest:
        what = f"the lesson has {figures.words} words, {tier} need {fewest}"
        yield Problem(lesson.path, 1, what, f"add {fewest - figures.words}")
    if figures.words > most:
        what = f"the lesson has {figures.words} words, {tier} bear {most}"
        yield Problem(lesson.path, 1, what, f"cut {figures.words - most}")
    if figures.grade is not None and figures.grade > bars.grade:
        what = f"the reading level is {figures.grade}, {tier} bear {bars.grade}"
        todo = "use shorter sentences and words of fewer syllables"
        yield Problem(lesson.path, 1, what, todo)
    if figures.mean_sentence > bars.mean_sentence:
        what = (
            f"a sentence has {figures.mean_sentence} words on average, "
            f"{tier} bear {bars.mean_sentence:g}"
        )
        yield Problem(lesson.path, 1, what, "divide the longest ones")
    for sentence in sentences(lesson):
        if len(sentence.words) > bars.longest_sentence:
            start = " ".join(sentence.words[:5])
            what = f'the sentence "{start} …" has {len(sentence.words)} words'
            todo = f"divide it; {tier} bear {bars.longest_sentence}"
            yield Problem(lesson.path, sentence.line, what, todo)


def other_shortfalls(lesson: LessonFile, asked_about: set[str]) -> Iterator[Problem]:
    """Unused terms, sections without a question, and facts without a source."""
    for place, term in enumerate(lesson.head.terms):
        if term in lesson.unused_terms:
            what = f"the text never uses the term {term}"
            todo = "use it as it is written in terms.yaml, or take it out"
            yield Problem(lesson.path, lesson.line("terms", place), what, todo)
    for section in lesson.sections:
        if section.kind in TAUGHT and section.id not in asked_about:
            what = f'no question is about the section "{section.title}"'
            todo = "ask one whose `see` stands in it"
            yield Problem(lesson.path, section.line, what, todo)
    if not lesson.head.sources:
        for passage in lesson.passages:
            if fact := next(facts(passage.text), None):
                what = f'"{fact}" stands here without a source'
                todo = "say under `sources` where it comes from, or leave it out"
                yield Problem(lesson.path, passage.line, what, todo)


def repeated_sentences(lessons: Mapping[str, LessonFile]) -> Iterator[Problem]:
    seen: dict[str, tuple[LessonFile, PassageText]] = {}
    for lesson in lessons.values():
        for passage in lesson.passages:
            for start, end in spans(passage.text):
                sentence = passage.text[start:end]
                if len(words(sentence)) < STANDARD.repeated_words:
                    continue
                first, where = seen.setdefault(normalised(sentence), (lesson, passage))
                if first is not lesson:
                    what = f"{first.slug} says the same in line {where.line}"
                    todo = "say it in other words"
                    yield Problem(lesson.path, passage.line, what, todo)
