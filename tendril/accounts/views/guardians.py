from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as limits
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tendril.accounts import guardians as bonds
from tendril.accounts import invitations, mail
from tendril.accounts.forms import CodeForm, InviteForm
from tendril.accounts.models import Guardianship, Invitation
from tendril.accounts.sealing import unsealed
from tendril.htmx import Request, render_page

STATUS_OF = {
    invitations.CodeUnknown: 422,
    invitations.CodeUsed: 410,
    invitations.CodeOver: 410,
    invitations.CodeTakenBack: 410,
    invitations.LetterTakenBack: 410,
    invitations.CodeOfOneself: 403,
    invitations.CodeOfMaker: 403,
    invitations.CodeForAdults: 403,
    invitations.LinkBarred: 403,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request) -> HttpResponse:
    """Type a code, see whose it is, and say yes."""
    sent = request.POST if request.method == "POST" else request.GET
    if "code" not in sent:
        return show_link(request, CodeForm())
    form = CodeForm(sent)
    if not form.is_valid():
        return show_link(request, form, status=422)
    if not may_try(request):
        return ratelimit.respond_429(request)
    given = {"code": form.cleaned_data["code"], "person": request.user}
    try:
        if request.method != "POST":
            return show_link(request, form, found=invitations.find(**given))
        bond = invitations.use(**given)
    except invitations.CodeRefused as refused:
        form.add_error("code", said_of(refused))
        return show_link(request, form, status=STATUS_OF[type(refused)])
    if bond.is_pending:
        return redirect("accounts:guardians")
    messages.success(
        request, _("You are linked with %(name)s.") % {"name": bond.student}
    )
    return redirect("home:family")


def may_try(request: Request) -> bool:
    # A guess is a guess by GET too, which the public function lets through.
    tried = limits.consume(
        request,
        app="allauth.account",
        action="family_code",
        user=request.user,
        limit_get=True,
    )
    return bool(tried)


def said_of(refused: invitations.CodeRefused) -> str:
    return {
        invitations.CodeUnknown: _(
            "There is no such code. Check each letter, and type it again."
        ),
        invitations.CodeUsed: _(
            "This code was used already. Ask whoever gave it to you for a new one."
        ),
        invitations.CodeOver: _(
            "The days of this code are over. Ask whoever gave it to you for a new one."
        ),
        invitations.CodeTakenBack: _(
            "This code was taken back and links nobody any more. Ask whoever gave it "
            "to you, or the school, for a new one."
        ),
        invitations.LetterTakenBack: _(
            "The school has taken this letter back. Ask the school for a new one."
        ),
        invitations.CodeOfOneself: _(
            "This code is for a parent or guardian of yours. Give it to them: they "
            "type it in an account of their own."
        ),
        invitations.CodeOfMaker: _(
            "You made this code yourself, and nobody is linked on their own word. Ask "
            "a colleague, or the people who run this site, for one."
        ),
        invitations.CodeForAdults: _(
            "Only adults can be guardians, and your account does not say that you "
            "are 18. If you are, ask the people who run this site to put in your "
            "month of birth."
        ),
        invitations.LinkBarred: _(
            "The school does not allow this link. Ask the school about it."
        ),
    }[type(refused)]


def show_link(
    request: Request,
    form: CodeForm,
    *,
    found: invitations.Invitation | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "found": found}
    return render_page(request, "accounts/link.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def guardians(request: Request) -> HttpResponse:
    """Who is linked to me, whom I am linked to, and a code for somebody new."""
    person = request.user
    if request.method == "POST":
        if person.is_adult:
            raise PermissionDenied
        invitations.make_child_code(person)
        return redirect("accounts:guardians")
    standing = Guardianship.objects.filter(barred_at=None)
    context: dict[str, Any] = {
        "mine": standing.filter(student=person).select_related("guardian"),
        "children": standing.of(person)
        .filter(unsealed("student"))
        .select_related("student"),
        "code": None if person.is_adult else invitations.child_code_of(person),
        "sealed": Guardianship.objects.verified()
        .of(person)
        .filter(student__sealed_at__isnull=False)
        .select_related("student"),
        "mailed": Invitation.objects.open().mailed_by(person),
    }
    return render_page(request, "accounts/guardians.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, guardianship_id: int) -> HttpResponse:
    is_guardian = Q(guardian=request.user) & unsealed("student")
    mine = Guardianship.objects.filter(
        is_guardian | Q(student=request.user), barred_at=None
    )
    bond = get_object_or_404(
        mine.select_related("guardian", "student"), pk=guardianship_id
    )
    if not bonds.may_end(bond, by=request.user):
        raise PermissionDenied
    if request.method != "POST":
        context = {"bond": bond, "is_guardian": bond.guardian_id == request.user.pk}
        return render_page(request, "accounts/end_link.html", context)
    with suppress(bonds.MayNotEnd):  # barred meanwhile: the page lists it no more
        bonds.end(bond, by=request.user)
        messages.success(request, _("The link is undone."))
    return redirect("accounts:guardians")


@require_POST
def take_back(request: Request, invitation_id: int) -> HttpResponse:
    mine = Invitation.objects.filter(made_by=request.user)
    if invitations.take_back(get_object_or_404(mine, pk=invitation_id)):
        messages.success(request, _("Taken back. The code links nobody any more."))
    return redirect("accounts:guardians")


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, student_id: int) -> HttpResponse:
    """A verified guardian invites the next one."""
    mine = Guardianship.objects.verified().of(request.user)
    mine = mine.filter(unsealed("student")).select_related("student")
    bond = get_object_or_404(mine, student_id=student_id)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not mail.is_on():
        raise PermissionDenied
    if form.is_valid() and is_invited(request, form, bond):
        return redirect("home:family_of", student_id)
    context = {
        "form": form,
        "student": bond.student,
        "is_on": mail.is_on(),
        "mailed": Invitation.objects.open()
        .mailed_by(request.user)
        .filter(student=student_id),
    }
    status = 422 if form.errors else 200
    return render_page(request, "accounts/invite.html", context, status=status)


def is_invited(request: Request, form: InviteForm, bond: Guardianship) -> bool:
    address = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="mail", user=request.user):
        form.add_error("email", _("That was a lot of mail at once. Wait a minute."))
        return False
    try:
        invitations.invite(student=bond.student, by=request.user, address=address)
    except invitations.TooManyInvitations:
        form.add_error(
            "email",
            _(
                "Five invitations are waiting already, with those of others. Take one "
                "of yours back, or wait until one is opened."
            ),
        )
        return False
    messages.success(
        request, _("An invitation is on its way to %(address)s.") % {"address": address}
    )
    return True
