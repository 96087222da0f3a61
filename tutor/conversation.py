"""A question and its answer, as those see them who may read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from django.db.models import Q
from django.urls import reverse

from lessons.models import Lesson, Passage
from quizzes.models import Question
from tendril.classrooms.models import Classroom
from tutor import personal_details
from tutor.models import Claim, Exchange, TeacherQuestion
from tutor.purposes import Purpose
from tutor.wording import one_spaced

Kind, State = Exchange.Kind, Exchange.State

# No other answer has sentences that anybody may see.
SAYING_SOMETHING = frozenset([State.PENDING, State.ANSWERED])


@dataclass(frozen=True)
class ShownClaim:
    sentence: str
    # Keys of the passages; the page lights them up.
    passages: Sequence[str]
    heading: str
    is_quotation: bool = True


@dataclass(frozen=True)
class QuizPlace:
    """A question of the lesson's quiz, and where it is asked."""

    stem: str
    url: str


@dataclass(frozen=True)
class ShownExchange:
    exchange: Exchange
    claims: Sequence[ShownClaim]
    nearest: Sequence[ShownClaim]
    # Words of the passage that was marked.
    about: str = ""
    quiz: QuizPlace | None = None
    # Nothing more is shown of an answer that is being made: the gate has closed.
    is_stopped: bool = False
    # Kinds of what may be asked on.
    follow_ups: Sequence[str] = ()
    # Classes to whose teachers the question may be sent, and what was sent.
    classes: Sequence[Classroom] = ()
    sent: TeacherQuestion | None = None

    @property
    def places(self) -> list[tuple[str, list[ShownClaim]]]:
        """Headings, each with the sentences that stand under it one after another."""
        grouped = groupby(self.claims or self.nearest, key=lambda claim: claim.heading)
        return [(heading, list(claims)) for heading, claims in grouped]

    @property
    def is_waiting(self) -> bool:
        return self.exchange.is_pending and not self.is_stopped

    @property
    def is_outdated(self) -> bool:
        """Whether nothing of the answer stands in the lesson any more."""
        is_answered = self.exchange.state == State.ANSWERED
        return is_answered and not self.claims and _is_of_older_text(self.exchange)

    @property
    def step(self) -> str:
        """What is being done about it, as far as can be seen."""
        if self.claims:
            return "check"
        is_written = self.exchange.purpose == Purpose.EXTERNAL
        return "write" if self.exchange.taken_until and is_written else "look"

    @property
    def had_personal_details(self) -> bool:
        text = self.exchange.question
        return any(f"[{kind}]" in text for kind in personal_details.Kind)


def shown(exchanges: Collection[Exchange]) -> list[ShownExchange]:
    """With the words of the lesson as they stand there now; at most two queries.

    Lesson and claims are fetched along, or they cost queries of their own.
    """
    passages = _passages(exchanges)
    asked = [each for each in exchanges if each.kind == Kind.QUIZ and each.nearest]
    questions = _questions({exchange.lesson_id for exchange in asked})
    return [_shown(each, passages, questions) for each in exchanges]


def _shown(
    exchange: Exchange,
    passages: Sequence[Passage],
    questions: Sequence[Question],
) -> ShownExchange:
    lesson = exchange.lesson
    here = {row.key: row.text for row in passages if row.lesson_id == lesson.pk}
    is_quiz = exchange.kind == Kind.QUIZ
    return ShownExchange(
        exchange,
        [
            ShownClaim(
                claim.sentence,
                claim.passages,
                heading_of(lesson, claim.passages),
                claim.is_quotation,
            )
            for claim in _claims(exchange, passages)
        ],
        [
            ShownClaim(here[key], [key], heading_of(lesson, [key]))
            for key in exchange.nearest
            if key in here and not is_quiz
        ],
        here.get(exchange.about, ""),
        _quiz_place(exchange, questions) if is_quiz else None,
    )


def heading_of(lesson: Lesson, keys: Sequence[str]) -> str:
    section = lesson.section_of(keys[0]) if keys else None
    return section["title"] if section else ""


def _claims(exchange: Exchange, passages: Sequence[Passage]) -> list[Claim]:
    """Those that may be shown, as far as the lesson still has what they rest on."""
    if exchange.state not in SAYING_SOMETHING:
        return []
    claims = list(exchange.claims.all())
    if not _is_of_older_text(exchange):
        return claims
    here = [row for row in passages if row.lesson_id == exchange.lesson_id]
    names = {name: row.text for row in here for name in [row.key, *row.aliases]}
    return [claim for claim in claims if _stands(claim, names, {r.key for r in here})]


def _stands(claim: Claim, texts: Mapping[str, str], keys: Collection[str]) -> bool:
    """A key is made of the words: while it is there, so is every sentence under it.

    Words that were changed left their key as an alias, and may have kept a quotation.
    """
    if not claim.is_quotation:
        return set(claim.passages) <= set(keys)
    now = " ".join(texts.get(key, "") for key in claim.passages)
    return claim.sentence in one_spaced(now)


def _is_of_older_text(exchange: Exchange) -> bool:
    return exchange.lesson_digest != exchange.lesson.digest


def _passages(exchanges: Collection[Exchange]) -> list[Passage]:
    """Those that are named, and all of lessons that were other ones when asked about."""
    older = {each.lesson_id for each in exchanges if _is_of_older_text(each)}
    keys = {
        key
        for exchange in exchanges
        for key in chain(exchange.nearest, filter(None, [exchange.about]))
    }
    if not keys and not older:
        return []
    lessons = {exchange.lesson_id for exchange in exchanges}
    named = Q(lesson__in=lessons, key__in=keys)
    return list(Passage.objects.filter(named | Q(lesson__in=older)))


def _questions(lessons: Collection[int]) -> list[Question]:
    if not lessons:
        return []
    asked = Question.objects.current().open_to_anyone().filter(quiz__lesson__in=lessons)
    return list(asked.filter(quiz__retired_at=None).select_related("quiz"))


def _quiz_place(exchange: Exchange, questions: Sequence[Question]) -> QuizPlace | None:
    for question in questions:
        is_here = question.quiz.lesson_id == exchange.lesson_id
        if is_here and set(question.passages) & set(exchange.nearest):
            check = f"{exchange.lesson.get_absolute_url()}#check-{question.key}"
            quiz = reverse("quizzes:quiz", args=[question.quiz.slug])
            return QuizPlace(question.stem, check if question.in_lesson else quiz)
    return None
