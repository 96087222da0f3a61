from lessons.models import Passage
from quizzes.models import Question
from tests.access.answers import (
    ASSIGNMENT,
    CLASSROOM,
    LIFT,
    MISSING,
    NO_SUCH_METHOD,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)
from tests.factories import AttemptFactory, EnrolmentFactory, ResponseFactory

# Far from the numbers that others give.
PAT = 910_000_001
DATA = {"quizzes:send_back": {"whom": "all"}}
NO_TROUBLE = shows("There is no passage here", lacks="were wrong about this")


def prepare(cast):
    """A passage about which three of the teacher's students were wrong."""
    question = Question.objects.select_related("quiz").get(pk=LIFT)
    passage = Passage.objects.get(lesson=question.quiz.lesson_id)
    question.passages = [passage.key]
    question.save(update_fields=["passages"])
    for number in (PAT, PAT + 1):
        seat = EnrolmentFactory(
            classroom_id=CLASSROOM, person__pk=number, person__display_name="Pat"
        )
        attempt = AttemptFactory(student=seat.person, quiz=question.quiz, questions=[])
        ResponseFactory(attempt=attempt, question=question)


ROWS = {
    ("quizzes:difficult_questions", "GET"): signed_in(
        MISSING, teacher=shows("are being worked out", lacks="Sam")
    ),
    ("quizzes:difficult_questions", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:question_report", "GET"): signed_in(
        MISSING, teacher=shows("Sam", lacks="Robin")
    ),
    ("quizzes:question_report", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:send_back", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:send_back", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/questions/{LIFT}/…")
    ),
    ("quizzes:follow_up", "GET"): signed_in(
        MISSING, teacher=shows("What lifts a kite?", lacks="Robin")
    ),
    ("quizzes:follow_up", "POST"): signed_in(
        MISSING, teacher=Answer(422, "Tick at least one question", lacks="Robin")
    ),
    ("quizzes:trouble_map", "GET"): everyone(
        NO_TROUBLE, teacher=shows("3 of your students were wrong", lacks="Pat")
    ),
    ("quizzes:trouble_map", "POST"): everyone(NO_SUCH_METHOD),
    ("quizzes:read_again", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:read_again", "POST"): signed_in(leads("/learn/results/news/")),
}
