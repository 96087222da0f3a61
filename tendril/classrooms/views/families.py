from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tendril.accounts import guardians, invitations, mail, vouching
from tendril.accounts.forms import InviteForm
from tendril.accounts.models import Guardianship, Invitation, User
from tendril.classrooms import erasures, family_lists
from tendril.classrooms.access import students_vouched_for_by
from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page
from tendril.qr import qr_code

ON_A_PAGE = 50


@require_safe
def families(request: Request) -> HttpResponse:
    """The children whose guardians I may say, those with somebody waiting first."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = family_lists.with_links(students_vouched_for_by(request.user), asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "may": page.paginator.count or asked,
        "erasures": erasures.told_to(request.user).filter(
            person__managed_by__in=Classroom.objects.open().taught_by(request.user)
        ),
    }
    return render_page(request, "classrooms/families.html", context)


def my_student(request: Request, student_id: int) -> User:
    return get_object_or_404(students_vouched_for_by(request.user), pk=student_id)


@require_safe
def family(request: Request, student_id: int) -> HttpResponse:
    return show_family(request, my_student(request, student_id), InviteForm())


def show_family(
    request: Request, student: User, form: InviteForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "student": student,
        "links": student.guardianships.select_related("guardian", "verified_by"),
        "waiting": vouching.holding(
            student.invitations.open().select_related("made_by")
        ),
        "form": form,
        "is_on": mail.is_on(),
    }
    return render_page(request, "classrooms/family.html", context, status=status)


@require_POST
def make_letter(request: Request, student_id: int) -> HttpResponse:
    student = my_student(request, student_id)
    made = invitations.make_letter(student=student, by=request.user)
    return redirect("classrooms:letter", made.pk)


@require_safe
def letter(request: Request, invitation_id: int) -> HttpResponse:
    """To be printed, by whoever of the school may still vouch for the child."""
    letters = Invitation.objects.open().filter(
        kind=Invitation.Kind.SCHOOL, student__in=students_vouched_for_by(request.user)
    )
    letters = letters.select_related("student__managed_by", "made_by")
    made = get_object_or_404(letters, pk=invitation_id)
    if not vouching.holds(made):
        raise Http404
    host = urlsplit(settings.SITE_URL).netloc
    context = {"invitation": made, "qr": qr_code(made.path), "host": host}
    return render_page(request, "classrooms/letter.html", context)


@require_POST
def invite(request: Request, student_id: int) -> HttpResponse:
    student = my_student(request, student_id)
    if not mail.is_on():
        raise PermissionDenied
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show_family(request, student, form, status=422)
    if not ratelimit.consume(request, action="mail", user=request.user):
        return ratelimit.respond_429(request)
    address = form.cleaned_data["email"]
    try:
        invitations.invite(student=student, by=request.user, address=address)
    except invitations.TooManyInvitations:
        form.add_error(
            "email",
            _(
                "Five invitations are waiting already. Take one back, or wait until "
                "one is opened."
            ),
        )
        return show_family(request, student, form, status=422)
    messages.success(
        request, _("An invitation is on its way to %(address)s.") % {"address": address}
    )
    return redirect("classrooms:family", student_id)


@require_POST
def take_back(request: Request, invitation_id: int) -> HttpResponse:
    """Any code for the child, whoever made it: the school may bar each of them, too."""
    theirs = Invitation.objects.filter(
        student__in=students_vouched_for_by(request.user)
    )
    made = get_object_or_404(theirs, pk=invitation_id)
    if invitations.take_back(made):
        messages.success(request, _("Taken back. The code links nobody any more."))
    return redirect("classrooms:family", made.student_id)


def my_bond(request: Request, guardianship_id: int) -> Guardianship:
    bonds = Guardianship.objects.filter(
        student__in=students_vouched_for_by(request.user)
    )
    return get_object_or_404(bonds.select_related("guardian"), pk=guardianship_id)


@require_POST
def verify(request: Request, guardianship_id: int) -> HttpResponse:
    bond = my_bond(request, guardianship_id)
    done = guardians.verify(Guardianship.objects.filter(pk=bond.pk), by=request.user)
    if done or bond.verified_at:
        messages.success(
            request,
            _("%(name)s sees the family page from now on.") % {"name": bond.guardian},
        )
    else:
        messages.error(
            request,
            _(
                "The account of %(name)s does not say that they are 18, so they "
                "cannot be a guardian yet. The people who run this site can put in "
                "the month of birth."
            )
            % {"name": bond.guardian},
        )
    return redirect("classrooms:family", bond.student_id)


@require_POST
def bar(request: Request, guardianship_id: int) -> HttpResponse:
    bond = my_bond(request, guardianship_id)
    guardians.bar(bond, by=request.user)
    messages.success(
        request, _("%(name)s sees nothing any more.") % {"name": bond.guardian}
    )
    return redirect("classrooms:family", bond.student_id)


@require_POST
def lift(request: Request, guardianship_id: int) -> HttpResponse:
    bond = my_bond(request, guardianship_id)
    guardians.lift(bond)
    messages.success(request, _("The link is what it was before."))
    return redirect("classrooms:family", bond.student_id)
