#!/usr/bin/env python
"""Readout's command line. Servers that no URL names are started for the command and stopped after it."""

import os
import sys
from contextlib import nullcontext
from pathlib import Path

# These need neither PostgreSQL nor Redis; a newcomer's `--help` should not start a server.
WITHOUT_SERVERS = {
    *("help", "--help", "-h", "version", "--version", "makemessages", "compilemessages", "collectstatic"),
    *("verify_package", "make_verifier"),
}


def main() -> int:
    """Run one command; a server that cannot start is one sentence on stderr and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.embedded import EmbeddedError, provide  # noqa: PLC0415 (only the command line starts servers)
    from config.env import state_dir  # noqa: PLC0415

    idle = len(sys.argv) < 2 or sys.argv[1] in WITHOUT_SERVERS or "--help" in sys.argv
    try:
        with nullcontext() if idle else provide(os.environ, state_dir(Path(__file__).parent)):
            from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings read the URLs)

            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except BrokenPipeError:
        # Whoever read our output (head, less) has seen enough; Python's own flush at exit must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
