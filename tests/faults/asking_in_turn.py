"""One worker of the test of pace: asks for pages of several hosts, as fast as their lanes let it, for so many seconds.

`python -m tests.faults.asking_in_turn SECONDS URL [URL …]`: whichever host is free is asked; prints how often it asked.
"""

import sys
import time
from itertools import cycle

import django

django.setup()

from claims.capture.asking import Ask, Later  # noqa: E402 (models need Django set up first)
from claims.fetching import PoliteFetch  # noqa: E402 (models need Django set up first)

AHEAD = 1.0


def main() -> None:
    """Ask until the time is over."""
    until = time.monotonic() + float(sys.argv[1])
    asked = 0
    with PoliteFetch(keep=False, ahead=AHEAD) as fetch:
        for url in cycle(sys.argv[2:]):
            if time.monotonic() > until:
                break
            try:
                asked += fetch(Ask(url)).ok
            except Later as later:
                time.sleep(min(later.seconds, 0.05))
    sys.stdout.write(f"{asked}\n")


if __name__ == "__main__":
    main()
