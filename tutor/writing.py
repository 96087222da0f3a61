"""What the outside model answers to a question, as far as the lesson proves it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

from tutor import llm, moderation, prompts
from tutor.proving import Asked, Proven, proven
from tutor.receipts import Outside
from tutor.retrieval import index_of, rank

# Best passages that are sent, each with those beside it.
MOST_PLACES = 6


class Declined(Exception):
    """The moderation has flagged the question."""

    def __init__(self, *, is_danger: bool) -> None:
        super().__init__()
        self.is_danger = is_danger


def claims(asked: Asked, outside: Outside) -> Generator[Proven, None, None]:
    """Each as soon as it is proven. No database is needed while one is waited for.

    Raises Declined, and TryAgain or NotUsable of `llm` where no whole answer comes:
    then those that came before are none, either.
    """
    word = moderation.word_on(asked.question, outside)
    if word in (moderation.Word.FLAGGED, moderation.Word.DANGER):
        raise Declined(is_danger=word is moderation.Word.DANGER)
    if word is moderation.Word.UNSURE:
        raise llm.NotUsable("nobody knows whether it may be sent")
    sent = chosen(asked)
    if not sent:
        return
    prompt = prompts.answering(asked.question, sent, asked.kind)
    longest = outside.send("answer", prompt.text)
    usage = llm.Usage()
    shown: set[str] = set()
    try:
        with closing(llm.drafts(prompt, usage, longest)) as drafts:
            for draft in drafts:
                claim = proven(draft, asked, outside)
                if claim and claim.sentence not in shown:
                    shown.add(claim.sentence)
                    yield claim
    finally:
        outside.count(usage.tokens)


def chosen(asked: Asked) -> list[str]:
    """The passages that the model gets to see, in the lesson's order."""
    index = index_of(asked.passages, asked.language)
    ranked = rank(asked.question, asked.passages, asked.language)[:MOST_PLACES]
    places = {one.place for one in ranked}
    places |= {n for n, p in enumerate(asked.passages) if p.key in asked.about}
    around = places.union(*(index.beside(place) for place in places))
    return [asked.passages[place].text for place in sorted(around)]
