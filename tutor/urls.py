from django.urls import path

from tutor.views import asking, family, flags, mailed, school, teaching

app_name = "tutor"

urlpatterns = [
    path("tutor/lesson/<slug:slug>/", asking.panel, name="panel"),
    path("tutor/lesson/<slug:slug>/ask/", asking.ask, name="ask"),
    path(
        "tutor/lesson/<slug:slug>/ask-a-grown-up/",
        asking.ask_grown_up,
        name="ask_grown_up",
    ),
    path(
        "tutor/lesson/<slug:slug>/ask-my-teacher/",
        asking.ask_teacher,
        name="ask_teacher",
    ),
    path(
        "tutor/lesson/<slug:slug>/questions/",
        teaching.question_map,
        name="question_map",
    ),
    path("tutor/lesson/<slug:slug>/rehearse/", teaching.rehearse, name="rehearse"),
    path("tutor/exchanges/<uuid:exchange_id>/", asking.exchange, name="exchange"),
    path("tutor/exchanges/<uuid:exchange_id>/follow/", asking.follow, name="follow"),
    path("tutor/exchanges/<uuid:exchange_id>/report/", asking.report, name="report"),
    path("tutor/exchanges/<uuid:exchange_id>/send-on/", asking.send_on, name="send_on"),
    path(
        "classes/<int:classroom_id>/questions/",
        teaching.class_questions,
        name="class_questions",
    ),
    path(
        "classes/<int:classroom_id>/questions/<int:teacher_question_id>/answer/",
        teaching.answer_question,
        name="answer_question",
    ),
    path("tutor/help/", asking.get_help, name="help"),
    path("tutor/flags/", flags.waiting, name="flags"),
    path("tutor/flags/<int:flag_id>/", flags.flag, name="flag"),
    path("tutor/flags/<int:flag_id>/handled/", flags.handle, name="handle_flag"),
    path("family/tutor/", family.family_panel, name="family_panel"),
    path("family/<int:student_id>/tutor/", family.family, name="family"),
    path("family/<int:student_id>/tutor/allow/", family.grant, name="grant"),
    path("family/<int:student_id>/tutor/end/", family.withdraw, name="withdraw"),
    path("family/<int:student_id>/tutor/rules/", family.rule, name="rule"),
    path("family/<int:student_id>/tutor/erase/", family.erase, name="erase"),
    path("family/<int:student_id>/tutor/mail/", family.mail_link, name="mail_link"),
    path("tutor/consent/<token>/", mailed.mailed, name="mailed"),
    path("tutor/consent/<token>/end/", mailed.end_by_mail, name="end_by_mail"),
    path(
        "classes/<int:classroom_id>/tutor/",
        school.class_consents,
        name="class_consents",
    ),
    path(
        "classes/<int:classroom_id>/tutor/pause/",
        school.pause_class,
        name="pause_class",
    ),
    path(
        "classes/<int:classroom_id>/tutor/allow/",
        school.allow_class,
        name="allow_class",
    ),
    path(
        "classes/<int:classroom_id>/tutor/<int:student_id>/form/",
        school.record_form,
        name="record_form",
    ),
    path(
        "classes/<int:classroom_id>/tutor/<int:student_id>/taken-back/",
        school.take_back_form,
        name="take_back_form",
    ),
]
