from django.db import migrations, models


class Migration(migrations.Migration):
    """The history holds rows with keys of every form, so that voting rules and the rules of reminders stand in it too."""

    dependencies = [("reference", "0002_written_once")]

    operations = [
        migrations.AlterField(model_name="change", name="row", field=models.CharField(max_length=36)),
        migrations.AlterField(
            model_name="change",
            name="act",
            field=models.CharField(
                choices=[
                    ("added", "Added"),
                    ("changed", "Changed"),
                    ("ended", "End set"),
                    ("withdrawn", "Withdrawn before it began"),
                    ("struck", "Struck out"),
                ],
                max_length=10,
            ),
        ),
    ]
