"""Verdict packages: one for each version that is out."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.clock
from claims.models.append_only import append_only_trigger


class Migration(migrations.Migration):
    """A table whose rows are never changed."""

    dependencies = [("verification", "0025_webhooks")]

    operations = [
        migrations.CreateModel(
            name="VerdictPackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(help_text="of the file", max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("built_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.checkpoint",
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="package",
                        to="verification.verdict",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="verdictpackage_sha256_is_hex"
                    )
                ],
            },
        ),
        append_only_trigger("verification_verdictpackage"),
    ]
