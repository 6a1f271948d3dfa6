"""Requests of programs that name an `Idempotency-Key`, so that each is done once."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.clock


class Migration(migrations.Migration):
    """A new table. Its key refers to the tokens, whose rows each request of a program touches: it waits for few."""

    dependencies = [("claims", "0010_scoped_tokens"), ("verification", "0031_settled_messages")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="KeyedRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("digest", models.CharField(help_text="SHA-256 of the address and the body", max_length=64)),
                ("lease", models.UUIDField(help_text="of whoever does it")),
                ("begun_at", models.DateTimeField(db_default=claims.models.clock.ClockTimestamp())),
                ("status", models.PositiveSmallIntegerField(help_text="of the answer, once it was done", null=True)),
                ("made", models.UUIDField(help_text="public id of what it made", null=True)),
                (
                    "token",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.apitoken",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["begun_at"], name="keyedrequest_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=["token", "key"], name="keyedrequest_key_is_the_tokens_own")
                ],
            },
        ),
    ]
