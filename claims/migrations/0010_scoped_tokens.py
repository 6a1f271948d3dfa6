"""What a token may be used for, and until when."""

from django.conf import settings
from django.db import migrations, models

import claims.models.token


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0009_tokens_and_joins_by_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="expires_at",
            field=models.DateTimeField(help_text="from then on it opens nothing; empty: it does not end", null=True),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=models.JSONField(
                db_default=models.Value(["submit"], models.JSONField()), default=claims.models.token.submit_only
            ),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="counted_since",
            field=models.DateTimeField(help_text="when the minute began in which requests are counted", null=True),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="counted",
            field=models.PositiveIntegerField(db_default=0, default=0, help_text="its requests in that minute"),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scopes__contained_by", ["submit", "read", "review"]), models.Q(("scopes", []), _negated=True)
                ),
                name="apitoken_scopes_are_known",
            ),
        ),
        # Backwards this comes first: no token may more, or for longer, than it was given.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "UPDATE claims_apitoken SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL"
            " AND (expires_at IS NOT NULL OR NOT scopes @> '[\"submit\"]')",
        ),
    ]
