"""`python -m config.embedded status|stop`: look at the embedded servers, or stop those that a killed process left."""

import sys
from pathlib import Path

from config.embedded.errors import EmbeddedError, told_in_words
from config.embedded.servers import everything, stop_unused
from config.env import state_dir


def main(arguments: list[str]) -> int:
    """Run one of the two words; 0 when it was done."""
    folder = state_dir(Path(__file__).parents[2]) / "embedded"
    word = arguments[0] if len(arguments) == 1 else ""
    if word not in {"status", "stop"}:
        print("usage: python -m config.embedded status|stop", file=sys.stderr)
        return 2
    if not folder.exists():
        print("No embedded server was ever started here.")
        return 0
    try:
        with told_in_words(folder):
            return _status(folder) if word == "status" else _stop(folder)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


def _status(folder: Path) -> int:
    for server in everything(folder):
        pid = server.pid()
        doing = f"runs on 127.0.0.1:{server.join()} (process {pid})" if pid else "is stopped"
        print(f"{server.name} {doing}; data: {server.folder}; log: {server.log}")
    return 0


def _stop(folder: Path) -> int:
    if stop_unused(folder):
        return 0
    print("A command of Readout still uses the servers, and stops them when it ends.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
