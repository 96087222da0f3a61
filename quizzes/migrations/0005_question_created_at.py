import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0004_choices_are_gone")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="created_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False
            ),
        ),
    ]
