"""A class set of sheets on paper, typed in by keyboard."""

import pytest
from playwright.sync_api import expect

from quizzes.models import Attempt
from quizzes.paper_sheets import make_sheets, papers_of, sheets_of
from quizzes.paper_typing import typed
from tests.factories import AssignmentFactory, QuestionFactory, QuizFactory


@pytest.fixture
def papers(site, student, classmate):
    quiz = QuizFactory(closed=True, title="How kites fly")
    QuestionFactory.create_batch(2, quiz=quiz)
    QuestionFactory(quiz=quiz, short=True)
    classroom = student.enrolments.get().classroom
    assignment = AssignmentFactory(quiz=quiz, classroom=classroom, at_end=True)
    make_sheets(assignment=assignment)
    return papers_of(sheets_of(assignment))


def open_grid(page, sign_in, teacher, papers):
    sign_in(page, teacher)
    page.goto(f"/assignments/{papers[0].sheet.assignment_id}/paper/type/")


def row(page, paper):
    return page.locator(f"#sheet-{paper.sheet.pk}")


def cells(page, paper):
    return row(page, paper).get_by_role("textbox")


def right(paper):
    answers = {"single": ["right"], "short": ["fine-tuning"]}
    return [typed(q, answers[q.kind], paper.sheet.seed) for q in paper.questions]


def type_row(page, answers):
    for answer in answers:
        page.keyboard.type(answer)
        page.keyboard.press("Enter")


def go_to(page, paper):
    page.get_by_label("Go to the sheet with the code").fill(paper.sheet.code.lower())
    page.keyboard.press("Enter")
    expect(cells(page, paper).first).to_be_focused()


def test_two_sheets_are_typed_in_without_touching_the_mouse(
    laptop, sign_in, teacher, papers
):
    open_grid(laptop, sign_in, teacher, papers)
    go_to(laptop, papers[0])

    type_row(laptop, right(papers[0]))
    expect(row(laptop, papers[0])).to_contain_text("3 of 3 points")
    expect(laptop.locator("[data-saying]")).to_contain_text("saved")
    expect(cells(laptop, papers[1]).first).to_be_focused()
    type_row(laptop, right(papers[1]))
    expect(row(laptop, papers[1])).to_contain_text("3 of 3 points")

    assert [attempt.score for attempt in Attempt.objects.all()] == [3, 3]


def test_arrow_keys_move_through_the_grid(laptop, sign_in, teacher, papers):
    open_grid(laptop, sign_in, teacher, papers)
    upper, lower = cells(laptop, papers[0]), cells(laptop, papers[1])
    upper.nth(0).focus()

    for key, there in [
        ("ArrowRight", upper.nth(1)),
        ("ArrowDown", lower.nth(1)),
        ("ArrowLeft", lower.nth(0)),
        ("ArrowLeft", upper.nth(2)),
        ("ArrowUp", upper.nth(2)),
    ]:
        laptop.keyboard.press(key)
        expect(there).to_be_focused()

    assert Attempt.objects.count() == 0


def test_what_cannot_be_read_stays_and_is_saved_once_it_can(
    laptop, sign_in, teacher, papers
):
    open_grid(laptop, sign_in, teacher, papers)
    place = next(n for n, q in enumerate(papers[0].questions) if q.kind == "single")
    answers = right(papers[0])
    go_to(laptop, papers[0])

    type_row(laptop, [*answers[:place], "x", *answers[place + 1 :]])
    expect(row(laptop, papers[0])).to_contain_text("There is no X in this question")
    expect(cells(laptop, papers[0]).nth(place)).to_have_value("x")
    assert Attempt.objects.count() == 0

    cells(laptop, papers[0]).nth(place).fill(answers[place])
    cells(laptop, papers[1]).first.focus()
    expect(row(laptop, papers[0])).to_contain_text("3 of 3 points")


def test_what_is_typed_while_a_row_is_being_saved_is_not_lost(
    laptop, sign_in, teacher, papers
):
    open_grid(laptop, sign_in, teacher, papers)
    waiting = []

    def hold_the_first(route):
        if waiting:
            route.continue_()
        waiting.append(route)

    laptop.route("**/paper/type/*/", hold_the_first)
    first, second = right(papers[0])[:2]
    cells(laptop, papers[0]).nth(0).fill(first)
    with laptop.expect_request("**/paper/type/*/"):
        cells(laptop, papers[1]).first.focus()

    cells(laptop, papers[0]).nth(1).fill(second)
    with laptop.expect_response("**/paper/type/*/"):
        waiting[0].continue_()
    cells(laptop, papers[1]).first.focus()

    expect(row(laptop, papers[0])).to_contain_text("2 of 3 points")
    expect(cells(laptop, papers[0]).nth(1)).to_have_value(second)


def test_without_scripts_a_row_is_saved_by_its_button(
    without_scripts, sign_in, teacher, papers
):
    page = without_scripts
    open_grid(page, sign_in, teacher, papers)

    for cell, answer in zip(
        cells(page, papers[0]).all(), right(papers[0]), strict=True
    ):
        cell.fill(answer)
    page.get_by_role("button", name=f"Save {papers[0].sheet.code}").click()

    expect(row(page, papers[0])).to_contain_text("3 of 3 points")
    expect(cells(page, papers[1]).first).to_be_focused()
