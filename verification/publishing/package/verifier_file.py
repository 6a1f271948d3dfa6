"""The verifier as one file that strangers run: our own pure modules in a Python zip application.

It is put together from the modules that the verifier imports, as they stand here, and so is the same each time;
`cryptography` alone is not in it. Compiled libraries that those modules use are stood in for (`standing_in`).
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from verification.publishing.package.canonical_zip import write_archive

ROOTS: Final = ("claims", "verification")
START: Final = "verification.publishing.package.verifying.command"
STAND_INS: Final[Mapping[str, str]] = {
    "numpy": "arrays",
    "numpy.typing": "arrays",
    "rapidfuzz": "",
    "rapidfuzz.distance": "",
    "rapidfuzz.distance.indel": "indel",
}
_FROM_OUTSIDE: Final = {*sys.stdlib_module_names, "cryptography", *(name.partition(".")[0] for name in STAND_INS)}
_FIRST_LINE: Final = b"#!/usr/bin/env python3\n"
_MAIN: Final = f"""\
import sys

if sys.version_info < (3, 11):
    sys.exit("This verifier needs Python 3.11 or newer.")
try:
    import cryptography
except ImportError:
    sys.exit("This verifier needs one library: python -m pip install cryptography")
from {START} import main

sys.exit(main())
"""


@cache
def verifier_file() -> bytes:
    """Return the file's bytes. Raises ValueError where a module needs what the file cannot bring."""
    members = {"__main__.py": _MAIN.encode()}
    for name in sorted(_needed()):
        path = _source(name)
        folder = name.replace(".", "/")
        member = f"{folder}/__init__.py" if path.name == "__init__.py" else f"{folder}.py"
        members[member] = path.read_bytes()
    for name, stand_in in STAND_INS.items():
        folder = name.replace(".", "/")
        package = any(other.startswith(f"{name}.") for other in STAND_INS)
        members[f"{folder}/__init__.py" if package else f"{folder}.py"] = _stand_in(stand_in)
    members["rapidfuzz/distance/__init__.py"] = b"from rapidfuzz.distance import indel as Indel\n"
    return _FIRST_LINE + write_archive(members)


def _stand_in(name: str) -> bytes:
    return _source(f"{__package__}.standing_in.{name}").read_bytes() if name else b""


def _needed() -> set[str]:
    """Return the modules of ours that the verifier imports, with their packages."""
    found: set[str] = set()
    waiting = [START]
    while waiting:
        name = waiting.pop()
        parts = name.split(".")
        for module in (".".join(parts[: end + 1]) for end in range(len(parts))):
            if module in found:
                continue
            found.add(module)
            for imported in _imports(module):
                root = imported.partition(".")[0]
                if root in ROOTS:
                    waiting.append(imported)
                elif root not in _FROM_OUTSIDE:
                    raise ValueError(f"{module} imports {imported}, which the verifier’s file does not bring")
    return found


def _imports(module: str) -> Iterator[str]:
    tree = ast.parse(_source(module).read_text(encoding="utf-8"))
    for node in _executed(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.partition(".")[0] in ROOTS:
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                yield from (name for name in names if _is_module(name))


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs: not what stands under TYPE_CHECKING."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _executed(node)


def _is_module(name: str) -> bool:
    parent, _, last = name.rpartition(".")
    folder = _source(parent).parent
    return _source(parent).name == "__init__.py" and (
        (folder / f"{last}.py").is_file() or (folder / last / "__init__.py").is_file()
    )


def _source(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ValueError(f"{module} has no source")
    return Path(spec.origin)
