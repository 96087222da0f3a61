from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    EXPLORERS = "explorers", _("Explorers")
    BUILDERS = "builders", _("Builders")
    CREATORS = "creators", _("Creators")


class Catalogue(models.Model):
    """One row: which state of the content is being served."""

    version = models.CharField(max_length=32)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.version


class TrackQuerySet(models.QuerySet["Track"]):
    def with_lessons(self) -> Self:
        """Those in which there is something to read."""
        return self.filter(
            lessons__retired_at__isnull=True, lessons__isnull=False
        ).distinct()


class Track(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    objects = TrackQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lessons:track", args=[self.slug])


class LessonQuerySet(models.QuerySet["Lesson"]):
    def published(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("number")

    def with_total(self) -> Self:
        """Add ``total``, the number of lessons in this lesson's catalogue."""
        everything = (
            Lesson.objects.published()
            .filter(language=models.OuterRef("language"))
            .values("language")
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        return self.annotate(total=models.Subquery(everything))

    def as_cards(self) -> Self:
        """With what a card shows, and without the text."""
        shown = ["slug", "number", "tier", "title", "summary", "minutes"]
        return self.only(*shown, "question_count", "track").select_related("track")

    def with_slugs(self, slugs: Sequence[str]) -> Self:
        """The lessons named, in the order in which they are named."""
        places = [models.When(slug=slug, then=i) for i, slug in enumerate(slugs)]
        if not places:
            return self.none()
        return self.filter(slug__in=slugs).order_by(models.Case(*places))

    def around(self, lesson: Lesson) -> Self:
        """All that its page links to: neighbours, and the lessons it names."""
        beside = Q(language=lesson.language) & Q(
            number__in=[lesson.number - 1, lesson.number + 1]
        )
        named = [*lesson.related, *lesson.same_as, *lesson.prerequisites]
        return self.filter(beside | Q(slug__in=named))


class Lesson(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    language = models.CharField(max_length=10, default="en")
    # Place in the catalogue of its language: the N of "Lesson N of M".
    number = models.PositiveIntegerField()
    tier = models.CharField(max_length=10, choices=Tier)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    reviewed_on = models.DateField()
    question_count = models.PositiveSmallIntegerField(default=0)
    related = models.JSONField(default=list)
    same_as = models.JSONField(default=list)
    prerequisites = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    # {"url": …, "title": …, "transcript": …}, or nothing.
    video = models.JSONField(null=True)
    # [{"id": section id, "title": …, "kind": …}] for the lesson map.
    outline = models.JSONField(default=list)
    # [{"id": …, "name": …, "definition": …}] in the words of its tier.
    key_terms = models.JSONField(default=list)
    html = models.TextField()
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["language", "number"], name="lesson_order")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lessons:lesson", args=[self.slug])

    @property
    def body(self) -> SafeString:
        # The one place where stored HTML goes out as it is: loading made it from
        # Markdown without raw HTML, and nh3 cleaned it.
        return SafeString(self.html)

    def related_lessons(self) -> LessonQuerySet:
        return Lesson.objects.published().as_cards().with_slugs(self.related)

    def section_of(self, passage_key: str) -> dict[str, str] | None:
        """Entry of the outline in which a passage stands, or stood once."""
        around = [
            section
            for section in self.outline
            if passage_key.startswith(f"{section['id']}-")
        ]
        # The longest: "big-idea-2" is not a passage of the section "big".
        return max(around, key=lambda section: len(section["id"]), default=None)

    def sections_of(self, passage_keys: Collection[str]) -> list[dict[str, str]]:
        """Entries of the outline in which any of these passages stands."""
        around = [self.section_of(key) for key in passage_keys]
        return [section for section in self.outline if section in around]


class Section(models.Model):
    lesson = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="sections"
    )
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "key"], name="section_key_once_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Picture(models.Model):
    """A picture of a lesson; in the database, where every web server finds it."""

    lesson = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="pictures"
    )
    name = models.CharField(max_length=90)
    # Of its bytes; part of its address, so that browsers may keep it for good.
    digest = models.CharField(max_length=12)
    content_type = models.CharField(max_length=20)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "name"], name="picture_name_once_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """One sentence, list item or table row, under a key that outlives edits."""

    lesson = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="passages"
    )
    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="passages"
    )
    key = models.CharField(max_length=80)
    # Keys the passage had before its words were changed.
    aliases = models.JSONField(default=list)
    text = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "key"], name="passage_key_once_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Term(models.Model):
    slug = models.SlugField()
    tier = models.CharField(max_length=10, choices=Tier)
    name = models.CharField(max_length=60)
    definition = models.CharField(max_length=400)
    lessons = models.ManyToManyField(Lesson, related_name="terms")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "tier"], name="term_once_per_tier")
        ]

    def __str__(self) -> str:
        return self.name
