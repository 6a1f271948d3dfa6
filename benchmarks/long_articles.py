"""`long-articles`: processor seconds for articles of 125,000 to a million characters, and the exponent between them.

    python -m benchmarks long-articles [--engine claims.extraction.english.EnglishEngine] [--language en]

The articles are made here, of sentences as news has them (names, quotations, figures, pronouns, reports), drawn by a
fixed seed, in paragraphs; `--one-line` puts each into a single line. The exponent is the slope of log(seconds) over
log(characters), by least squares: 1 is linear, 2 quadratic.
"""

import argparse
import random
import time
from math import log
from statistics import linear_regression

from benchmarks.result import Result
from claims.extraction.contract import ArticleText
from claims.extraction.engines import load_engines

SIZES = (125_000, 250_000, 500_000, 1_000_000)

FIRST = (
    "Ida",
    "Otto",
    "Nora",
    "Emil",
    "Carla",
    "Jo",
    "Peter",
    "Viktor",
    "Ada",
    "Bruno",
    "Lena",
    "Marek",
    "Tove",
    "Ines",
)
LAST = (
    "Fenn",
    "Crane",
    "Halden",
    "Brandt",
    "Ruiz",
    "Marsh",
    "Lowell",
    "Sandor",
    "Quill",
    "Dorn",
    "Velt",
    "Tarn",
    "Holm",
)
ROLES = ("Mayor", "Minister", "Harbour Council President", "Captain", "spokeswoman", "union leader")
PLACES = ("Port Aster", "Lindhaven", "the northern mole", "Corvania", "the strait", "Lakeland")
THINGS = ("the bridge", "the ferries", "the new tariff", "the convoy", "the lighthouse fund", "the crews’ wages")

SENTENCES = {
    "en": (
        "{role} {first} {last} said on Tuesday that {thing} had cost {number} million euros.",
        "“We have not seen one sailor from {place} since the spring, and nobody has told us why,” {last} said.",
        "She added that {thing} would be paid for by the council.",
        "Nearly {few} per cent of the crews in {place} were paid late, according to the Harbour Union.",
        "The talks in {place} lasted {few} hours and ended without a text.",
        "“It was a long evening,” said {first} {last}, “but {thing} will be open again before the winter.”",
        "Critics called the decision “a gift to the owners of {thing}”, and asked for a vote.",
        "He told reporters in {place} that {number} people had signed the letter, up from {few} a year earlier.",
        "The wind was low, the boats lay at anchor, and people waited on the quay.",
        "If the council agrees, {thing} will be sold next year, an official familiar with the plan said.",
    ),
    "de": (
        "„Wir haben {number} Schiffe und keinen einzigen freien Platz“, sagte {first} {last} am Dienstag.",
        "Die Zahl der Fahrten stieg im Sommer um {few} Prozent, und niemand hatte damit gerechnet.",
        "Laut {first} {last} fehlen der Stadt {number} Euro für die neue Brücke.",
        "Der Wind war schwach, die Boote lagen still, und die Leute warteten am Hafen.",
    ),
}


def run(argv: list[str]) -> Result:
    """Measure the task and return it: processor seconds by size, claims of the longest, and the exponent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks long-articles", description=__doc__)
    parser.add_argument("--engine", default="claims.extraction.english.EnglishEngine")
    parser.add_argument("--language", default="en", choices=sorted(SENTENCES))
    parser.add_argument("--one-line", action="store_true")
    options = parser.parse_args(argv)
    (engine,) = load_engines([options.engine], "--engine")
    engine.extract(ArticleText(article(5_000, options.language), language=options.language))  # loads the model
    seconds: dict[int, float] = {}
    claims = 0
    for size in SIZES:
        text = article(size, options.language)
        text = text.replace("\n\n", " ") if options.one_line else text
        started = time.process_time()
        claims = len(engine.extract(ArticleText(text, language=options.language)))
        seconds[size] = time.process_time() - started
    slope = linear_regression([log(size) for size in seconds], [log(took) for took in seconds.values()]).slope
    metrics = {"exponent": slope, **{f"seconds_{size}": took for size, took in seconds.items()}, "claims": claims}
    return Result("long-articles", len(SIZES), metrics, sum(seconds.values()))


def article(characters: int, language: str = "en") -> str:
    """Return an article of about so many characters in paragraphs of one to five sentences, always the same."""
    chance = random.Random(7)  # nosec B311
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraph = " ".join(sentence(chance, language) for _ in range(chance.randint(1, 5)))
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(paragraphs)


def sentence(chance: random.Random, language: str) -> str:
    """Return one sentence with its places filled in."""
    return chance.choice(SENTENCES[language]).format(
        role=chance.choice(ROLES),
        first=chance.choice(FIRST),
        last=chance.choice(LAST),
        place=chance.choice(PLACES),
        thing=chance.choice(THINGS),
        number=chance.randint(2, 9_000),
        few=chance.randint(3, 60),
    )
