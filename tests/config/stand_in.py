"""`python -m tests.config.stand_in FOLDER JSON`: keeps the programs of a JSON object running, as the supervisor does.

A process of its own, so that a test can send it the signals that a terminal, or a killer, sends.
"""

import json
import os
import sys
from pathlib import Path

from config.supervisor.child import Place, Program, end_orphans
from config.supervisor.only_here import only_here
from config.supervisor.terminal import Wish, say
from config.supervisor.watch import Kept, Pace, watch

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    place = Place(folder, folder)
    programs = [Program(name, tuple(words)) for name, words in json.loads(sys.argv[2]).items()]
    wish = Wish()
    wish.listen()
    with only_here(folder / "run", "the address of the stand-in"):
        end_orphans(folder / "run")
        said: list[str] = []

        def tell_when_all_run() -> None:
            """Say once that every program was started."""
            if not said and all(place.pid_file(program).exists() for program in programs):
                said.append("all run")
                say(said[0])

        watch(
            [Kept(each, place, os.environ, pace=Pace(first=0.05, longest=0.1)) for each in programs],
            wish,
            also=tell_when_all_run,
        )
