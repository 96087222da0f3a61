from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from tendril.accounts import looks, mail
from tendril.accounts.models import Look, User
from tendril.classrooms.access import family_views_open_to, wards_of
from tendril.htmx import Request, render_page
from tutor import (
    asked_for,
    consent,
    decisions,
    email_plus,
    family_rules,
    retention,
    transcripts,
)
from tutor.forms import ConsentForm, FamilySettingsForm, PurposeForm
from tutor.purposes import Purpose


def decided_by(request: Request, student_id: int) -> User:
    """A ward of the person who asks, or they themselves once they are grown up."""
    if request.user.pk == student_id and request.user.is_adult:
        return request.user
    return ward(request, student_id)


def ward(request: Request, student_id: int) -> User:
    return get_object_or_404(wards_of(request.user), pk=student_id)


@require_safe
def family_panel(request: Request) -> HttpResponse:
    """Which of my children ask for the tutor, and where to decide."""
    children = asked_for.children_of(request.user)
    return render_page(
        request,
        "tutor/family_panel.html",
        {"children": children},
        fragments=["family-tutor"],
    )


@require_safe
def family(request: Request, student_id: int) -> HttpResponse:
    """What the tutor is, what it may, and what it did; the student sees it, too."""
    student = get_object_or_404(family_views_open_to(request.user), pk=student_id)
    return show_family(request, student)


def show_family(
    request: Request,
    student: User,
    *,
    form: ConsentForm | None = None,
    rules: FamilySettingsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    looks.record(request.user, [student], Look.What.FAMILY)
    own = family_rules.of(student)
    decided = decisions.about(student, request.user)
    sent = {form.asked_for: form} if form else {}
    forms = [
        sent.get(each.purpose) or ConsentForm.about(each.purpose, request.user)
        for each in decided
    ]
    is_own = student == request.user
    return render_page(
        request,
        "tutor/family.html",
        {
            "student": student,
            "is_own": is_own,
            "decides": not is_own or student.is_adult,
            "decisions": list(zip(decided, forms, strict=True)),
            "is_allowed": any(each.until for each in decided),
            "history": decisions.history(student),
            "rules": own,
            "rules_form": rules or FamilySettingsForm(instance=own),
            "transcripts": transcripts.of(student),
        },
        status=status,
    )


@sensitive_post_parameters("password")
@require_POST
def grant(request: Request, student_id: int) -> HttpResponse:
    student = decided_by(request, student_id)
    form = ConsentForm(request.POST, by=request.user)
    if not ratelimit.consume(request, action="erase", user=request.user):
        messages.error(request, _("That was often. Wait a minute and try again."))
        return show_family(request, student, status=429)
    if not form.is_valid():
        return show_family(request, student, form=form, status=422)
    try:
        consent.grant(
            student=student,
            by=request.user,
            purpose=form.asked_for,
            method=decisions.way_of(request.user, student),
        )
    except consent.CannotConsent:
        raise PermissionDenied from None
    messages.success(request, _("The tutor may answer now."))
    return redirect("tutor:family", student.pk)


@require_POST
def mail_link(request: Request, student_id: int) -> HttpResponse:
    student = ward(request, student_id)
    if not request.user.confirmed_email or not mail.is_on():
        raise PermissionDenied
    if not ratelimit.consume(request, action="mail", user=request.user):
        return ratelimit.respond_429(request)
    email_plus.ask(student=student, guardian=request.user)
    messages.success(request, _("A mail with the link is on its way to you."))
    return redirect("tutor:family", student.pk)


@require_POST
def withdraw(request: Request, student_id: int) -> HttpResponse:
    student = decided_by(request, student_id)
    form = PurposeForm(request.POST)
    asked = form.cleaned_data["purpose"] if form.is_valid() else ""
    consent.withdraw(
        student=student,
        by=request.user,
        relationship=decisions.way_of(request.user, student).relationship,
        purposes=[asked] if asked else Purpose.values,
    )
    messages.success(request, _("The tutor answers no more questions."))
    return redirect("tutor:family", student.pk)


@require_POST
def rule(request: Request, student_id: int) -> HttpResponse:
    student = decided_by(request, student_id)
    form = FamilySettingsForm(request.POST, instance=family_rules.of(student))
    if not form.is_valid():
        return show_family(request, student, rules=form, status=422)
    family_rules.keep(form.instance)
    messages.success(request, _("That holds from now on."))
    return redirect("tutor:family", student.pk)


@require_POST
def erase(request: Request, student_id: int) -> HttpResponse:
    student = decided_by(request, student_id)
    retention.erase_of(student)
    messages.success(request, _("All questions and answers are erased."))
    return redirect("tutor:family", student.pk)
