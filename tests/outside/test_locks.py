"""The outside checkers are pinned by hash, and the lock names no registry."""

import json

from tests.outside.programs import HERE


def test_the_lock_holds_exact_versions_with_hashes_and_no_registry() -> None:
    text = (HERE / "package-lock.json").read_text(encoding="utf-8")
    asked = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = json.loads(text)["packages"]
    assert packages.pop("")["devDependencies"] == asked
    assert all(version.replace(".", "").isdigit() for version in asked.values())
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert '"resolved"' not in text
    assert "registry" not in text
