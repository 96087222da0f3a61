from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons import browsing
from lessons.models import Lesson, Picture, Tier, Track
from lessons.public_pages import public_page, render_public
from tendril.qr import qr_code

LESSONS_ON_A_PAGE = 60
A_YEAR = 31_536_000


@public_page
def catalogue(request: HttpRequest) -> HttpResponse:
    return _browse(request, reverse("lessons:catalogue"))


@public_page
def tier(request: HttpRequest, tier: str) -> HttpResponse:
    return _browse(request, reverse("lessons:tier", args=[tier]), tier=tier)


@public_page
def track(request: HttpRequest, slug: str) -> HttpResponse:
    return _browse(request, reverse("lessons:track", args=[slug]), track=slug)


def _browse(request: HttpRequest, here_url: str, **place: str) -> HttpResponse:
    """The catalogue, or the part of it that has an address of its own."""
    language = settings.LANGUAGE_CODE
    tracks = list(Track.objects.with_lessons())
    here = next((track for track in tracks if track.slug == place.get("track")), None)
    if "track" in place and here is None:
        return _not_found(place["track"])
    filters = browsing.Filters.of(request.GET.dict() | place, tracks)
    lessons = Lesson.objects.published().filter(language=language)
    chosen = filters.choose(lessons).as_cards().in_order()
    page = Paginator(chosen, LESSONS_ON_A_PAGE).get_page(request.GET.get("page"))
    shelve = (
        browsing.shelves_by_track if place.get("tier") else browsing.shelves_by_tier
    )
    context = {
        "here_url": here_url,
        "filters": filters,
        "query": filters.query(without=place),
        "tier": Tier(place["tier"]) if "tier" in place else None,
        "track": here,
        "tracks": tracks,
        "tiers": Tier,
        "minutes": browsing.MINUTES,
        "page": page,
        "shelves": shelve(page.object_list),
    }
    return render_public("lessons/catalogue.html", context, language=language)


@public_page
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = _lesson(slug)
    if lesson is None:
        return _not_found(slug)
    around = browsing.around(lesson)
    context = {"lesson": lesson, "around": around}
    return _render_lesson("lessons/lesson.html", lesson, context)


@public_page
def print_lesson(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = _lesson(slug)
    if lesson is None:
        return _not_found(slug)
    context = {"lesson": lesson, "qr": qr_code(lesson.get_absolute_url())}
    return _render_lesson("lessons/print.html", lesson, context)


@login_not_required
@require_safe
def picture(request: HttpRequest, slug: str, digest: str, name: str) -> HttpResponse:
    found = get_object_or_404(Picture, lesson__slug=slug, name=name)
    # A page from before the last load asks for the picture that it had.
    kept = f"max-age={A_YEAR}, immutable" if found.digest == digest else "max-age=60"
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Cache-Control"] = f"public, {kept}"
    response.is_public_file = True  # type: ignore[attr-defined]
    return response


def _lesson(slug: str) -> Lesson | None:
    lessons = Lesson.objects.with_total().select_related("track")
    return lessons.filter(slug=slug).first()


def _render_lesson(
    template: str, lesson: Lesson, context: dict[str, Any]
) -> HttpResponse:
    """The page, or word that the lesson is gone while its results stay."""
    if lesson.retired_at:
        template, status = "lessons/gone.html", 410
        context = {"lesson": lesson, "near": lesson.related_lessons()}
    else:
        status = 200
    return render_public(template, context, language=lesson.language, status=status)


def _not_found(slug: str) -> HttpResponse:
    return render_public(
        "lessons/not_found.html",
        {"near": browsing.near(slug), "catalogue_url": reverse("lessons:catalogue")},
        language=settings.LANGUAGE_CODE,
        status=404,
    )
