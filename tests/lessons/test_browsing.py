import pytest

from lessons import browsing
from lessons.browsing import Filters
from lessons.models import Lesson, Tier
from tests.factories import LessonFactory, TrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return TrackFactory(slug="asking-well")


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        ({}, Filters()),
        ({"tier": "", "track": "", "minutes": ""}, Filters()),
        ({"tier": "builders", "minutes": "7"}, Filters(tier="builders", minutes=7)),
        ({"track": "asking-well"}, Filters(track="asking-well")),
        ({"tier": "giants"}, Filters(ignored=("tier",))),
        ({"track": "x", "minutes": "-1"}, Filters(ignored=("track", "minutes"))),
        ({"minutes": "\u0667"}, Filters(ignored=("minutes",))),
        ({"page": "2", "colour": "red"}, Filters()),
    ],
)
def test_filters_are_what_is_known_of_what_was_asked(track, asked, filters):
    assert Filters.of(asked, [track]) == filters


def test_lessons_are_chosen_by_tier_track_and_time(track):
    chosen = LessonFactory(track=track, minutes=7)
    LessonFactory(track=track, minutes=8)
    LessonFactory(track=track, minutes=7, explorers=True)
    LessonFactory(minutes=7)
    filters = Filters(tier=Tier.BUILDERS, track=track.slug, minutes=7)

    assert list(filters.choose(Lesson.objects.all())) == [chosen]


def test_a_query_leaves_out_what_the_address_says_already():
    filters = Filters(tier="builders", track="asking-well", minutes=7)

    assert filters.query(without=["tier"]) == "track=asking-well&minutes=7"
    assert Filters().query(without=[]) == ""


def test_a_lesson_knows_what_stands_around_it(django_assert_num_queries):
    before, lesson, after = (LessonFactory(number=n) for n in (4, 5, 6))
    related, other_tier, first = (LessonFactory(number=n) for n in (9, 10, 12))
    LessonFactory(number=4, language="es")
    gone = LessonFactory(number=11, retired=True)
    lesson.related = [related.slug, gone.slug, before.slug]
    lesson.same_as = [other_tier.slug]
    lesson.prerequisites = [first.slug]

    with django_assert_num_queries(1):
        around = browsing.around(lesson)

    assert (around.previous, around.next) == (before, after)
    assert around.related == [related, before]
    assert around.same_as == [other_tier]
    assert around.prerequisites == [first]


def test_related_lessons_keep_their_order_and_leave_out_what_is_gone():
    third, first, second = LessonFactory.create_batch(3)
    gone = LessonFactory(retired=True)
    slugs = [first.slug, gone.slug, second.slug, third.slug]
    lesson = LessonFactory(related=slugs)

    assert list(lesson.related_lessons()) == [first, second, third]
    assert list(LessonFactory(related=[]).related_lessons()) == []


@pytest.mark.parametrize(
    "asked",
    ["show-it-exampels", "show-examples", "Show-It-Examples", "showing-by-examples"],
)
def test_a_slip_in_an_address_finds_the_lesson_that_was_meant(asked):
    meant = LessonFactory(slug="show-it-examples", title="Showing by examples")
    LessonFactory(slug="confidently-wrong", title="Confidently wrong")

    assert browsing.near(asked) == [meant]


def test_an_address_like_no_other_finds_nothing():
    LessonFactory(slug="show-it-examples", title="Show it examples")

    assert browsing.near("qqq") == []
