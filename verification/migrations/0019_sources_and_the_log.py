"""What the log may tell of sources and articles that changed; runs and changes stay; only what answered is evidence."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from claims.models.append_only import append_only_trigger
from verification.review.presets import plant_groups

EVERYWHERE = (
    "triage queued researching awaiting_source awaiting_reply proposed second_check adjudication drafting sign_off"
    " approved published challenged on_hold not_checkable duplicate declined withdrawn"
)
VERBS = ("appearance_changed", "source_changed")
# A source that refused, asked to wait or was not reached has said nothing of what it holds.
FAILED, ANSWERED = "run.outcome <> ''FAILED''", "run.outcome IN (''OK'', ''EMPTY'', ''NOT_PUBLISHED'')"
FUNCTIONS = ("readout_check_verdict", "readout_check_verdict_search")


def fill(apps: Any, schema_editor: Any) -> None:
    """Store the new lines of the log."""
    steps = apps.get_model("verification", "LogStep").objects
    steps.bulk_create(
        steps.model(verb=verb, from_state=state, to_state=state) for verb in VERBS for state in EVERYWHERE.split()
    )


def empty(apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    apps.get_model("verification", "LogStep").objects.filter(verb__in=VERBS).delete()


def permit(apps: Any, schema_editor: Any) -> None:
    """Give the groups what they may do with the new tables. Django makes permissions after all migrations."""
    for name in ("claims", "verification"):
        config = apps.get_app_config(name)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    plant_groups(apps)


def _replaced(old: str, new: str) -> str:
    """Return the SQL that puts one condition in place of another in the functions, wherever they hold it."""
    names = ", ".join(f"'{name}'" for name in FUNCTIONS)
    return f"""
DO $do$
DECLARE
  body text;
BEGIN
  FOR body IN SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname IN ({names}) LOOP
    EXECUTE replace(body, '{old}', '{new}');
  END LOOP;
END $do$
"""


class Migration(migrations.Migration):
    """Rows and functions."""

    dependencies = [("verification", "0018_live_sources"), ("claims", "0004_lanes_and_feeds")]
    operations = [
        migrations.RunPython(fill, empty),
        migrations.RunSQL(_replaced(FAILED, ANSWERED), _replaced(ANSWERED, FAILED)),
        append_only_trigger("verification_sourcerun"),
        append_only_trigger("verification_pagechange"),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
