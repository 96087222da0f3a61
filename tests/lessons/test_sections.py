import re

from django.conf import settings

from lessons.sections import IDS_OF_THE_PAGE

FRAME = ["public.html", "lessons/lesson.html", "lessons/lesson_after.html"]


def test_no_section_can_take_an_id_that_the_page_has_already():
    folder = settings.BASE_DIR / "templates"
    pages = "".join((folder / name).read_text() for name in FRAME)

    assert set(re.findall(r'\sid="([a-z-]+)"', pages)) == IDS_OF_THE_PAGE
