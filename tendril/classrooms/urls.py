from django.urls import include, path

from tendril.classrooms.views import (
    classes,
    codes,
    families,
    groups,
    joining,
    passphrases,
    rosters,
    seen_by,
    students,
    teachers,
)

app_name = "classrooms"

of_one_class = [
    path("", classes.classroom, name="classroom"),
    path("settings/", classes.settings, name="settings"),
    path("archive/", classes.archive, name="archive"),
    path("bring-back/", classes.bring_back, name="bring_back"),
    path("new-year/", classes.new_year, name="new_year"),
    path("teachers/", teachers.teachers, name="teachers"),
    path("teachers/step-down/", teachers.step_down, name="step_down"),
    path("teachers/<int:teacher_id>/take-off/", teachers.take_off, name="take_off"),
    path("code/", codes.code, name="code"),
    path("code/renew/", codes.renew_code, name="renew_code"),
    path("code/switch-off/", codes.switch_off_code, name="switch_off_code"),
    path("slips/", codes.slips, name="slips"),
    path("slips/print/", codes.print_slips, name="print_slips"),
    path("slips/<int:slip_id>/void/", codes.void_slip, name="void_slip"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new_group, name="new_group"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path(
        "groups/<int:group_id>/dissolve/", groups.dissolve_group, name="dissolve_group"
    ),
    path("students/new/", rosters.new_students, name="new_students"),
    path("roster/", rosters.roster, name="roster"),
    path("roster/<int:import_id>/", rosters.roster_import, name="roster_import"),
    path("roster.csv", rosters.roster_export, name="roster_export"),
    path("passphrases/", passphrases.passphrases, name="passphrases"),
    path("passphrases/slips/", passphrases.sign_in_slips, name="sign_in_slips"),
    path(
        "accounts/<int:account_id>/",
        passphrases.managed_account,
        name="managed_account",
    ),
    path("students/<int:student_id>/", students.student, name="student"),
    path(
        "students/<int:student_id>/remove/",
        students.remove_student,
        name="remove_student",
    ),
    path("leave/", students.leave, name="leave"),
]

urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/new/", classes.new, name="new"),
    path("classes/seen-by/", seen_by.seen_by, name="seen_by"),
    path("classes/teachers/", teachers.grant, name="grant"),
    path("classes/<int:classroom_id>/", include(of_one_class)),
    path("join/", joining.join, name="join"),
    path("join/<join_code>/", joining.join_class, name="join_class"),
    path("classes/families/", families.families, name="families"),
    path("classes/families/<int:student_id>/", families.family, name="family"),
    path(
        "classes/families/<int:student_id>/letter/",
        families.make_letter,
        name="make_letter",
    ),
    path(
        "classes/families/<int:student_id>/invite/",
        families.invite,
        name="invite_guardian",
    ),
    path(
        "classes/families/letters/<int:invitation_id>/", families.letter, name="letter"
    ),
    path(
        "classes/families/letters/<int:invitation_id>/take-back/",
        families.take_back,
        name="take_back",
    ),
    path(
        "classes/families/links/<int:guardianship_id>/verify/",
        families.verify,
        name="verify_guardian",
    ),
    path(
        "classes/families/links/<int:guardianship_id>/bar/",
        families.bar,
        name="bar_guardian",
    ),
    path(
        "classes/families/links/<int:guardianship_id>/lift/",
        families.lift,
        name="lift_bar",
    ),
]
