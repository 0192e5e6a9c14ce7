import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0013_among"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("jits", "0005_checklist_walls"),
        ("tenancy", "0006_authority_periods"),
    ]

    operations = [
        migrations.CreateModel(
            name="JitDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "document",
                    models.CharField(
                        choices=[
                            ("agreement", "Agreement"),
                            ("extension", "Agreement to extend"),
                            ("amendment", "Agreement to amend"),
                        ],
                        max_length=12,
                    ),
                ),
                ("template", models.CharField(max_length=40)),
                ("template_version", models.CharField(max_length=20)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None),
                ),
                (
                    "bases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                (
                    "chosen",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                ("values", models.JSONField(default=dict)),
                ("taken_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "audience",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.root"),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("root", "document"), name="jits_jitdraft_once"),
                    models.CheckConstraint(
                        condition=models.Q(("document__in", ["agreement", "extension", "amendment"])),
                        name="jits_jitdraft_document_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("languages__len__gt", 0)), name="jits_jitdraft_has_a_language"
                    ),
                ],
            },
        ),
    ]
