"""Words of a text by their stems, which plurals and tenses share."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from snowballstemmer import stemmer

from lessons.sentences import words

WORDS = Path(__file__).parent / "words"
# Languages whose stems, negations and signs of danger have tests.
STEMMERS = {"en": "english"}
# Words that say nothing of what a sentence is about.
FUNCTION_WORDS = frozenset((WORDS / "function-words.en.txt").read_text().split())


# No more than that: among the words are those of children.
@lru_cache(maxsize=4096)
def _stem(word: str, language: str) -> str:
    return str(stemmer(STEMMERS[language]).stemWord(word))


def parts(text: str) -> list[str]:
    """The words in small letters; both halves of ``fine-tuning``, no ``'s``."""
    found = []
    for word in words(text.casefold().replace("\u2019", "'")):
        found += [part.removesuffix("'s").strip("'") for part in word.split("-")]
    return [part for part in found if part]


def stems(text: str, language: str = "en") -> list[str]:
    """A stem for each word, in their order."""
    return [_stem(part, language) for part in parts(text)]


def content_stems(text: str, language: str = "en") -> list[str]:
    """Stems of the words that say what the text is about."""
    about = [part for part in parts(text) if part not in FUNCTION_WORDS]
    return [_stem(part, language) for part in about]
