import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lessons.models import Lesson
from quizzes.bank import read_bank
from quizzes.loading import load_bank
from tests.lesson_files import LessonFolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return LessonFolder(tmp_path).add("bread").add("soup", track="cooking")


def run(folder, **options):
    out = io.StringIO()
    call_command("load_lessons", folder.path, stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_ends_with_one_line_of_counts(folder):
    assert run(folder) == [
        f"Reading 2 lessons from {folder.path}",
        "  new: bread",
        "  new: soup",
        (
            "2 lessons with 6 questions: "
            "2 new, 0 changed, 0 returned, 0 unchanged, 0 retired."
        ),
    ]
    assert run(folder)[1:] == [
        (
            "2 lessons with 6 questions: "
            "0 new, 0 changed, 0 returned, 2 unchanged, 0 retired."
        )
    ]


def test_an_old_database_is_told(folder):
    MigrationRecorder(connection).record_unapplied("lessons", "0003_picture")

    with pytest.raises(CommandError, match=r"Run `uv run manage\.py migrate`"):
        run(folder)


def test_it_can_be_silent(folder):
    assert run(folder, verbosity=0) == []


def test_one_mistake_keeps_everything_out(folder):
    folder.edit("bread.md", "order: 1", "order: x")
    folder.edit("soup.quiz.yaml", "see: takes a night", "see: takes a year")

    with pytest.raises(CommandError) as raised:
        run(folder)

    first, second, end = str(raised.value).splitlines()
    assert first == (
        f"{folder.file('bread.md')}:6: `order` is not a whole number: write digits only"
    )
    assert second.startswith(f"{folder.file('soup.quiz.yaml')}:14: no passage")
    assert end == "Nothing was loaded: 2 things are wrong. Mend that and load again."
    assert Lesson.objects.count() == 0


def test_our_own_lessons_load(client):
    call_command("load_lessons", settings.LESSONS_DIR, stdout=io.StringIO())

    lesson = Lesson.objects.get(slug="why-companies-fine-tune")
    assert lesson.title == "Why companies fine-tune their own AI"
    assert client.get(f"/learn/lesson/{lesson.slug}/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_loads_at_the_same_time_wait_for_each_other(folder):
    at_once = Barrier(3)

    def load():
        try:
            bank = read_bank(folder.path)
            at_once.wait(timeout=10)
            return load_bank(bank)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        loads = [threads.submit(load) for _ in range(3)]
        loaded = [load.result() for load in loads]

    assert sorted(len(one.new) for one in loaded) == [0, 0, 2]
    assert sorted(one.unchanged for one in loaded) == [0, 2, 2]
    assert Lesson.objects.count() == 2
