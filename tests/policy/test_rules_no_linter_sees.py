"""Rules of the house that import-linter cannot see."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from claims.models.append_only import AppendOnly

BASE = Path(settings.BASE_DIR)
ROOMS = ("claims", "verification", "config")


def sources(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in (BASE / room).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(BASE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=BASE, capture_output=True, text=True
    )
    if listed.returncode:  # a released archive has no .git; CI runs in a clone, so there these rules are always checked
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.splitlines() if (path := BASE / name).is_file()]


def test_no_key_of_claims_leads_to_verification_not_even_by_name() -> None:
    for model in apps.get_app_config("claims").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                assert field.related_model._meta.app_label != "verification", field
    for name, tree in sources("claims"):
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not any(re.match(r"verification\.", text) for text in texts), name


def test_the_state_of_a_case_is_written_in_the_review_room_only() -> None:
    for name, tree in sources(*ROOMS):
        if name.startswith("verification/review/"):
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            assert not any(
                isinstance(t, ast.Attribute) and t.attr == "state" and "review" in ast.dump(t) for t in targets
            )
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
                assert "state" not in {keyword.arg for keyword in node.keywords}, name


def test_bells_are_rung_by_tasks_admin_and_commands_only() -> None:
    bells = {"delay", "apply_async", "send_task", "delay_on_commit"}
    for name, tree in sources(*ROOMS):
        if re.search(r"/(tasks\.py|admin/|management/)", name):
            continue
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Attribute) and node.attr in bells), name


def test_no_task_is_scheduled_by_the_broker_or_grows_long() -> None:
    for name, tree in sources("claims", "verification"):
        if not name.endswith("tasks.py"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                assert len(node.body) <= 10, f"{name}: {node.name}"
            if isinstance(node, ast.keyword):
                assert node.arg not in {"eta", "countdown"}, name


def test_tests_never_run_celery_eagerly() -> None:
    assert not getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT


@pytest.mark.django_db
def test_every_append_only_table_has_its_trigger() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'")
        guarded = {table for (table,) in cursor.fetchall()}
    declared = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}
    assert declared
    assert guarded == declared


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in (BASE / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_no_template_holds_script_or_style() -> None:
    for template in BASE.glob("templates/**/*.html"):
        assert not re.search(r"<script>|<style>| style=| on\w+=", template.read_text(encoding="utf-8")), template


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    machine = re.compile(r"(?<![\w.-])/(?:work|root|home/\w+|Users/\w+)/")
    for path in tracked_files():
        if (
            path.suffix in {".py", ".md", ".toml", ".html", ".css", ".js", ".in", ".lock", ""}
            and path.name != "LICENSE"
        ):
            assert not machine.search(path.read_text(encoding="utf-8").replace("(?:work|root", "")), path


def test_names_say_what_is_inside() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services"}
    assert [path for path in tracked_files() if path.stem in vague or vague & set(path.parts[len(BASE.parts) :])] == []


def test_files_stay_small() -> None:
    long = {}
    for path in tracked_files():
        if path.suffix == ".py" and "migrations" not in path.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 320:
                long[path.name] = lines
    assert long == {}
