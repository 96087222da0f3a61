from django.urls import path

from quizzes.views import (
    assignments,
    attempts,
    checks,
    corrections,
    disputes,
    mastery,
    news,
    panels,
    paper,
    reviewing,
    student,
)

app_name = "quizzes"

urlpatterns = [
    path("learn/quiz/<slug:slug>/", student.quiz, name="quiz"),
    path("learn/quiz/<slug:slug>/panel/", student.quiz, name="lesson_panel"),
    path("assignments/", assignments.assigned, name="assigned"),
    path("assignments/<int:assignment_id>/", assignments.assignment, name="assignment"),
    path(
        "assignments/<int:assignment_id>/start/",
        assignments.start_assigned,
        name="start_assigned",
    ),
    path(
        "assignments/<int:assignment_id>/work/",
        assignments.assignment_work,
        name="assignment_work",
    ),
    path(
        "assignments/<int:assignment_id>/print/",
        paper.assignment_print,
        name="assignment_print",
    ),
    path(
        "assignments/<int:assignment_id>/late/<uuid:response_id>/",
        assignments.decide_late,
        name="decide_late",
    ),
    path(
        "assignments/<int:assignment_id>/release/",
        assignments.release,
        name="release",
    ),
    path("learn/quiz/<slug:slug>/start/", student.start, name="start"),
    path("learn/quiz/<slug:slug>/answer/", student.answer, name="answer"),
    path("learn/quiz/<slug:slug>/check/<slug:key>/", checks.check, name="check"),
    path("attempts/<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/answer/", attempts.submit, name="submit"),
    path("attempts/<uuid:attempt_id>/save/", attempts.save, name="save"),
    path("attempts/<uuid:attempt_id>/hand-in/", attempts.hand_in, name="hand_in"),
    path("attempts/<uuid:attempt_id>/missed/", attempts.try_missed, name="try_missed"),
    path("learn/quiz/<slug:slug>/print/", paper.print_quiz, name="print"),
    path("learn/quiz/<slug:slug>/key/", paper.key, name="key"),
    path("learn/review/", reviewing.review, name="review"),
    path("learn/review/start/", reviewing.start, name="review_start"),
    path("learn/review/print/", reviewing.sheet, name="review_sheet"),
    path("learn/review/device/", reviewing.device, name="review_device"),
    path("learn/review/answer/", reviewing.answer, name="review_answer"),
    path("learn/mastery/", mastery.mastery, name="mastery"),
    path("learn/mastery/<slug:slug>/", mastery.lesson_mastery, name="lesson_mastery"),
    path(
        "answers/<uuid:response_id>/dispute/",
        disputes.raise_dispute,
        name="raise_dispute",
    ),
    path("disputes/", disputes.waiting, name="disputes"),
    path("disputes/<int:dispute_id>/", disputes.dispute, name="dispute"),
    path(
        "questions/<int:question_id>/key/",
        corrections.question_key,
        name="question_key",
    ),
    path(
        "corrections/<int:correction_id>/",
        corrections.correction,
        name="correction",
    ),
    path("learn/results/news/", news.panel, name="news"),
    path("learn/results/news/seen/", news.seen, name="news_seen"),
    path("learn/results/", panels.results, name="results"),
    path("learn/results/classes/", panels.class_panel, name="class_panel"),
    path("learn/results/family/", panels.family_panel, name="family_panel"),
]
