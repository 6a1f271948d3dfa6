"""Snapshots and attestations refuse UPDATE and DELETE, whoever asks."""

from django.db import migrations

from claims.models.append_only import append_only_function, append_only_trigger


class Migration(migrations.Migration):
    """The second wall behind the privileges."""

    dependencies = [("claims", "0001_initial")]
    operations = [
        append_only_function(),
        append_only_trigger("claims_snapshot"),
        append_only_trigger("claims_attestation"),
    ]
