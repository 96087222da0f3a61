import re

import pytest
from django.urls import reverse
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertRedirects,
)

from quizzes.marking import kind_of
from quizzes.models import PaperSheet
from quizzes.paper_sheets import make_sheets, papers_of, sheets_of
from quizzes.paper_typing import typed
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
)
from tests.quizzes.every_kind import question_of, right, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom, student, classmate):
    quiz = QuizFactory(closed=True, title="How kites fly")
    QuestionFactory.create_batch(2, quiz=quiz)
    question_of("order", quiz=quiz, stem="Put them in order.")
    return AssignmentFactory(quiz=quiz, classroom=classroom, at_end=True)


@pytest.fixture
def client(client, teacher):
    client.force_login(teacher)
    return client


@pytest.fixture
def papers(assignment):
    make_sheets(assignment=assignment)
    return papers_of(sheets_of(assignment))


def url(name, assignment, *args):
    return reverse(f"quizzes:{name}", args=[assignment.pk, *args])


def row_url(paper):
    return url("paper_row", paper.sheet.assignment, paper.sheet.pk)


def all_right(paper):
    return {
        f"q{q.pk}": typed(q, right_of(q), paper.sheet.seed) for q in paper.questions
    }


def row_in(page, paper):
    html = page.content.decode().partition(f'id="sheet-{paper.sheet.pk}"')[2]
    return html.partition("</tr>")[0]


def right_of(question):
    return ["right"] if question.kind == "single" else right(question)


def value_of(name, response):
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', response.content.decode())
    return found[1]


def test_a_set_is_made_with_one_press(client, assignment):
    assertContains(client.get(url("paper", assignment)), "Make 2 sheets")

    response = client.post(url("paper_make", assignment), follow=True)

    assertRedirects(response, url("paper", assignment))
    assertContains(response, "Open 2 sheets for printing")
    for sheet in PaperSheet.objects.all():
        assertContains(response, sheet.code)


def test_every_sheet_has_name_and_code_and_form_and_no_answer(
    client, assignment, papers
):
    page = client.get(url("paper_print", assignment))

    for paper in papers:
        assertContains(page, f'id="sheet-{paper.sheet.code}"', 1)
        assertContains(page, str(paper.sheet.student), 1)
        for question in paper.questions:
            assertContains(page, f'id="paper-{question.pk}-{paper.sheet.code}"', 1)
            assertNotContains(page, question.explanation)


def test_the_same_sheet_is_printed_again(client, assignment, papers):
    once = client.get(url("paper_print", assignment)).content

    assert client.get(url("paper_print", assignment)).content == once


def test_one_sheet_can_be_printed_alone(client, assignment, papers):
    one, other = [paper.sheet.code for paper in papers]

    page = client.get(url("paper_print", assignment), {"sheet": one})

    assertContains(page, one)
    assertNotContains(page, other)


def test_the_key_has_the_letters_of_each_form(client, assignment, papers):
    page = client.get(url("paper_key", assignment)).content.decode()

    for number, paper in enumerate(papers, 1):
        for question in paper.questions:
            if question.kind == "single":
                letter = typed(question, ["right"], paper.sheet.seed)
                key = page.partition(f'id="key-{question.pk}-{number}"')[2]
                assert re.search(r'class="letter">([A-Z])<', key)[1] == letter
    assert "The wrong choice 1" not in page


def test_the_key_tells_all_that_counts_by_the_best_answer_key(client, assignment):
    kinds = ("short", "gaps", "number")
    asked = [question_of(kind, quiz=assignment.quiz) for kind in kinds]
    make_sheets(assignment=assignment)
    for question, answer in zip(asked, ("dough", "living", "61"), strict=True):
        accept(question, [answer])

    page = client.get(url("paper_key", assignment))

    assertContains(page, "<strong>yeast</strong> (or dough)", 2)
    assertContains(page, "alive</strong> (or living).", 2)
    assertContains(page, "<strong>60\u00a0min</strong> (or 61)", 2)


def accept(question, answer):
    """By a better answer key, which marks it from then on."""
    better = kind_of(question).extend(question.body, answer)
    question.marked_by = QuestionFactory(
        quiz=question.quiz, kind=question.kind, body=better, retired=True
    )
    question.save()


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("multiple", {"[A-C] No"}),
        ("order", {"3 one", "2 two", "1 three"}),
        ("match", {"a [AB] d", "c [AB] b"}),
    ],
)
def test_the_key_draws_what_was_accepted_as_it_draws_the_first(
    client, assignment, kind, lines
):
    question = question_of(kind, quiz=assignment.quiz)
    make_sheets(assignment=assignment)
    accept(question, wrong(question))

    page = client.get(url("paper_key", assignment)).content.decode()

    for number in (1, 2):
        key = page.partition(f'id="key-{question.pk}-{number}-or-1"')[2]
        drawn = [
            " ".join(re.sub("<[^>]*>", " ", line).split())
            for line in re.findall("<li.*?</li>", re.split("</[uo]l>", key)[0], re.S)
        ]
        assert len(drawn) == len(lines)
        assert all(any(map(re.compile(each).fullmatch, drawn)) for each in lines)


def test_a_row_is_typed_in_and_shown_with_its_marks(client, assignment, papers):
    paper = papers[1]

    response = client.post(row_url(paper), all_right(paper), follow=True)

    assertRedirects(response, row_url(paper))
    assertContains(response, "3 of 3 points", 1)
    for name, value in all_right(paper).items():
        assert value in response.content.decode()
        assert name in response.content.decode()
    assert assignment.attempts.get().score == 3


def test_htmx_gets_the_row_alone(htmx, teacher, assignment, papers):
    htmx.force_login(teacher)
    target = f"sheet-{papers[0].sheet.pk}"

    response = htmx.swap("post", row_url(papers[0]), target, all_right(papers[0]))

    assert response.content.decode().strip().startswith(f'<tr id="{target}"')
    assertNotContains(response, papers[1].sheet.code)


def test_a_row_is_the_same_alone_and_in_the_page(htmx, teacher, assignment, papers):
    htmx.force_login(teacher)
    htmx.post(row_url(papers[0]), all_right(papers[0]))
    target = f"sheet-{papers[0].sheet.pk}"

    fragment, element = htmx.fragment_and_element(row_url(papers[0]), target)

    assert fragment == element


def test_what_cannot_be_read_is_told_at_its_cell_and_nothing_is_lost(
    client, assignment, papers
):
    data = all_right(papers[0])
    first, *others = data
    data[first] = "x"

    response = client.post(row_url(papers[0]), data)

    assertContains(response, "There is no X in this question", status_code=422)
    assertContains(response, "Not saved: column 1 cannot be read", status_code=422)
    assertContains(response, "aria-invalid", 1, status_code=422)
    assert value_of(first, response) == "x"
    assert [value_of(name, response) for name in others] == [data[n] for n in others]
    assert assignment.attempts.count() == 0


def test_an_empty_row_is_handed_in_only_on_purpose(client, assignment, papers):
    refused = client.post(row_url(papers[0]), {})

    assertContains(refused, "Type at least one answer", status_code=422)
    assert assignment.attempts.count() == 0

    client.post(row_url(papers[0]), {"is_empty": "on"})

    assert assignment.attempts.get().score == 0


def test_where_no_attempt_is_left_the_row_says_so(client, assignment, papers):
    assignment.attempts_allowed = 1
    assignment.save()
    paper = papers[0]
    client.post(row_url(paper), all_right(paper))
    make_sheets(assignment=assignment, again=True)
    [more] = papers_of(
        sheets_of(assignment).filter(attempt=None, student=paper.sheet.student)
    )

    before = row_in(client.get(url("paper_type", assignment)), more)
    response = client.post(row_url(more), all_right(more))

    assert "No attempt is left" in before
    assert (before.count("readonly"), before.count("Save")) == (3, 0)
    assertContains(response, "No attempt is left for this student", status_code=409)
    assert assignment.attempts.count() == 1


@pytest.mark.parametrize(
    ("allowed", "said", "readonly"),
    [
        (None, "Taken on the screen, too: this is one more attempt", 0),
        (1, "Taken on the screen, and no attempt is left", 3),
    ],
)
def test_who_took_it_on_the_screen_is_told_before_anything_is_typed(
    client, assignment, papers, allowed, said, readonly
):
    assignment.attempts_allowed = allowed
    assignment.save()
    AttemptFactory(
        assigned=True, assignment=assignment, student=papers[0].sheet.student
    )

    page = client.get(url("paper_type", assignment))

    row, other = (row_in(page, paper) for paper in papers)
    assert said in row
    assert row.count("readonly") == readonly
    assert "on the screen" not in other
    assert "readonly" not in other


def test_once_released_a_row_says_that_answers_stay(client, assignment, papers):
    client.post(row_url(papers[0]), all_right(papers[0]))
    client.post(url("release", assignment))

    data = all_right(papers[0]) | {f"q{papers[0].questions[0].pk}": ""}
    page = client.get(url("paper_type", assignment))
    response = client.post(row_url(papers[0]), data)

    assertContains(page, "a row that is saved stays as it is")
    assert [row_in(page, paper).count("readonly") for paper in papers] == [3, 0]
    assertContains(response, "the answers stay as they are", status_code=409)


def test_before_they_are_released_it_says_that_a_row_can_be_mended_until_then(
    client, assignment, papers
):
    assignment.feedback = assignment.Feedback.RELEASED
    assignment.save()

    page = client.get(url("paper_type", assignment))

    assertContains(page, "can be mended until the marks are shown to everybody")


def test_a_code_leads_to_its_row(client, assignment, papers):
    code = papers[1].sheet.code

    found = client.get(url("paper_type", assignment), {"code": f" {code.lower()}"})
    missing = client.get(url("paper_type", assignment), {"code": "XXXX"})

    assert found.context["focus"] == papers[1].sheet.pk
    assertContains(found, "autofocus", 1)
    assertContains(missing, "No sheet of this class has this code")


def test_after_a_row_the_next_one_is_to_be_typed_in(client, assignment, papers):
    response = client.post(row_url(papers[0]), all_right(papers[0]), follow=True)

    assert response.context["focus"] == papers[1].sheet.pk


def test_the_student_is_told_that_it_came_from_paper(client, assignment, papers):
    paper = papers[0]
    client.post(row_url(paper), all_right(paper))
    client.force_login(paper.sheet.student)

    page = client.get(assignment.attempts.get().get_absolute_url())

    assertContains(page, "You answered this on paper.")
    assertContains(page, "<strong>3</strong> of 3 points")


def test_before_there_are_sheets_every_page_says_what_to_do(client, assignment):
    for name in ("paper_print", "paper_key", "paper_type"):
        assertContains(client.get(url(name, assignment)), "Back to the sheets")


def test_an_assignment_without_a_quiz_has_no_sheets(client, assignment):
    assignment.lesson, assignment.quiz = assignment.quiz.lesson, None
    assignment.save()

    for name in ("paper", "paper_print", "paper_key", "paper_type"):
        assert client.get(url(name, assignment)).status_code == 404


def test_a_sheet_of_another_class_is_not_found(client, assignment, papers):
    other = AssignmentFactory(classroom=assignment.classroom, quiz=assignment.quiz)

    response = client.post(url("paper_row", other, papers[0].sheet.pk), {})

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("paper", 9), ("paper_print", 7), ("paper_key", 8), ("paper_type", 11)],
)
def test_a_page_costs_the_same_whatever_the_size_of_the_class(
    client, assignment, django_assert_num_queries, name, queries, count
):
    for _number in range(count):
        EnrolmentFactory(classroom=assignment.classroom)
        QuestionFactory(quiz=assignment.quiz)
    make_sheets(assignment=assignment)
    for paper in papers_of(sheets_of(assignment))[:count]:
        client.post(row_url(paper), all_right(paper))

    with django_assert_num_queries(queries):
        client.get(url(name, assignment))
