"""An assignment's sheets of paper: one for each student, in two forms."""

from __future__ import annotations

import random
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from quizzes.assignments import recipients
from quizzes.marking import draw_of, fetch_keys, kind_of, new_seed
from quizzes.models import Assignment, PaperSheet, Question
from quizzes.starting import asked_of
from tendril.accounts.models import User

# No vowels, so that no code is a word, and no two that look alike by hand.
SIGNS = "CDFHJKMNPRTWXY34679"
CODE_LENGTH = 3
# The second form is the most different one of so many.
DRAWS = 12

Form = PaperSheet.Form


@dataclass(frozen=True)
class Paper:
    """A sheet with its questions in the order in which they are printed."""

    sheet: PaperSheet
    questions: Sequence[Question]

    @property
    def is_typed_in(self) -> bool:
        return self.sheet.attempt_id is not None


@dataclass(frozen=True)
class Variant:
    """What all sheets of one form have in common, and the answer key tells."""

    form: str
    seed: int
    questions: Sequence[Question]
    codes: Sequence[str]


@transaction.atomic
def make_sheets(*, assignment: Assignment, again: bool = False) -> list[PaperSheet]:
    """Give a sheet to each who has none; with ``again`` also to whose are typed in.

    The forms alternate in the order of names, so that neighbours in a pile differ.
    What is printed stays: twice is as good as once.
    """
    # Locked, or two at once could each find the same student without a sheet.
    locked = Assignment.objects.select_for_update(of=("self",), no_key=True)
    assignment = locked.get(pk=assignment.pk)
    sheets = list(assignment.paper_sheets.all())
    students = without_sheet(assignment, sheets, again=again)
    questions = list(asked_of(assignment))
    if not students or not questions:
        return []
    codes, forms = new_codes({sheet.code for sheet in sheets}), next_forms(sheets)
    seeds = seeds_of(sheets, questions)
    new = [
        PaperSheet(
            assignment=assignment,
            student=student,
            code=next(codes),
            form=form,
            seed=seeds[form],
        )
        for student, form in zip(students, forms, strict=False)
    ]
    PaperSheet.objects.bulk_create(new)
    asks = PaperSheet.questions.through
    asks.objects.bulk_create(
        asks(papersheet_id=sheet.pk, question_id=question.pk)
        for sheet in new
        for question in questions
    )
    return new


def without_sheet(
    assignment: Assignment, sheets: Collection[PaperSheet], *, again: bool = False
) -> list[User]:
    done = {s.student_id for s in sheets if not again or s.attempt_id is None}
    return [person for person in recipients(assignment) if person.pk not in done]


def new_codes(taken: set[str]) -> Iterator[str]:
    while True:
        # One more sign where so many are taken that drawing would take long.
        length = CODE_LENGTH + (len(taken) > len(SIGNS) ** CODE_LENGTH // 2)
        code = "".join(secrets.choice(SIGNS) for _number in range(length))
        if code not in taken:
            taken.add(code)
            yield code


def next_forms(sheets: Collection[PaperSheet]) -> Iterator[str]:
    """A and B in turn, whichever there are fewer of first."""
    count_b = sum(sheet.form == Form.B for sheet in sheets)
    pair = [Form.A, Form.B] if count_b * 2 >= len(sheets) else [Form.B, Form.A]
    while True:
        yield from pair


def seeds_of(
    sheets: Collection[PaperSheet], questions: Sequence[Question]
) -> dict[str, int]:
    """One for each form; what was printed before keeps its own."""
    seeds = {sheet.form: sheet.seed for sheet in sheets}
    first = seeds.setdefault(Form.A, new_seed())
    if Form.B not in seeds:
        drawn = [new_seed() for _number in range(DRAWS)]
        seeds[Form.B] = max(drawn, key=lambda seed: difference(first, seed, questions))
    return seeds


def difference(one: int, other: int, questions: Sequence[Question]) -> int:
    """How many questions offer their choices in another order."""
    return sum(
        kind_of(question).ask(question.body, [], draw_of(one, question))
        != kind_of(question).ask(question.body, [], draw_of(other, question))
        for question in questions
    )


def in_order(form: str, seed: int, questions: Sequence[Question]) -> list[Question]:
    """As the form prints them."""
    if form == Form.A or len(questions) < 2:
        return list(questions)
    mixed = list(questions)
    random.Random(seed).shuffle(mixed)  # noqa: S311
    return mixed if mixed != list(questions) else mixed[::-1]


def sheets_of(assignment: Assignment) -> QuerySet[PaperSheet]:
    """Those of the students for whom it is meant now, by name."""
    mine = assignment.paper_sheets.filter(student__in=recipients(assignment))
    return mine.select_related("student", "attempt").order_by(
        "student__display_name", "student__username", "pk"
    )


def papers_of(sheets: QuerySet[PaperSheet]) -> list[Paper]:
    """Three queries at the most, and one for better answer keys."""
    rows = list(sheets)
    asks = PaperSheet.questions.through.objects.filter(papersheet__in=rows)
    asked: dict[int, list[int]] = defaultdict(list)
    for sheet, question in asks.order_by("pk").values_list("papersheet", "question"):
        asked[sheet].append(question)
    wanted = {pk for pks in asked.values() for pk in pks}
    questions = Question.objects.select_related("quiz").in_bulk(wanted)
    fetch_keys(questions.values())
    return [
        Paper(row, in_order(row.form, row.seed, [questions[q] for q in asked[row.pk]]))
        for row in rows
    ]


def variants_of(papers: Sequence[Paper]) -> list[Variant]:
    """Form A first; more than two where the quiz was changed between printings."""
    codes: dict[tuple[str, int, tuple[Question, ...]], list[str]] = defaultdict(list)
    for paper in papers:
        sheet = paper.sheet
        codes[sheet.form, sheet.seed, tuple(paper.questions)].append(sheet.code)
    variants = [Variant(*what, sorted(of)) for what, of in codes.items()]
    return sorted(variants, key=lambda variant: variant.form)
