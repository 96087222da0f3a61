from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tendril.classrooms import joining
from tendril.classrooms.forms import CodeForm
from tendril.htmx import Request, render_page

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Refusal(NamedTuple):
    status: int
    sentence: StrPromise


REFUSALS: dict[type[joining.Refused], Refusal] = {
    joining.UnknownCode: Refusal(
        404,
        gettext_lazy(
            "No class has this code. Look at it once more, sign by sign, or ask your "
            "teacher for the code of today."
        ),
    ),
    joining.CodeExpired: Refusal(
        410, gettext_lazy("This code is too old. Ask your teacher for a new one.")
    ),
    joining.SlipUsed: Refusal(
        410,
        gettext_lazy(
            "Somebody has used this slip already, and each works once. Ask your "
            "teacher for another."
        ),
    ),
    joining.ClassEnded: Refusal(
        410,
        gettext_lazy(
            "The class of this code has ended. Ask your teacher for the code of the "
            "new one."
        ),
    ),
    joining.TooManyGuesses: Refusal(
        429,
        gettext_lazy(
            "Those were many wrong codes. Wait a few minutes, ask your teacher for "
            "the right one, and type it then."
        ),
    ),
    joining.TooManyReturns: Refusal(
        429,
        gettext_lazy(
            "You have left this class and come back many times. Wait, and join it "
            "again in an hour."
        ),
    ),
    joining.TooManyJoined: Refusal(
        429,
        gettext_lazy(
            "Very many people are joining this class just now. Tell your teacher, or "
            "try again in an hour."
        ),
    ),
}


@login_not_required  # says what joining means before it asks who is there
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return ask_who(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = joining.find(person=request.user, typed=form.cleaned_data["code"])
        except joining.Refused as refused:
            return say_no(request, form, refused)
        return redirect("classrooms:join_class", code)
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/join.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_class(request: Request, join_code: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return ask_who(request)
    try:
        code = joining.find(person=request.user, typed=join_code)
        if request.method == "POST":
            joining.join(person=request.user, code=code)
    except joining.Refused as refused:
        form = CodeForm({"code": join_code})
        form.full_clean()
        return say_no(request, form, refused)
    if request.method == "POST":
        messages.success(request, _("You are in %(name)s.") % {"name": code.classroom})
        return redirect(code.classroom)
    if code.classroom.enrolments.filter(person=request.user).exists():
        messages.info(request, _("You are in this class already."))
        return redirect(code.classroom)
    teachers = code.classroom.enrolments.teachers().by_name()
    context = {"classroom": code.classroom, "code": code, "teachers": teachers}
    return render_page(request, "classrooms/join_class.html", context)


def ask_who(request: Request) -> HttpResponse:
    """Nothing is looked up for a stranger: a code tells them nothing."""
    if request.method == "POST":
        return redirect_to_login(request.path, settings.LOGIN_URL)
    return render_page(request, "classrooms/join_signed_out.html")


def say_no(request: Request, form: CodeForm, refused: joining.Refused) -> HttpResponse:
    refusal = REFUSALS[type(refused)]
    form.add_error("code", refusal.sentence)
    context = {"form": form}
    response = render_page(
        request, "classrooms/join.html", context, status=refusal.status
    )
    if isinstance(refused, joining.TooOften):
        response["Retry-After"] = str(refused.wait)
    return response
