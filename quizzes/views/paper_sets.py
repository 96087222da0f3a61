from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from quizzes import paper_entry, paper_sheets, starting
from quizzes.answers import Answer
from quizzes.forms import SheetForm, field_name
from quizzes.models import Assignment, PaperSheet, Question, Response
from quizzes.paper_sheets import Paper
from quizzes.paper_typing import Way, typed, way_of
from quizzes.views.paper import Line, Printed
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.htmx import Request, render_page


@dataclass(frozen=True)
class SheetLine(Line):
    name: str = ""

    @property
    def printed(self) -> Printed:
        return Printed(f"{self.question.pk}-{self.name}", self.question.kind)


@dataclass(frozen=True)
class Cell:
    """Where an answer is typed in."""

    number: int
    name: str
    value: str
    way: Way
    errors: Sequence[str]


@dataclass(frozen=True)
class Row:
    paper: Paper
    cells: Sequence[Cell]
    # What keeps it from being saved, beyond single cells.
    problems: Sequence[str] = field(default_factory=list)
    may_be_empty: bool = False
    # Nothing can be typed in, or changed.
    is_fixed: bool = False
    is_on_screen: bool = False

    @property
    def sheet(self) -> PaperSheet:
        return self.paper.sheet

    @property
    def unreadable(self) -> list[int]:
        """The columns."""
        return [cell.number for cell in self.cells if cell.errors]

    @property
    def is_amiss(self) -> bool:
        return bool(self.problems or self.unreadable)


def on_paper(request: Request, assignment_id: int) -> Assignment:
    """One with a quiz, of a class that this person teaches."""
    mine = Assignment.objects.taught_by(request.user).with_content()
    assignment = get_object_or_404(mine, pk=assignment_id)
    if assignment.quiz is None:
        raise Http404
    return assignment


@require_safe
def paper(request: Request, assignment_id: int) -> HttpResponse:
    assignment = on_paper(request, assignment_id)
    sheets = list(paper_sheets.sheets_of(assignment))
    marked = {sheet.student for sheet in sheets if sheet.attempt_id}
    looks.record(request.user, marked, Look.What.MARKS)
    context = {
        "assignment": assignment,
        "sheets": sheets,
        "open_count": sum(sheet.attempt_id is None for sheet in sheets),
        "missing": paper_sheets.without_sheet(assignment, sheets),
        "again": paper_sheets.without_sheet(assignment, sheets, again=True),
        "may_see_key": request.user.may_teach,
    }
    return render_page(request, "quizzes/paper.html", context)


@require_POST
def paper_make(request: Request, assignment_id: int) -> HttpResponse:
    assignment = on_paper(request, assignment_id)
    again = "again" in request.POST
    paper_sheets.make_sheets(assignment=assignment, again=again)
    return redirect("quizzes:paper", assignment_id)


@require_safe
def paper_print(request: Request, assignment_id: int) -> HttpResponse:
    """The sheets that are not typed in yet; with ?sheet= that one, typed in or not."""
    assignment = on_paper(request, assignment_id)
    sheets = paper_sheets.sheets_of(assignment)
    if code := request.GET.get("sheet"):
        sheets = sheets.filter(code=code.replace("\0", ""))
    else:
        sheets = sheets.filter(attempt=None)
    papers = [
        (each.sheet, lines_of(each.questions, each.sheet.seed, each.sheet.code))
        for each in paper_sheets.papers_of(sheets)
    ]
    context = {"assignment": assignment, "quiz": assignment.quiz, "papers": papers}
    return render_page(request, "quizzes/paper_print.html", context)


@require_safe
def paper_key(request: Request, assignment_id: int) -> HttpResponse:
    """The answers in the order of each form, for whoever staff made a teacher."""
    assignment = on_paper(request, assignment_id)
    if not request.user.may_teach:
        raise PermissionDenied
    papers = paper_sheets.papers_of(paper_sheets.sheets_of(assignment))
    variants = [
        (variant, lines_of(variant.questions, variant.seed, f"{number}"))
        for number, variant in enumerate(paper_sheets.variants_of(papers), 1)
    ]
    context = {"assignment": assignment, "quiz": assignment.quiz, "variants": variants}
    return render_page(request, "quizzes/paper_key.html", context)


def lines_of(questions: Sequence[Question], seed: int, name: str) -> list[SheetLine]:
    return [SheetLine(question, seed, name) for question in questions]


@require_safe
def paper_type(request: Request, assignment_id: int) -> HttpResponse:
    return show_grid(request, on_paper(request, assignment_id))


@require_http_methods(["GET", "HEAD", "POST"])
def paper_row(request: Request, assignment_id: int, sheet_id: int) -> HttpResponse:
    """Type one sheet in; it is shown alone where its row is what is replaced."""
    assignment = on_paper(request, assignment_id)
    sheets = paper_sheets.sheets_of(assignment).filter(pk=sheet_id)
    get_object_or_404(sheets)
    [one] = paper_sheets.papers_of(sheets)
    if request.method != "POST":
        return show_grid(request, assignment, one)
    form = SheetForm(request.POST, paper=one)
    if not form.is_valid():
        return show_grid(request, assignment, one, form, status=422)
    try:
        paper_entry.type_in(paper=one, answers=form.answers())
    except starting.NoAttemptLeft:
        notice = _("No attempt is left for this student, so nothing was saved.")
    except paper_entry.MarksReleased:
        notice = _("The marks are shown to everybody, so the answers stay as they are.")
    else:
        return redirect("quizzes:paper_row", assignment_id, sheet_id)
    form.add_error(None, notice)
    return show_grid(request, assignment, one, form, status=409)


def show_grid(
    request: Request,
    assignment: Assignment,
    one: Paper | None = None,
    form: SheetForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """All sheets, or the row of one if that is what htmx replaces."""
    template, papers = "quizzes/paper_type.html", [one] if one else []
    is_row = one and request.htmx and request.htmx.target == f"sheet-{one.sheet.pk}"
    if not is_row:
        papers = paper_sheets.papers_of(paper_sheets.sheets_of(assignment))
    given = answers_on(papers)
    shown = [each.sheet.student for each in papers if each.sheet.pk in given]
    looks.record(request.user, shown, Look.What.ANSWERS)
    taken = paper_entry.taken_already(assignment)
    rows = [
        row_of(each, given, taken, form if one and each.sheet == one.sheet else None)
        for each in papers
    ]
    code = request.GET.get("code", "").strip().upper()
    context = {
        "assignment": assignment,
        "rows": rows,
        "row": rows[0] if rows else None,
        "columns": range(1, max((len(p.questions) for p in papers), default=0) + 1),
        "ways": {way_of(q).name: way_of(q) for p in papers for q in p.questions},
        "code": code,
        "focus": None if is_row else where_to_go_on(papers, one, form, code),
    }
    template += "#sheet" if is_row else ""
    return render_page(request, template, context, status=status)


def where_to_go_on(
    papers: Sequence[Paper], one: Paper | None, form: SheetForm | None, code: str
) -> int | None:
    """The sheet to be typed in next: the one asked for, or the one after the last."""
    sheets = [paper.sheet for paper in papers]
    if one is None:
        return next((sheet.pk for sheet in sheets if sheet.code == code), None)
    place = sheets.index(one.sheet) + (form is None)
    return sheets[place].pk if place < len(sheets) else None


def answers_on(papers: Sequence[Paper]) -> dict[int, dict[int, Answer]]:
    """What is typed in already, by sheet and question."""
    sheets = [each.sheet.pk for each in papers if each.is_typed_in]
    kept = Response.objects.filter(attempt__paper_sheet__in=sheets, counts=True)
    found: dict[int, dict[int, Answer]] = defaultdict(dict)
    rows = kept.order_by().values_list("attempt__paper_sheet", "question", "answer")
    for sheet, question, answer in rows:
        found[sheet][question] = answer
    return found


def row_of(
    paper: Paper,
    given: dict[int, dict[int, Answer]],
    taken: paper_entry.TakenAlready,
    form: SheetForm | None,
) -> Row:
    answers = given.get(paper.sheet.pk, {})
    cells = [
        cell_of(paper, number, question, answers.get(question.pk, []), form)
        for number, question in enumerate(paper.questions, 1)
    ]
    empty = errors_of(form, "is_empty") if form else []
    return Row(
        paper,
        cells,
        [*empty, *map(str, form.non_field_errors())] if form else [],
        may_be_empty=bool(empty),
        is_fixed=taken.is_fixed(paper.sheet),
        is_on_screen=paper.sheet.student_id in taken.on_screen,
    )


def errors_of(form: SheetForm, name: str) -> list[str]:
    return [str(error) for error in form.errors.get(name, ())]


def cell_of(
    paper: Paper,
    number: int,
    question: Question,
    answer: Answer,
    form: SheetForm | None,
) -> Cell:
    name = field_name(question)
    return Cell(
        number,
        name,
        form.data.get(name, "") if form else typed(question, answer, paper.sheet.seed),
        way_of(question),
        errors_of(form, name) if form else [],
    )
