"""No adult sees a field of a student that the student's mirror lacks."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.models import Attempt, Quiz
from tests.access.table import ROWS
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    OverrideFactory,
    PassageFactory,
    ProgressFactory,
    QuestionFactory,
    ResponseFactory,
)
from tests.quizzes.taken import HOUR, given, take
from tests.urlconf import routes

pytestmark = pytest.mark.django_db

# Who looks, where, and the elements about one student among others.
ADULT_VIEWS = [
    ("teacher", "quizzes:class_panel", r"<tr>.*?</tr>"),
    ("teacher", "quizzes:gradebook", r"<tr>.*?</tr>"),
    ("teacher", "quizzes:class_status", r"<li>.*?</li>"),
    ("teacher", "quizzes:assignment_work", r"<tr>.*?</tr>|<li>.*?</li>"),
    ("teacher", "quizzes:student_in_class", None),
    ("teacher", "quizzes:student_work", None),
    ("guardian", "quizzes:family_panel", r"<article>.*?</article>"),
    ("guardian", "quizzes:family_work", None),
    ("guardian", "lessons:family_reading", None),
]
# What adults open that is left out above, and why.
LEFT_OUT = {
    "It is about the class or its work, and about nobody in it.": {
        "classrooms:classes",
        "classrooms:settings",
        "classrooms:archive",
        "classrooms:new_year",
        "classrooms:teachers",
        "classrooms:step_down",
        "classrooms:take_off",
        "classrooms:code",
        "quizzes:assignment",
        "quizzes:assignment_print",
        "quizzes:class_assignments",
        "quizzes:copy_assignment",
        "quizzes:difficult_questions",
        "quizzes:edit_assignment",
        "quizzes:new_assignment",
        "quizzes:paper_key",
        "quizzes:paper_print",
        "quizzes:preview_assignment",
        "quizzes:projector",
        "quizzes:question_key",
        "quizzes:release",
        "quizzes:trouble_map",
    },
    "It says who is in a class and how they sign in, and nothing that they did.": {
        "accounts:guardians",
        "classrooms:classroom",
        "classrooms:families",
        "classrooms:family",
        "classrooms:group",
        "classrooms:groups",
        "classrooms:letter",
        "classrooms:managed_account",
        "classrooms:new_group",
        "classrooms:new_students",
        "classrooms:passphrases",
        "classrooms:print_slips",
        "classrooms:roster",
        "classrooms:roster_export",
        "classrooms:roster_import",
        "classrooms:slips",
    },
    "It asks before something is done to an account or a place in a class.": {
        "accounts:invite",
        "classrooms:remove_student",
        "data:erase",
    },
    "It is a frame: its panels are above.": {
        "classrooms:student",
        "home:family",
        "home:family_of",
        "home:home",
    },
    "The same list as above, in a file.": {
        "quizzes:gradebook_file",
    },
    "Answers to one question or on one sheet, as the mirror has them in seen_answers.": {
        "quizzes:correction",
        "quizzes:dispute",
        "quizzes:disputes",
        "quizzes:follow_up",
        "quizzes:paper",
        "quizzes:paper_row",
        "quizzes:paper_type",
        "quizzes:question_report",
    },
    "Who may have more, as their own page of the assignment says; their state is above.": {
        "quizzes:assignment_extensions",
        "quizzes:extend",
    },
    "The student opens that very page.": {
        "tutor:family",
    },
    "It is about a lesson, and about nobody who reads it.": {
        "tutor:question_map",
        "tutor:rehearse",
    },
    "What the student has sent to this adult, or asked of them.": {
        "tutor:class_questions",
        "tutor:family_panel",
    },
    "Who may ask the tutor, as the student's own page of it says.": {
        "tutor:class_consents",
        "tutor:record_form",
    },
    "What an adult must see: the student was told who is told, or reported it.": {
        "tutor:flag",
        "tutor:flags",
    },
    "Each person has the same page about themselves.": {
        "accounts:who",
        "data:copy",
        "data:looks",
        "data:mine",
        "data:my_looks",
        "data:person",
        "quizzes:news",
    },
}
MIRROR = [
    "quizzes:seen_work",
    "quizzes:seen_answers",
    "quizzes:family_work",
    "lessons:family_reading",
]
# What an adult is offered to do, and the ways to where they came from.
OFFERED = {
    "The family page",
    "Gradebook",
    "Gradebook of Room 12",
    "What was given, and how far",
    "Change what counts",
    "Why",
    "Kept with your name and the day. The student reads it once the marks are shown.",
    "Points, from 0 to 41",
    "Let these points count",
    "Excuse",
    "Let the answers count again",
}


@pytest.fixture
def work(student, classroom):
    """Something for every field: numbers that nothing else on a page shows."""
    passage = PassageFactory(text="A kite leans on the wind.")
    now = timezone.now()
    ProgressFactory(student=student, lesson=passage.lesson, last_read_at=now)
    for _ in range(23):
        ProgressFactory(student=student, finished=True, last_read_at=now)
    AttemptFactory.create_batch(16, student=student, handed_in=True)
    question = QuestionFactory(quiz__lesson=passage.lesson, passages=[passage.key])
    ResponseFactory(
        attempt__student=student, attempt__quiz=question.quiz, question=question
    )
    AssignmentFactory(classroom=classroom, quiz__title="Strings", closes_at=None)
    tails = given(classroom, by_teacher=True, released_at=now)
    # Not one with a number, which could be a score on these pages.
    Quiz.objects.filter(pk=tails.quiz_id).update(title="Tails")
    taken = take(tails, student, wrong=5)
    Attempt.objects.filter(pk=taken.pk).update(
        marks_shown_at=now, score=37, max_score=41
    )
    OverrideFactory(
        assignment=tails, student=student, score=3, reason="A kite tore.", before="1"
    )


def address(name, student):
    """Of a view with this student in it, and of what they took in class."""
    taken = student.attempts.filter(assignment__isnull=False).first()
    known = {
        "student_id": student.pk,
        "classroom_id": student.enrolments.get().classroom_id,
        "assignment_id": taken and taken.assignment_id,
    }
    [pattern] = [route.pattern for route in routes() if route.name == name]
    names = re.findall(r"<int:(\w+)>", pattern)
    return reverse(name, kwargs={each: known[each] for each in names})


def page(person, name, student):
    client = Client()
    client.force_login(person)
    html = client.get(address(name, student)).content.decode()
    return html.partition("<main")[2].partition("</main>")[0]


def said(html):
    """The texts of a page, each as it stands between two tags."""
    texts = (" ".join(text.split()) for text in re.split(r"<[^>]*>", html))
    return {text for text in texts if re.search(r"\w", text)}


def opened_by_adults():
    """What opens to whoever teaches, is family or runs the site, and not to strangers."""
    return {
        name
        for (name, method, *_case), answers in ROWS.items()
        for person in ("teacher", "co-teacher", "guardian", "admin")
        if method == "GET" and answers[person].status == 200
        if answers[person] != answers["former teacher"]
    }


def test_every_view_that_adults_open_is_compared_or_left_out_for_a_reason():
    compared = {name for _viewer, name, _about in ADULT_VIEWS}
    left_out = [name for names in LEFT_OUT.values() for name in names]

    assert sorted([*compared, *left_out]) == sorted(opened_by_adults())


@pytest.mark.parametrize(("viewer", "name", "about"), ADULT_VIEWS)
def test_the_mirror_shows_every_field_that_an_adult_sees(
    request, student, classmate, guardian, work, viewer, name, about
):
    html = page(request.getfixturevalue(viewer), name, student)
    if about:
        html = "".join(
            part for part in re.findall(about, html, re.S) if str(student) in part
        )
    mirror = set().union(*(said(page(student, each, student)) for each in MIRROR))

    assert said(html), "the adult's view says nothing: this compares nothing"
    assert said(html) - mirror <= OFFERED


def test_the_fields_are_those_of_the_student(student, guardian, work):
    mirror = set().union(*(said(page(student, each, student)) for each in MIRROR))

    shown = {"23", "17", "A kite leans on the wind.", "Strings", "To ask at dinner"}
    assert shown <= mirror


def test_marks_that_are_not_shown_yet_are_told_of_and_not_told(student, work):
    Attempt.objects.filter(assignment__isnull=False).update(marks_shown_at=None)

    mirror = said(page(student, "quizzes:seen_work", student))

    assert "Your teacher sees marks, and has not shown them yet." in mirror
    assert not any("37" in text for text in mirror)


@pytest.mark.parametrize("name", ["quizzes:family_work", "lessons:family_reading"])
def test_the_mirror_is_the_very_element_that_the_guardian_sees(
    htmx, student, guardian, work, name
):
    target = f"{name.split(':')[1].replace('_', '-')}-{student.pk}"
    url = reverse(name, args=[student.pk])
    htmx.force_login(guardian)
    theirs = htmx.swap("get", url, target).content
    htmx.force_login(student)

    assert htmx.swap("get", url, target).content == theirs


def test_the_mirror_holds_each_of_its_views(client, student):
    client.force_login(student)

    html = client.get(reverse("home:seen")).content.decode()

    for name in set(MIRROR) - {"quizzes:seen_answers"}:
        assert f'hx-get="{address(name, student)}"' in html


def test_who_has_no_family_here_is_told_of_no_list_of_theirs(client, student, request):
    client.force_login(student)
    page = reverse("quizzes:seen_work")

    assertNotContains(client.get(page), "list says:")
    request.getfixturevalue("guardian")
    assertContains(client.get(page), "list says:")


def test_each_row_of_my_book_leads_to_what_my_teacher_reads(client, student, work):
    client.force_login(student)

    rows = client.get(reverse("quizzes:seen_work")).content.decode()
    html = client.get(address("quizzes:seen_answers", student)).content.decode()

    assert f'href="{address("quizzes:seen_answers", student)}"' in rows
    assert {"Answered", "Not quite.", "A kite tore."} <= said(html)
    assert "Your answer" not in html
    assert "/gradebook/" not in html
    assert 'name="decision"' not in html


def test_no_answer_is_marked_for_me_before_my_teacher_shows_it(client, student, work):
    Attempt.objects.filter(assignment__isnull=False).update(marks_shown_at=None)
    client.force_login(student)

    for name in ("quizzes:seen_answers", "quizzes:seen_work"):
        html = client.get(address(name, student)).content.decode()
        assert "has not shown them yet" in html
        for told in ("Not quite.", "questions wrong", "A kite tore.", "needs help"):
            assert told not in html


def test_what_is_given_to_others_is_nothing_of_mine(client, student, other_student):
    other = given(other_student.enrolments.get().classroom)
    later = given(
        student.enrolments.get().classroom, opens_at=timezone.now() + 2 * HOUR
    )
    client.force_login(student)

    for each in (other, later):
        url = reverse("quizzes:seen_answers", args=[each.pk])
        assert client.get(url).status_code == 404


def test_a_score_that_is_said_before_the_marks_are_shown_stays_the_teachers(
    client, student, classroom
):
    held = given(classroom, feedback="released")
    OverrideFactory(assignment=held, student=student, score=3, reason="A kite tore.")
    client.force_login(student)

    page = client.get(reverse("quizzes:seen_answers", args=[held.pk]))

    assertContains(page, "has not shown them yet")
    assertNotContains(page, "A kite tore.")
    row = client.get(reverse("quizzes:seen_work"))
    assertContains(row, "has not shown them yet")
    assertNotContains(row, "<td>3</td>")
