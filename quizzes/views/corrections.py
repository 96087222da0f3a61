from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes import corrections
from quizzes.answers import Body
from quizzes.correction_report import report_of, time_zone_of
from quizzes.forms import KeyForm
from quizzes.marking import readable
from quizzes.models import Correction, Question
from quizzes.points_again import preview
from quizzes.views.paper import Line
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.htmx import Request, render_page

ON_A_PAGE = 100


class KeyLine(Line):
    """A version with the key it came with, whichever marks it now."""

    @property
    def key(self) -> Body:
        return self.question.body

    @property
    def also_accepted(self) -> list[str]:
        return [
            readable(self.question, answer) for answer in self.question.also_accepted
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def question_key(request: Request, question_id: int) -> HttpResponse:
    """The versions of a question, and marking older ones by a later key."""
    if not request.user.is_staff:
        raise Http404
    question = get_object_or_404(
        Question.objects.select_related("quiz"), pk=question_id
    )
    if request.method != "POST":
        return show_key(request, question)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return show_key(request, question, form, status=422)
    try:
        correction = corrections.correct(
            key=question, made_by=request.user, reason=form.cleaned_data["reason"]
        )
    except corrections.NothingToCorrect:
        notice = _(
            "No older version asks the same and has another key. Nothing was changed."
        )
        return show_key(request, question, form, status=409, notice=notice)
    return redirect(correction)


def show_key(
    request: Request,
    question: Question,
    form: KeyForm | None = None,
    *,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    versions = corrections.versions_of(question)
    found, plan = None, None
    try:
        plan = corrections.plan_to_correct(question, versions)
    except corrections.NothingToCorrect:
        pass
    else:
        found = preview(plan.key, plan.corrected)
    context = {
        "question": question,
        "lines": [KeyLine(version, question.quiz_id) for version in reversed(versions)],
        "plan": plan,
        "preview": found,
        "corrections": Correction.objects.filter(question__in=versions),
        "form": form or KeyForm(),
        "notice": notice,
    }
    return render_page(request, "quizzes/question_key.html", context, status=status)


@require_safe
def correction(request: Request, correction_id: int) -> HttpResponse:
    """How far marking again is, and what it has changed."""
    visible = Correction.objects.visible_to(request.user)
    along = visible.select_related("question__quiz", "made_by")
    one = get_object_or_404(along, pk=correction_id)
    report = report_of(one, request.user)
    page = Paginator(report.named, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {change.response.attempt.student for change in page}
    looks.record(request.user, shown, Look.What.ANSWERS)
    return render_page(
        request,
        "quizzes/correction.html",
        {
            "correction": one,
            "time_zone": time_zone_of(one, request.user),
            "done": report.done,
            "steps": report.steps,
            "page": page,
            "unnamed": report.changed - page.paginator.count,
        },
        fragments=["correction-progress"],
    )
