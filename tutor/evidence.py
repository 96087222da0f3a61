"""A sentence beside the quote that it rests on, as the rules compare them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from tutor import names
from tutor.alignment import Alignment, Words
from tutor.framing import Framed, unframed
from tutor.lesson_text import Passage
from tutor.new_words import Surroundings, neighbours
from tutor.opposites import stems_of
from tutor.quotes import Found
from tutor.wording import plain, read

# Passages whose pairs of words may complete a claim, before its quote and behind it.
BEFORE, BEHIND = 2, 1


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
        return Alignment(claim, _words(self.quote, self.language))

    @cached_property
    def is_part(self) -> bool:
        """Whether the quote has the claim word for word."""
        claim = self.claim.rstrip(".!?").casefold()
        return claim in plain(self.quote).casefold()

    @property
    def question_words(self) -> Words:
        return _words(self.question, self.language)

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
        last = self.lesson[max(0, first - 1) : first]
        before = [p.text for p in last if p.heading == passages[0].heading]
        stems = [
            stems_of([w for w in _words(text, self.language) if w.is_content])
            for text in before
        ]
        stems.append(stems_of(_words(passages[0].heading, self.language)))
        pairs = [neighbours(_words(passage.text, self.language)) for passage in near]
        return Surroundings(
            self.asked, frozenset().union(*stems), frozenset().union(*pairs)
        )


@lru_cache(maxsize=64)
def _names_of(lesson: tuple[Passage, ...], language: str) -> frozenset[str]:
    return names.names(_words(passage.text, language) for passage in lesson)


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> Words:
    return read(text, language)
