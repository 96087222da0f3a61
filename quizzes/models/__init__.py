from quizzes.models.answering import (
    Attempt,
    AttemptQuerySet,
    Response,
    ResponseQuerySet,
)
from quizzes.models.assigning import Assignment
from quizzes.models.content import Question, Quiz
from quizzes.models.correcting import Correction, Dispute, MarkChange
from quizzes.models.following import (
    CalendarFeed,
    Extension,
    ItemReport,
    Override,
    PaperSheet,
    SendBack,
)
from quizzes.models.reviewing import ReviewCard

__all__ = [
    "Assignment",
    "Attempt",
    "AttemptQuerySet",
    "CalendarFeed",
    "Correction",
    "Dispute",
    "Extension",
    "ItemReport",
    "MarkChange",
    "Override",
    "PaperSheet",
    "Question",
    "Quiz",
    "Response",
    "ResponseQuerySet",
    "ReviewCard",
    "SendBack",
]
