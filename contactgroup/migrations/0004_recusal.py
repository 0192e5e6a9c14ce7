import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_newcomer"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contactgroup", "0003_rows_stay"),
        ("tenancy", "0002_appointments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[("person", "I myself"), ("partner", "My partner as a whole")],
                        max_length=8,
                        verbose_name="who takes no part",
                    ),
                ),
                ("from_round", models.PositiveSmallIntegerField()),
                ("recused_at", models.DateTimeField()),
                ("until_round", models.PositiveSmallIntegerField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RecusalReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("connected", "A connection with a person in the case"),
                            ("involved", "Earlier work on the matter in another capacity"),
                            ("interest", "An interest of one's own in the outcome"),
                            ("other", "Another conflict of interests"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="in words")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="votingrule",
            name="contactgroup_votingrule_once_per_day",
        ),
        migrations.AddField(
            model_name="turnout",
            name="stands",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="least_present",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="partners that must be present at least"),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="nominator_votes",
            field=models.BooleanField(default=True, verbose_name="the nominating partner votes"),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="recused_leaves_majority",
            field=models.BooleanField(
                default=True, verbose_name="a recused partner leaves the electorate for the majority"
            ),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="recused_leaves_quorum",
            field=models.BooleanField(
                default=True, verbose_name="a recused partner leaves the electorate for the quorum"
            ),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="set_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="set_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.membership"
            ),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="votingrule",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("valid_from",),
                name="contactgroup_votingrule_once_per_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_present__gte", 1)), name="contactgroup_votingrule_somebody_is_present"
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("set_at__isnull", True), ("set_by__isnull", True)),
                    models.Q(
                        ("set_by__isnull", False),
                        ("valid_from__gt", django.db.models.functions.datetime.TruncDate("set_at")),
                    ),
                    _connector="OR",
                ),
                name="contactgroup_votingrule_set_before_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="votingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(
                        ("valid_from__gt", django.db.models.functions.datetime.TruncDate("withdrawn_at")),
                        ("withdrawn_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="contactgroup_votingrule_withdrawn_before_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="audience",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="auth.group"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.partner"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="recused_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.membership"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="root",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.root"),
        ),
        migrations.AddField(
            model_name="recusal",
            name="taken_back_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.membership"
            ),
        ),
        migrations.AddField(
            model_name="recusalreason",
            name="audience",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="auth.group"
            ),
        ),
        migrations.AddField(
            model_name="recusalreason",
            name="recusal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contactgroup.recusal"
            ),
        ),
        migrations.AddField(
            model_name="recusalreason",
            name="root",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.root"),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("scope", "person"), ("taken_back_at__isnull", True)),
                fields=("root", "recused_by"),
                name="contactgroup_recusal_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("scope", "partner"), ("taken_back_at__isnull", True)),
                fields=("root", "partner"),
                name="contactgroup_recusal_partner_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["person", "partner"])), name="contactgroup_recusal_scope_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("taken_back_at__isnull", True), ("taken_back_by__isnull", True), ("until_round__isnull", True)
                    ),
                    models.Q(
                        ("taken_back_at__isnull", False),
                        ("taken_back_by__isnull", False),
                        ("until_round__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="contactgroup_recusal_taken_back_fields_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusalreason",
            constraint=models.UniqueConstraint(fields=("recusal", "audience"), name="contactgroup_recusalreason_once"),
        ),
        migrations.AddConstraint(
            model_name="recusalreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__isnull", False)), name="contactgroup_recusalreason_never_for_everyone"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusalreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["connected", "involved", "interest", "other"])),
                name="contactgroup_recusalreason_ground_known",
            ),
        ),
    ]
