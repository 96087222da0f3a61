from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from quizzes import closing, grading, starting
from quizzes.answers import NotAnAnswer
from quizzes.forms import NAME, AnswersForm, DraftsForm
from quizzes.models import Attempt, Question
from quizzes.review_passages import quote_passages
from quizzes.rules import Rules
from quizzes.sent_answers import LookCloser, keep_sent
from quizzes.sittings import Sitting
from quizzes.stored_sittings import sitting_of
from quizzes.views.cards import NUMBER, Page, card_context, picked_before
from tendril.htmx import Request, render_page

LONGEST_ADDRESS = 4000


def attempt_of(request: Request, attempt_id: UUID) -> Attempt:
    """One's own sitting of a quiz or a review, closed if its time is over."""
    mine = Attempt.objects.made_by(request.user).standing().with_lesson()
    mine = mine.exclude(purpose=Attempt.Purpose.CHECK).select_related("paper_sheet")
    return get_object_or_404(mine, pk=attempt_id)


@require_safe
def attempt(request: Request, attempt_id: UUID) -> HttpResponse:
    sitting = sitting_of(closing.close_if_over(attempt_of(request, attempt_id)))
    page = Page.of(sitting, request.GET)
    initial = picked_before(request.GET)
    form = AnswersForm(sitting=sitting, shown=page.shown, initial=initial)
    return show(request, sitting, page, form)


@login_not_required  # whoever was signed out on the way gets their choices back
@require_POST
def submit(request: Request, attempt_id: UUID) -> HttpResponse:
    """Keep the answers, then show the page again: first answers stand."""
    if not request.user.is_authenticated:
        return sign_in_and_return(request, attempt_id)
    if done := keep_at_once(request, attempt_id):
        return done
    attempt = closing.close_if_over(attempt_of(request, attempt_id))
    sitting = sitting_of(attempt)
    if hinted := asked_hint(request, sitting):
        grading.open_hint(attempt=attempt, question=hinted)
        asked, picked = sitting.number_of(hinted), picked_in(request.POST)
        return redirect_to_card(request, attempt, asked, picked)
    page = Page.of(sitting, request.POST)
    form = AnswersForm(request.POST, sitting=sitting, shown=sent_with(sitting, page))
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    try:
        grading.submit_answers(attempt=attempt, answers=form.answers())
    except grading.AttemptClosed:
        notice = _("You have handed this in already. Nothing was changed.")
        return show(request, sitting, page, status=409, notice=notice)
    return redirect_to_card(request, attempt, next_number(request, sitting, page))


def keep_at_once(request: Request, attempt_id: UUID) -> HttpResponse | None:
    """The reply to answers that are in order; None where a page has to tell more."""
    number = request.POST.get("question", "")
    is_all = request.POST.get("view") == "all"
    if "hint" in request.POST or not (is_all or NUMBER.match(number)):
        return None
    sent = {int(name[1:]): values for name, values in sent_in(request.POST)}
    try:
        attempt = keep_sent(attempt_id=attempt_id, student=request.user, sent=sent)
    except (LookCloser, NotAnAnswer, grading.AttemptClosed):
        return None
    shows_mark = not is_all and Rules.copied(attempt.rules).marks_at_once
    return redirect_to_card(request, attempt, int(number) if shows_mark else None)


def next_number(request: Request, sitting: Sitting, page: Page) -> int | None:
    """Where to go: to the mark just given, else on to what is open."""
    if not page.shown or not sitting.rules.marks_at_once:
        return None
    return sitting.number_of(page.shown[0])


def sent_with(sitting: Sitting, page: Page) -> list[Question]:
    """The questions of the page that was sent, which may be over by now."""
    return list(sitting.questions) if page.is_all else page.shown


@require_POST
def save(request: Request, attempt_id: UUID) -> HttpResponse:
    """Keep what is filled in so far, without marking it; say what was not kept."""
    attempt = closing.close_if_over(attempt_of(request, attempt_id))
    sitting = sitting_of(attempt)
    page = Page.of(sitting, request.POST)
    form = DraftsForm(request.POST, sitting=sitting, shown=sent_with(sitting, page))
    # What is half written has not the shape of an answer yet: the rest is kept.
    form.is_valid()
    try:
        grading.submit_answers(attempt=attempt, answers=form.drafts(), is_draft=True)
    except grading.AttemptClosed:
        return HttpResponse(status=409)
    context = {"not_kept": form.not_kept(), "is_late": attempt.ran_out}
    return render_page(request, "quizzes/saved.html", context)


@require_POST
def hand_in(request: Request, attempt_id: UUID) -> HttpResponse:
    attempt = attempt_of(request, attempt_id)
    closing.hand_in(attempt=attempt)
    return redirect_to_card(request, attempt)


@require_POST
def try_missed(request: Request, attempt_id: UUID) -> HttpResponse:
    """Ask once more what was not right."""
    attempt = attempt_of(request, attempt_id)
    if not sitting_of(attempt).may_try_missed:
        return redirect(attempt)
    try:
        again = starting.start_missed(attempt=attempt)
    except starting.NothingToAsk:
        notice = _("What you missed is not in the quiz any more. Try all of it again.")
        sitting = sitting_of(attempt)
        return show(request, sitting, Page(), status=409, notice=notice)
    return redirect_to_card(request, again)


def asked_hint(request: Request, sitting: Sitting) -> Question | None:
    wanted = request.POST.get("hint")
    return next((q for q in sitting.questions if str(q.pk) == wanted), None)


def show(
    request: Request,
    sitting: Sitting,
    page: Page,
    form: AnswersForm | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    quote_passages(sitting, page.shown or sitting.questions)
    return render_page(
        request,
        "quizzes/attempt.html",
        card_context(sitting, page, form, **more),
        fragments=["quiz-card"],
        status=status,
    )


def redirect_to_card(
    request: Request,
    attempt: Attempt,
    number: int | None = None,
    picked: Iterable[tuple[str, str]] = (),
) -> HttpResponseRedirect:
    query = list(picked)
    if request.POST.get("view") == "all":
        query.append(("view", "all"))
    elif number:
        query.append(("question", str(number)))
    url = attempt.get_absolute_url()
    return HttpResponseRedirect(f"{url}?{urlencode(query)}" if query else url)


def sent_in(params: QueryDict) -> list[tuple[str, list[str]]]:
    return [(name, params.getlist(name)) for name in params if NAME.match(name)]


def picked_in(params: QueryDict) -> list[tuple[str, str]]:
    """What was picked, for an address; nothing if no browser would take it."""
    picked = [(name, value) for name, values in sent_in(params) for value in values]
    return picked if len(urlencode(picked)) <= LONGEST_ADDRESS else []


def sign_in_and_return(request: Request, attempt_id: UUID) -> HttpResponse:
    """Ask for sign-in, and bring back the choices that were just picked."""
    page = reverse("quizzes:attempt", args=[attempt_id])
    target = redirect_to_login(f"{page}?{urlencode(picked_in(request.POST))}")
    return HttpResponseClientRedirect(target.url) if request.htmx else target
