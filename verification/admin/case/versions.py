"""Two versions of one text laid against each other, word by word. Knows no Django."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the blanks behind it; blanks at the very start stand alone.
_TOKEN = re.compile(r"\S+\s*|\s+")
# Beyond so many pairs of words a comparison could take seconds: then what differs is shown as one run.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people wrote: what is saved, and what was typed and is not."""

    label: str
    saved: str
    typed: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to decide."""
        return self.saved != self.typed

    @property
    def diff(self) -> list[dict[str, str]]:
        """The word diff, `quote` being the saved side."""
        return word_diff(self.saved, self.typed)


def word_diff(before: str, after: str) -> list[dict[str, str]]:
    """Return two texts as runs of words, `{"op": "equal" | "replace", "quote": …, "source": …}`.

    This is the form in which quote checks are stored: `quote` joined is `before`, `source` joined is `after`. Blanks
    alone make no difference, and each side keeps its own.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    old_words, new_words = [token.strip() for token in old], [token.strip() for token in new]
    head = _common(old_words, new_words)
    tail = _common(old_words[head:][::-1], new_words[head:][::-1])
    end, new_end = len(old) - tail, len(new) - tail
    runs = [("equal", 0, head, 0, head)]
    if (end - head) * (new_end - head) > MOST_PAIRS:
        runs.append(("replace", head, end, head, new_end))
    else:
        matcher = SequenceMatcher(None, old_words[head:end], new_words[head:new_end], autojunk=False)
        runs += [(op, a + head, b + head, c + head, d + head) for op, a, b, c, d in matcher.get_opcodes()]
    runs.append(("equal", end, len(old), new_end, len(new)))
    return [
        {"op": "equal" if op == "equal" else "replace", "quote": "".join(old[a:b]), "source": "".join(new[c:d])}
        for op, a, b, c, d in runs
        if a < b or c < d
    ]


def _common(first: list[str], second: list[str]) -> int:
    """Return how many words both lists begin with."""
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return number
    return min(len(first), len(second))
