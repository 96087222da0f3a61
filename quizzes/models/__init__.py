from quizzes.models.answering import Attempt, Response, ResponseQuerySet
from quizzes.models.assigning import Assignment
from quizzes.models.content import Question, Quiz
from quizzes.models.correcting import Correction, Dispute, MarkChange
from quizzes.models.reviewing import ReviewCard

__all__ = [
    "Assignment",
    "Attempt",
    "Correction",
    "Dispute",
    "MarkChange",
    "Question",
    "Quiz",
    "Response",
    "ResponseQuerySet",
    "ReviewCard",
]
