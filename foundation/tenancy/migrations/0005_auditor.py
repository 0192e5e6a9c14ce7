from django.db import migrations, models


class Migration(migrations.Migration):
    """One role more: the auditor, who reads the record and nothing else."""

    dependencies = [("tenancy", "0004_systems")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("prosecutor", "Prosecutor"),
                    ("investigator", "Investigator"),
                    ("registrar", "Registrar"),
                    ("partner_administrator", "Partner administrator"),
                    ("case_officer", "Eurojust case officer"),
                    ("programme_manager", "Programme manager"),
                    ("technical_administrator", "Technical administrator"),
                    ("auditor", "Auditor"),
                ],
                max_length=30,
                verbose_name="role",
            ),
        ),
    ]
