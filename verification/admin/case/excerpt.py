"""The article at the claim, with what stands around it."""

from claims.models import Appearance
from verification.matching.marking import pieces

# So much of the article is shown on either side of the claim, cut at paragraphs (characters).
AROUND = 700


def excerpt(appearance: Appearance | None) -> list[list[tuple[str, bool]]]:
    """Return the paragraphs around a claim, each cut into pieces with whether they are the claim."""
    if appearance is None:
        return []
    text = appearance.article.text
    start = text.rfind("\n", 0, max(0, appearance.start - AROUND)) + 1
    end = text.find("\n", min(len(text), appearance.end + AROUND))
    end = len(text) if end < 0 else end
    cut = pieces(text[start:end], [(appearance.start - start, appearance.end - start)])
    paragraphs: list[list[tuple[str, bool]]] = [[]]
    for part, marked in cut:
        for number, line in enumerate(part.split("\n")):
            if number:
                paragraphs.append([])
            if line.strip():
                paragraphs[-1].append((line, marked))
    return [paragraph for paragraph in paragraphs if paragraph]
