from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from lessons.models import (
    Catalogue,
    Lesson,
    MistakeReport,
    Passage,
    Picture,
    Progress,
    ProgressEvent,
    Section,
    SyncBatch,
    Term,
    Tier,
    Track,
)
from tests.factories.people import UserFactory
from tests.factories.values import after_the_last, new_uuid, now


class CatalogueFactory(DjangoModelFactory):
    class Meta:
        model = Catalogue

    id = 1
    version = factory.Sequence(lambda n: f"version-{n}")


class TrackFactory(DjangoModelFactory):
    class Meta:
        model = Track

    slug = factory.Sequence(lambda n: f"track-{n}")
    title = factory.Sequence(lambda n: f"Track {n}")
    summary = "What this track is about."
    position = factory.Sequence(lambda n: n + 1)


class LessonFactory(DjangoModelFactory):
    class Meta:
        model = Lesson

    slug = factory.Sequence(lambda n: f"lesson-{n}")
    number = factory.Sequence(lambda n: n + 1)
    tier = Tier.BUILDERS
    track = factory.SubFactory(TrackFactory)
    title = factory.Sequence(lambda n: f"Lesson title {n}")
    summary = factory.Sequence(lambda n: f"What lesson {n} is about.")
    minutes = 5
    reviewed_on = date(2026, 11, 1)
    html = "<p>The text of the lesson.</p>"
    digest = factory.Sequence(lambda n: f"{n:064x}")

    class Params:
        explorers = factory.Trait(tier=Tier.EXPLORERS)
        creators = factory.Trait(tier=Tier.CREATORS)
        retired = factory.Trait(retired_at=now())


class PictureFactory(DjangoModelFactory):
    class Meta:
        model = Picture

    lesson = factory.SubFactory(LessonFactory)
    name = factory.Sequence(lambda n: f"picture-{n}.svg")
    digest = "0123456789ab"
    content_type = "image/svg+xml"
    content = b"<svg></svg>"


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    lesson = factory.SubFactory(LessonFactory)
    key = factory.Sequence(lambda n: f"section-{n}")
    kind = "idea"
    title = factory.Sequence(lambda n: f"Section title {n}")
    position = after_the_last("lesson", "sections")


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = Passage

    section = factory.SubFactory(SectionFactory)
    lesson = factory.SelfAttribute("section.lesson")
    key = factory.Sequence(lambda n: f"section-{n:06x}")
    text = factory.Sequence(lambda n: f"Sentence {n} of the lesson.")
    position = after_the_last("lesson", "passages")


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    slug = factory.Sequence(lambda n: f"term-{n}")
    tier = Tier.BUILDERS
    name = factory.Sequence(lambda n: f"term {n}")
    definition = factory.Sequence(lambda n: f"What term {n} means.")


class SyncBatchFactory(DjangoModelFactory):
    class Meta:
        model = SyncBatch

    id = new_uuid()
    student = factory.SubFactory(UserFactory)

    class Params:
        undone = factory.Trait(undone_at=now())


class ProgressEventFactory(DjangoModelFactory):
    class Meta:
        model = ProgressEvent

    id = new_uuid()
    student = factory.SubFactory(UserFactory)
    lesson = factory.SubFactory(LessonFactory)
    kind = ProgressEvent.Kind.OPENED
    happened_at = now()

    class Params:
        finished = factory.Trait(kind=ProgressEvent.Kind.FINISHED)


class ProgressFactory(DjangoModelFactory):
    class Meta:
        model = Progress

    student = factory.SubFactory(UserFactory)
    lesson = factory.SubFactory(LessonFactory)
    opened_at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    last_read_at = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)

    class Params:
        finished = factory.Trait(finished_at=factory.SelfAttribute("last_read_at"))


class MistakeReportFactory(DjangoModelFactory):
    class Meta:
        model = MistakeReport

    lesson = factory.SubFactory(LessonFactory)
    text = factory.Sequence(lambda n: f"Mistake {n} in the lesson.")
