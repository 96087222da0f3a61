from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_reminder_sent_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='taken_back_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
