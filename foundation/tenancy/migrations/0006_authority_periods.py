from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """An authority has a first day beside its last."""

    dependencies = [("tenancy", "0005_auditor")]

    operations = [
        migrations.AddField("authority", "opens_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "authority",
            models.CheckConstraint(
                name="tenancy_authority_period_runs_forward",
                condition=Q(opens_at__isnull=True) | Q(closed_at__isnull=True) | Q(closed_at__gte=F("opens_at")),
            ),
        ),
    ]
