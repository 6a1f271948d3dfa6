"""What the application's role may do with each table, granted anew after every migration.

Append-only tables (`Meta` of a model says so by inheriting `claims.models.append_only.AppendOnly`) get SELECT and
INSERT; those whose rows may go but not change (`Erasable`) get DELETE as well; the rest all four. No table gets
TRUNCATE: a row trigger does not see it, so withholding the privilege is what refuses it.
"""

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from claims.models.append_only import AppendOnly, Erasable, Fixed


def privileges_of(model: type) -> str:
    """Return the SQL privileges of the application's role on a model's table."""
    if issubclass(model, Fixed):
        return "SELECT"
    if issubclass(model, Erasable):
        return "SELECT, INSERT, DELETE"
    if issubclass(model, AppendOnly):
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE, DELETE"


def grant_privileges(alias: str) -> None:
    """Grant the application's role its privileges. Does nothing where it is the owner itself."""
    if settings.DATABASE_OWNER.get("USER") == settings.APPLICATION_ROLE:
        return
    app = sql.Identifier(settings.APPLICATION_ROLE)
    # In one transaction: a desk that is running must not meet the moment between taking away and giving.
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        present = set(connections[alias].introspection.table_names(cursor))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(app))
        cursor.execute(sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(app))
        # A role that can make temporary tables can shadow real ones; the triggers guard against it as well.
        database = sql.Identifier(str(connections[alias].settings_dict["NAME"]))
        cursor.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC, {}").format(database, app))
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in present:
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(privileges_of(model)), table, app))
        # Django's migration recorder is no model of an app; `migrate --check` and the boot read it.
        cursor.execute(sql.SQL("GRANT SELECT ON django_migrations TO {}").format(app))
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app))
