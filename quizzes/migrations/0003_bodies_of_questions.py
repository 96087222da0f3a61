from django.db import migrations
from django.db.models import Count, F


def move_choices(apps, schema_editor):
    """What a question asks and what is right stands in its body from now on."""
    Question = apps.get_model("quizzes", "Question")
    for question in Question.objects.prefetch_related("choices").iterator(500):
        choices = sorted(question.choices.all(), key=lambda choice: choice.position)
        question.body = {
            "choices": [
                {"key": c.key, "text": c.text, "right": c.is_right, "why": c.why}
                for c in choices
            ]
        }
        if question.kind == "true_false":
            question.body["is_in_order"] = True
        question.save(update_fields=["body"])


def bring_back_choices(apps, schema_editor):
    Question = apps.get_model("quizzes", "Question")
    Choice = apps.get_model("quizzes", "Choice")
    for question in Question.objects.iterator(500):
        Choice.objects.bulk_create(
            Choice(
                question_id=question.pk,
                key=choice["key"],
                text=choice["text"],
                is_right=choice["right"],
                why=choice["why"],
                position=position,
            )
            for position, choice in enumerate(question.body.get("choices", []), 1)
        )


def fill_in(apps, schema_editor):
    """Every answer so far was marked, and its mark shown, at once."""
    apps.get_model("quizzes", "Response").objects.update(marked_at=F("answered_at"))
    Attempt = apps.get_model("quizzes", "Attempt")
    Attempt.objects.update(marks_shown_at=F("started_at"))
    for attempt in Attempt.objects.annotate(n=Count("questions")).iterator(500):
        attempt.question_count = attempt.n
        opened_at = attempt.started_at.isoformat()
        attempt.hinted = dict.fromkeys(attempt.hinted, opened_at)
        attempt.save(update_fields=["question_count", "hinted"])


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_assignments_reviews_corrections")]

    operations = [
        migrations.RunPython(move_choices, bring_back_choices),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
