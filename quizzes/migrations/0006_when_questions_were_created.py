from datetime import UTC, datetime

from django.db import migrations

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def fill_in(apps, schema_editor):
    """A version came when the one before it went; the first, before any answer."""
    Question = apps.get_model("quizzes", "Question")
    gone_at = {}
    for question in Question.objects.order_by("version"):
        name = (question.quiz_id, question.key)
        question.created_at = gone_at.get(name, LONG_AGO)
        if question.retired_at:
            gone_at[name] = max(question.retired_at, question.created_at)
        question.save(update_fields=["created_at"])


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0005_question_created_at")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
