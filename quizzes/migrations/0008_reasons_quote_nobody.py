from django.db import migrations


def quote_nobody(apps, schema_editor):
    """What was accepted stands in the key; here it stayed when its student was erased."""
    Correction = apps.get_model("quizzes", "Correction")
    quoting = Correction.objects.filter(reason__startswith="Accepted: ")
    quoting.update(reason="An answer was accepted.")


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0007_assignments_for_some_and_what_follows")]

    operations = [migrations.RunPython(quote_nobody, migrations.RunPython.noop)]
