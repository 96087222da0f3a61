from django.urls import path

from quizzes.views import checks, panels, paper, student

app_name = "quizzes"

urlpatterns = [
    path("learn/quiz/<slug:slug>/", student.quiz, name="quiz"),
    path("learn/quiz/<slug:slug>/panel/", student.quiz, name="lesson_panel"),
    path("learn/quiz/<slug:slug>/start/", student.start, name="start"),
    path("learn/quiz/<slug:slug>/answer/", student.answer, name="answer"),
    path("learn/quiz/<slug:slug>/check/<slug:key>/", checks.check, name="check"),
    path("attempts/<uuid:attempt_id>/", student.attempt, name="attempt"),
    path("learn/quiz/<slug:slug>/print/", paper.print_quiz, name="print"),
    path("learn/quiz/<slug:slug>/key/", paper.key, name="key"),
    path("learn/results/", panels.results, name="results"),
    path("learn/results/classes/", panels.class_panel, name="class_panel"),
    path("learn/results/family/", panels.family_panel, name="family_panel"),
]
