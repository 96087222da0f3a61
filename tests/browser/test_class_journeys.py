"""A new teacher's first class, and a new guardian's first look, by page loads."""

from playwright.sync_api import expect

from quizzes import assignments, closing, grading, working_out
from quizzes.marking import kind_of
from quizzes.models import Assignment
from tendril.accounts import invitations
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD, TeacherGrantFactory, UserFactory

NAMES = [
    f"{first} {last}."
    for first in ("Ana", "Ben", "Cem", "Dua", "Eli", "Fay")
    for last in "KLMNP"
]


def counted(page):
    """The page, and the loads that it has made, as they come."""
    loads = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads


def sign_in_by_form(page, person):
    page.goto("/account/login/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()


def import_class(page):
    page.get_by_role("link", name="Make a class").first.click()
    page.get_by_label("Name of the class").fill("Room 5")
    page.get_by_role("button", name="Make the class").click()
    page.get_by_role("link", name="Add from a list").click()
    page.get_by_label("Or paste a list").fill("\n".join(NAMES))
    page.get_by_role("button", name="Look at the list").click()
    page.get_by_role("button", name="Write 30 rows").click()


def assign(page):
    page.goto(Classroom.objects.get().get_absolute_url())
    page.get_by_role("link", name="Assign work").click()
    page.get_by_label("Quiz to take").select_option(index=1)
    page.get_by_role("button", name="Give it out").click()
    expect(page.get_by_text("0 of 30")).to_be_visible()
    return Assignment.objects.get()


def hand_in(assignment):
    """The whole class answers all of it; the first question nobody gets right."""
    for student in User.objects.filter(managed_by=assignment.classroom):
        attempt = assignments.start(assignment=assignment, student=student)
        hard, *others = attempt.questions.order_by("position")
        answers = {each: kind_of(each).right(each.body) for each in others}
        grading.submit_answers(attempt=attempt, answers=answers)
        closing.hand_in(attempt=attempt)
    return hard


def test_a_new_teacher_gets_from_nothing_to_grades_in_25_page_loads(laptop, site):
    teacher = UserFactory(adult=True)
    TeacherGrantFactory(person=teacher)
    loads = counted(laptop)

    sign_in_by_form(laptop, teacher)
    import_class(laptop)
    given = assign(laptop)
    hard = hand_in(given)
    laptop.get_by_role("link", name=given.title, exact=True).click()
    laptop.get_by_role("link", name="Difficult questions").click()
    # What the worker does, while the page asks again and again.
    working_out.work_out(given.pk)
    laptop.get_by_role("link", name=hard.stem, exact=True).click()
    laptop.get_by_role(
        "button", name="Send all 30 who missed it back to the passage"
    ).click()
    expect(laptop.get_by_role("main")).to_contain_text("30")
    laptop.get_by_role("link", name=given.title).click()
    laptop.get_by_role("link", name="Gradebook").click()
    with laptop.expect_download() as download:
        laptop.get_by_role("link", name="CSV").first.click()

    grades = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(grades) == 1 + len(NAMES)
    assert hard.sent_back.count() == len(NAMES)
    assert len(loads) <= 25, loads


def test_a_new_guardian_reads_the_family_page_after_8_page_loads(
    open_window, site, student, teacher
):
    student.managed_by = student.enrolments.get().classroom
    student.save()
    letter = invitations.make_letter(student=student, by=teacher)
    guardian = UserFactory(adult=True)
    page = open_window(PHONE)
    loads = counted(page)

    sign_in_by_form(page, guardian)
    page.goto(letter.path)
    page.get_by_role("button", name="Yes, link us").click()
    page.goto("/family/")

    expect(page.get_by_role("heading", name="To ask at dinner")).to_be_visible()
    expect(page.get_by_role("heading", name=str(student))).to_be_visible()
    assert len(loads) <= 8, loads
