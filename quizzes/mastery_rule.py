"""The rule by which a lesson is known, such that anyone can follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson, Tier, Track
from quizzes.models import Question, Quiz, Response
from quizzes.remembering import day_of

# Secure: four of five, on their own, of what was answered on two days.
SECURE_SHARE = (4, 5)
DAYS = 2
# How many answers to each question are listed.
SHOWN = 5


class State(models.TextChoices):
    NOT_STARTED = "not-started", _("not started")
    READING = "reading", _("reading")
    PRACTISED = "practised", _("practised")
    SECURE = "secure", _("secure")


def is_most_of(count: int, total: int) -> bool:
    share, of = SECURE_SHARE
    return total > 0 and count * of >= total * share


@dataclass
class Known:
    """One question at the end of a lesson, with all the answers to it."""

    question: Question
    # Those whose marks the student may see, the newest first.
    answers: list[Response] = field(default_factory=list)

    @property
    def is_secure(self) -> bool:
        days = {day_of(answer.answered_at) for answer in self.answers}
        return len(days) >= DAYS and is_alone(self.answers[0])

    @property
    def stem(self) -> str:
        """Its words, of a closed quiz only as they were answered; else empty."""
        if self.question.quiz.access == Quiz.Access.PRACTICE:
            return self.question.stem
        return self.answers[0].question.stem if self.answers else ""

    @property
    def newest(self) -> Sequence[Response]:
        return self.answers[:SHOWN]

    @property
    def before(self) -> int:
        """How many answers there are before the newest."""
        return max(len(self.answers) - SHOWN, 0)


def is_right(answer: Response) -> bool:
    return answer.points == answer.question.points


def is_alone(answer: Response) -> bool:
    return is_right(answer) and not (answer.with_hint or answer.with_help)


@dataclass
class LessonMastery:
    lesson: Lesson
    known: Sequence[Known]
    is_begun: bool
    has_handed_in: bool

    @cached_property
    def secure(self) -> int:
        return sum(known.is_secure for known in self.known)

    @property
    def total(self) -> int:
        return len(self.known)

    @cached_property
    def answers(self) -> list[Response]:
        return [answer for known in self.known for answer in known.answers]

    @cached_property
    def on_my_own(self) -> int:
        return sum(is_alone(answer) for answer in self.answers)

    @cached_property
    def with_help(self) -> int:
        return sum(is_right(a) and not is_alone(a) for a in self.answers)

    @cached_property
    def state(self) -> State:
        if is_most_of(self.secure, self.total):
            return State.SECURE
        if self.has_handed_in:
            return State.PRACTISED
        is_begun = self.is_begun or self.answers
        return State.READING if is_begun else State.NOT_STARTED


@dataclass
class TrackMastery:
    """The lessons of a track that are meant for one age."""

    track: Track
    tier: Tier
    lessons: list[LessonMastery] = field(default_factory=list)

    def count(self, state: State) -> int:
        return sum(lesson.state == state for lesson in self.lessons)

    @property
    def secure(self) -> int:
        return self.count(State.SECURE)

    @property
    def state(self) -> State:
        if is_most_of(self.secure, len(self.lessons)):
            return State.SECURE
        if self.secure + self.count(State.PRACTISED) == len(self.lessons):
            return State.PRACTISED
        has_begun = self.count(State.NOT_STARTED) < len(self.lessons)
        return State.READING if has_begun else State.NOT_STARTED


@dataclass
class Mastery:
    tracks: list[TrackMastery]

    @property
    def begun(self) -> list[TrackMastery]:
        return [track for track in self.tracks if track.state != State.NOT_STARTED]

    @property
    def not_begun(self) -> list[TrackMastery]:
        return [track for track in self.tracks if track.state == State.NOT_STARTED]

    @cached_property
    def lessons(self) -> list[LessonMastery]:
        return [lesson for track in self.tracks for lesson in track.lessons]

    def counts(self) -> list[tuple[State, int]]:
        """How many lessons are how far, the best first; without those not begun."""
        states = [State.SECURE, State.PRACTISED, State.READING]
        return [(s, sum(m.state == s for m in self.lessons)) for s in states]

    @property
    def on_my_own(self) -> int:
        return sum(lesson.on_my_own for lesson in self.lessons)

    @property
    def with_help(self) -> int:
        return sum(lesson.with_help for lesson in self.lessons)
