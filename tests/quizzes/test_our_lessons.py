"""The catalogue that comes with Tendril; check_lessons measures the rest of it."""

from collections import Counter
from itertools import product

import pytest
from django.conf import settings

from quizzes.bank import read_bank
from quizzes.inspection import inspect
from quizzes.kinds import KINDS
from quizzes.standard import STANDARD


@pytest.fixture(scope="module")
def bank():
    return read_bank(settings.LESSONS_DIR)


def test_every_track_has_four_or_five_lessons_for_each_tier(bank):
    lessons = bank.library.lessons.values()
    found = Counter((lesson.head.tier, lesson.head.track) for lesson in lessons)

    assert set(found) == set(product(STANDARD.tiers, bank.library.tracks))
    assert {place: n for place, n in found.items() if n not in (4, 5)} == {}
    assert len(lessons) >= 48


def test_it_asks_420_questions_of_all_kinds(bank):
    figures = inspect(bank).bank

    assert figures.questions >= 420
    assert [kind for kind in KINDS if figures.kinds[kind] < 20] == []


def test_no_definition_and_no_picture_is_left_over(bank):
    lessons = bank.library.lessons.values()
    used = {
        (term, lesson.head.tier) for lesson in lessons for term in lesson.head.terms
    }
    defined = {
        (term.id, tier)
        for term in bank.library.terms.values()
        for tier in STANDARD.tiers
        if term.definition(tier)
    }
    shown = {lesson.path.with_name(p) for lesson in lessons for p in lesson.pictures}
    files = set((settings.LESSONS_DIR / "lessons").rglob("*.*"))
    own = {path for path in files if path.suffix not in (".md", ".yaml")}

    assert defined - used == set()
    assert own - shown == set()


def test_pictures_are_small_and_fetch_or_run_nothing(bank):
    pictures = [
        picture
        for lesson in bank.library.lessons.values()
        for picture in lesson.pictures.values()
    ]

    assert pictures
    for picture in pictures:
        assert len(picture.content) < 20_000, picture.name
        text = picture.content.decode()
        for word in (
            "<script",
            "<style",
            " style=",
            "<image",
            "<foreignObject",
            '<use href="h',
            "url(h",
        ):
            assert word not in text, picture.name
