import pytest

from lessons.models import ProgressEvent
from tendril.accounts import personal_data
from tests.factories import LessonFactory, ProgressEventFactory

pytestmark = pytest.mark.django_db


def test_a_copy_names_the_section_where_somebody_was(student):
    lesson = LessonFactory(outline=[{"id": "takeaway", "title": "To take away"}])
    for key in ("takeaway-4088fe", ""):
        ProgressEventFactory(student=student, lesson=lesson, passage_key=key)
    [entry] = [e for e in personal_data.entries() if e.model is ProgressEvent]

    rows = [
        {str(word): value for word, value in row.items()}
        for row in entry.export(student)
    ]

    assert {row["place"] for row in rows} == {"To take away", ""}
