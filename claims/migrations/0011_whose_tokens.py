"""Who made a token, and who revoked it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns of a small table. Their keys refer to the people, whose rows each request reads: it waits for few."""

    dependencies = [
        ("claims", "0010_scoped_tokens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.AddField(
            "apitoken",
            "made_by",
            models.ForeignKey(
                db_index=False,
                help_text="empty: made before that was kept",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "apitoken",
            "revoked_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "apitoken",
            models.CheckConstraint(
                condition=models.Q(("revoked_by__isnull", True), ("revoked_at__isnull", False), _connector="OR"),
                name="apitoken_revoked_by_when",
            ),
        ),
    ]
