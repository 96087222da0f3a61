from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons import delivery, progress
from lessons.models import Lesson, Tier
from tendril.accounts.models import Guardianship, User
from tendril.accounts.sealing import unsealed
from tendril.classrooms import erasures, family_lists
from tendril.classrooms.access import wards_of
from tendril.classrooms.models import Classroom
from tendril.home import hand_overs, syncing
from tendril.htmx import Request, render_page


@login_not_required
@require_safe
def home(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        published = Lesson.objects.published().defer("html").in_order()
        firsts = [published.filter(tier=tier).first() for tier in Tier.values]
        return render_page(
            request,
            "home/welcome.html",
            {"lessons": [lesson for lesson in firsts if lesson]},
        )
    taught = Classroom.objects.open().taught_by(request.user).with_student_count()
    return render_page(
        request,
        "home/home.html",
        {
            "classrooms": taught,
            "is_teacher": bool(taught) or request.user.may_teach,
            "is_guardian": wards_of(request.user).exists(),
            "is_staff": request.user.is_staff,
            "waiting": family_lists.waiting_for(request.user).count(),
            "pending": pending_bonds_of(request.user),
            "erasures": erasures.told_to(request.user),
        },
    )


def pending_bonds_of(person: User) -> QuerySet[Guardianship]:
    bonds = Guardianship.objects.pending().of(person).filter(unsealed("student"))
    return bonds.select_related("student")


@login_not_required
@require_safe
def me(request: Request) -> HttpResponse:
    mine = []
    if request.user.is_authenticated:
        mine = hand_overs.hand_overs_of(request.user)
    return render_page(request, "home/me.html", {"hand_overs": mine})


@require_safe
def seen(request: Request) -> HttpResponse:
    """The very views that adults have, of the person who asks."""
    return render_page(request, "home/seen.html", {"students": [request.user]})


@require_safe
def family(request: Request) -> HttpResponse:
    children = wards_of(request.user).order_by("display_name", "username")
    context = {
        "students": children,
        "pending": pending_bonds_of(request.user),
        "erasures": erasures.told_to(request.user).filter(
            person__guardianships__guardian=request.user
        ),
    }
    return render_page(request, "home/family.html", context)


@require_safe
def family_of(request: Request, student_id: int) -> HttpResponse:
    child = get_object_or_404(wards_of(request.user), pk=student_id)
    context = {"students": [child], "pending": [], "erasures": []}
    return render_page(request, "home/family.html", context)


@login_not_required  # a script asks: it needs to hear 401, not to read a login page
@require_POST
def sync(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return refusal(401, _("Sign in to keep your progress in your account."))
    if not ratelimit.consume(request, action="sync", user=request.user):
        return refusal(429, _("That was a lot at once. Try again in a minute."))
    try:
        sent = delivery.read(request.body)
    except delivery.Unreadable:
        return refusal(400, _("Send a JSON object with a list of events."))
    except delivery.TooManyEvents:
        return refusal(413, _("Send 1,000 events at the most, and the rest after."))
    if sent.reader not in (None, request.user.reader_key):
        return refusal(409, _("Somebody else is signed in now. Load the page again."))
    outcomes = syncing.take(request.user, sent)
    return answer(
        {
            "outcomes": [outcome.as_json() for outcome in outcomes],
            "message": hand_overs.summary(request.user, sent.batch, outcomes),
        }
    )


def refusal(status: int, sentence: str) -> JsonResponse:
    return answer({"error": sentence}, status)


def answer(content: dict[str, object], status: int = 200) -> JsonResponse:
    headers = {"Cache-Control": "private, no-store"}
    return JsonResponse(content, status=status, headers=headers)


@login_not_required
@require_POST
def offer(request: Request) -> HttpResponse:
    """What the device holds, by the names of lessons. Nothing is kept."""
    try:
        sent = delivery.read(request.body)
    except delivery.Unreadable:
        return refusal(400, _("Send a JSON object with a list of events."))
    except delivery.TooManyEvents:
        return refusal(413, _("Send 1,000 events at the most, and the rest after."))
    held = hand_overs.held_in(sent.events)
    if not held:
        return HttpResponse(status=204)
    return render_page(
        request,
        "home/offer.html",
        {"held": held, "may_add": request.user.is_authenticated},
    )


@require_POST
def undo_sync(request: Request, batch_id: UUID) -> HttpResponse:
    batch = get_object_or_404(request.user.sync_batches, pk=batch_id)
    try:
        syncing.undo(batch)
    except progress.TooLateToUndo:
        return render_page(request, "home/too_late.html", status=410)
    messages.success(request, _("Taken out of your account again."))
    return redirect("home:me")
