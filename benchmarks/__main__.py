"""`python -m benchmarks TASK … [--json]`: quality and speed on data that is handed in."""

import sys
from importlib import import_module

TASKS = {
    "attribution": "benchmarks.attribution",
    "case-page": "benchmarks.case_page",
    "checkworthy": "benchmarks.checkworthy",
    "claims-search": "benchmarks.claims_search",
    "log-delay": "benchmarks.log_delay",
    "long-articles": "benchmarks.long_articles",
    "exports": "benchmarks.exports",
    "extract-speed": "benchmarks.extract_speed",
    "feed": "benchmarks.feed",
    "fetch": "benchmarks.fetch",
    "import-speed": "benchmarks.import_speed",
    "index-speed": "benchmarks.index_speed",
    "matching": "benchmarks.matching",
    "numbers": "benchmarks.numbers",
    "public-pages": "benchmarks.public_pages",
    "queue-page": "benchmarks.queue_page",
    "quotes": "benchmarks.quotes",
    "readable": "benchmarks.readable",
    "retrieval": "benchmarks.retrieval",
    "retrieval-speed": "benchmarks.retrieval_speed",
    "take-next": "benchmarks.take_next",
}


def main(argv: list[str]) -> int:
    """Run one task and print its result; an unknown task lists the known ones."""
    arguments = [argument for argument in argv if argument != "--json"]
    if not arguments or arguments[0] not in TASKS:
        print(f"usage: python -m benchmarks {{{','.join(TASKS)}}} … [--json]", file=sys.stderr)
        return 2
    result = import_module(TASKS[arguments[0]]).run(arguments[1:])
    print(result.as_json() if "--json" in argv else result.as_text())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
