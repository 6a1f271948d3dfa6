"""`python -m tests.replay PATH [--history FEEDS --feed FOLDER] [--port N] [--most N]`: the site, until it is stopped.

Prints its port on one line once it can be asked. `POST /__clock__` with a time in ISO 8601 moves its clock.
"""

import argparse
from pathlib import Path

from tests.replay.documents import documents_of, history_of
from tests.replay.site import ReplaySite


def main() -> None:
    """Serve what is handed in."""
    parser = argparse.ArgumentParser(prog="python -m tests.replay")
    parser.add_argument("documents", type=Path)
    parser.add_argument("--history", type=Path)
    parser.add_argument("--feed", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--most", type=int)
    said = parser.parse_args()
    history = history_of(said.history, said.feed) if said.history else ()
    site = ReplaySite(documents_of(said.documents, said.most), history, port=said.port)
    print(site.port, flush=True)  # noqa: T201 (whoever started it reads the port)
    site.serve()


if __name__ == "__main__":
    main()
