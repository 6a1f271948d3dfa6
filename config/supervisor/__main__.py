"""`python -m config.supervisor` runs Readout until Ctrl-C; with the word `stop` it stops one that runs."""

import os
import sys
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.errors import told_in_words
from config.embedded.servers import stop_unused
from config.env import state_dir
from config.supervisor.boot import run
from config.supervisor.child import end_orphans
from config.supervisor.errors import StartError
from config.supervisor.only_here import stop_other
from config.supervisor.terminal import Wish, say


def main(arguments: list[str]) -> int:
    """Run or stop; 0 when that went well, 1 with one sentence on stderr."""
    root = Path(__file__).resolve().parents[2]
    state = state_dir(root)
    try:
        if arguments == ["stop"]:
            stop(state)
        elif not arguments:
            wish = Wish()
            wish.listen()
            run(root, state, dict(os.environ), wish)
        else:
            sys.stderr.write("usage: python -m config.supervisor [stop]\n")
            return 2
    except (EmbeddedError, StartError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def stop(state: Path) -> None:
    """Stop the supervisor of this folder, and what a killed one left behind.

    Raises StartError when a command still uses the embedded servers.
    """
    with told_in_words(state):
        ran = stop_other(state / "run")
        end_orphans(state / "run")
        if (state / "embedded").exists() and not stop_unused(state / "embedded"):
            raise StartError("A command of Readout still uses PostgreSQL or Valkey, which stop when it ends.")
    say("Readout has stopped." if ran else "Readout was not running.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
