"""A sentence beside the quote that it rests on, as the rules compare them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from tutor import names
from tutor.alignment import Alignment
from tutor.framing import Framed, unframed
from tutor.lesson_text import Passage
from tutor.new_words import Surroundings, neighbours
from tutor.quotes import Found
from tutor.wording import Words, read

# Passages whose pairs of words may complete a claim, before its quote and behind it.
BEFORE, BEHIND = 2, 1
# The first words of a sentence, which "it" in the next one most often means.
SUBJECT = 2


@dataclass(frozen=True)
class Evidence:
    sentence: str
    found: Found
    lesson: tuple[Passage, ...]
    question: str
    language: str

    @cached_property
    def framed(self) -> Framed:
        return unframed(self.sentence, self.language)

    @property
    def claim(self) -> str:
        return self.framed.claim

    @property
    def quote(self) -> str:
        return self.found.text

    @cached_property
    def texts(self) -> Alignment:
        claim = read(self.claim, self.language)
        return Alignment(claim, read(self.quote, self.language))

    @cached_property
    def question_words(self) -> Words:
        return read(self.question, self.language)

    @cached_property
    def asked(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.question_words if word.is_content)

    @property
    def known_names(self) -> frozenset[str]:
        lesson = _names_of(self.lesson, self.language)
        return lesson | names.names([self.question_words])

    @property
    def around(self) -> Surroundings:
        first, passages = self.found.first, self.found.passages
        near = self.lesson[max(0, first - BEFORE) : first + len(passages) + BEHIND]
        pairs = [neighbours(_words(passage, self.language)) for passage in near]
        return Surroundings(self.asked, self._subject, frozenset().union(*pairs))

    @property
    def _subject(self) -> frozenset[str]:
        """What the passage before the quote is about, if it is of the same section."""
        first, passages = self.found.first, self.found.passages
        last = self.lesson[max(0, first - 1) : first]
        said = [
            word.stem
            for passage in last
            for word in _words(passage, self.language)
            if word.is_content and passage.heading == passages[0].heading
        ]
        return frozenset(said[:SUBJECT])


@lru_cache(maxsize=64)
def _names_of(lesson: tuple[Passage, ...], language: str) -> frozenset[str]:
    return names.names(_words(passage, language) for passage in lesson)


# Passages only: what a child asks is kept nowhere.
@lru_cache(maxsize=4096)
def _words(passage: Passage, language: str) -> Words:
    return read(passage.text, language)
