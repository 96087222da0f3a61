"""The lessons of the catalogue as the tutor reads them, without a database."""

from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"


def read_lessons():
    """The passages of each lesson."""
    # Here, since Django has to be set up first.
    from lessons.library import read_library
    from tutor.lesson_text import Passage

    library, problems = read_library(FIXTURES)
    assert problems == []
    return [
        tuple(
            Passage(passage.key, passage.text, laid.section.title)
            for laid in lesson.layouts
            for passage in laid.passages
        )
        for lesson in library.in_order()
    ]
