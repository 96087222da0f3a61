"""How a question that was kept is answered, out of the lesson and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from quizzes import review
from quizzes.models import Question, Response
from tutor import answer_cache, extract, flags, follow_ups, llm, taking, writing
from tutor.lesson_text import passages_of
from tutor.models import Claim, Exchange, Flag
from tutor.proving import Asked, Proven, quotation
from tutor.standing import Sending, Standing, Stopped, hold, standing

State, Source = Exchange.State, Exchange.Source


def answer(exchange_id: UUID, *, is_last: bool = True) -> None:
    """Answer a question, once however often it is called.

    The gate is asked before anything is sent, and again before anything is kept: a
    consent that is withdrawn meanwhile leaves nothing behind. Raises `llm.TryAgain`
    where it is worth while, unless this is the last try.
    """
    exchange = taking.take(exchange_id)
    if exchange is None:
        return
    begun = standing(exchange)
    if not begun.is_open:
        _stop(exchange, begun)
        return
    asked = _asked(exchange)
    section = extract.pointer(
        asked.question, _open_questions(exchange), asked.passages, asked.language
    )
    if section:
        first = [p.key for p in asked.passages if p.heading == section][:1]
        _finish(exchange, State.POINTED, nearest=first)
        return
    try:
        is_done = begun.may_send and _answer_by_model(exchange, asked)
    except llm.TryAgain:
        if not is_last:
            taking.give_back(exchange)
            raise
        is_done = False
    if not is_done:
        _answer_by_lesson(exchange, asked)


def _asked(exchange: Exchange) -> Asked:
    """A question that follows another one is about what was shown there."""
    question, about = exchange.question, [exchange.about] if exchange.about else []
    if exchange.follows:
        question = question or exchange.follows.question
        for keys in exchange.follows.claims.values_list("passages", flat=True):
            about += keys
    lesson = exchange.lesson
    passages = passages_of(lesson)
    return Asked(question, passages, lesson.language, exchange.kind, tuple(about))


def _answer_by_model(exchange: Exchange, asked: Asked) -> bool:
    """Whether it has; claims show up one by one, and stay only if all of them came."""
    if exchange.kind == Exchange.Kind.QUIZ:
        return False
    claims = answer_cache.find(asked, exchange.lesson.digest)
    if claims:
        _finish(exchange, State.ANSWERED, source=Source.CACHE, claims=claims)
        return True
    try:
        with closing(writing.claims(asked, Sending(exchange))) as found:
            for claim in found:
                claims.append(claim)
                with transaction.atomic():
                    hold(exchange)
                    _keep(exchange, claims)
                taking.let_go_of_database()
    except writing.Declined as declined:
        if declined.is_danger:
            flags.turn_to_danger(exchange)
        else:
            _finish(exchange, State.DECLINED)
        return True
    except (llm.NotUsable, Stopped):
        return False
    if claims and _finish(exchange, State.ANSWERED, source=Source.MODEL, claims=claims):
        answer_cache.keep(asked, exchange.lesson.digest, claims)
    return bool(claims)


def _answer_by_lesson(exchange: Exchange, asked: Asked) -> None:
    found = follow_ups.extract(exchange, asked.passages)
    if found.is_answered:
        claims = list(map(quotation, found.passages))
        _finish(exchange, State.ANSWERED, source=Source.EXTRACT, claims=claims)
    else:
        _finish(exchange, State.NOTHING, nearest=[p.key for p in found.nearest])


@transaction.atomic
def _finish(
    exchange: Exchange,
    state: str,
    *,
    source: str = "",
    claims: Sequence[Proven] = (),
    nearest: Sequence[str] = (),
) -> bool:
    """Whether this is how it ends, and not as somebody else would have it."""
    mine = taking.mine(exchange).select_for_update()
    if not mine.exists():
        dropped = Claim.objects.filter(exchange__state=State.DROPPED)
        dropped.filter(exchange=exchange.pk).delete()
        return False
    now = standing(exchange)
    if not now.is_open:
        _stop(exchange, now)
        return False
    _keep(exchange, claims)
    mine.update(
        state=state, nearest=list(nearest), source=source, finished_at=timezone.now()
    )
    if state == State.DECLINED:
        flags.raise_flag(exchange, Flag.Kind.MODERATION)
    if claims:
        review.mark_helped(exchange.student, _helped(exchange, claims))
    return True


@transaction.atomic
def _stop(exchange: Exchange, now: Standing) -> None:
    """Nothing stays of the answer; the sweep brings back what only waits for a test."""
    mine = taking.mine(exchange).select_for_update()
    if mine.exists():
        _keep(exchange, ())
    if now.is_put_off:
        taking.put_off(exchange)
    else:
        mine.update(state=State.DROPPED, finished_at=timezone.now())


def _keep(exchange: Exchange, claims: Sequence[Proven]) -> None:
    """These and no others, though another worker had begun before."""
    exchange.claims.all().delete()
    Claim.objects.bulk_create(
        Claim(
            exchange=exchange,
            position=position,
            sentence=claim.sentence,
            passages=list(claim.passages),
            is_quotation=claim.is_quotation,
        )
        for position, claim in enumerate(claims)
    )


def _helped(exchange: Exchange, claims: Sequence[Proven]) -> list[Question]:
    """Questions of the lesson that the passages shown would settle."""
    keys = {key for claim in claims for key in claim.passages}
    questions = Question.objects.current().filter(quiz__lesson=exchange.lesson)
    return [question for question in questions if keys & set(question.passages)]


def _open_questions(exchange: Exchange) -> list[tuple[str, Sequence[str]]]:
    """Questions of the lesson to which the student has no marked answer yet."""
    answered = Response.objects.shown().of(exchange.student).values("question")
    questions = Question.objects.current().filter(quiz__lesson=exchange.lesson)
    unanswered = questions.exclude(pk__in=answered).only("stem", "passages")
    return [(question.stem, question.passages) for question in unanswered]
