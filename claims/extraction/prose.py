"""What in a page is the article speaking: no navigation, captions, share lines, headings, questions or instructions."""

import re

from spacy.tokens import Span as Tokens

_ENDS = re.compile(r"[.!?…][\"”’'»)\]」』]*$|[.!?…,][\"”’»」』]+\s*(?:\(\w+\))?$")
_QUESTION = re.compile(r"\?[\"”’'»)\]」』]*$")
_FURNITURE = re.compile(
    r"\b(?:can\s+also\s+be\s+(?:accessed|found|reached|read|viewed|seen)\s+(?:at|on|in|here)|all\s+rights\s+reserved|"
    r"we\s+use\s+cookies|contributed\s+(?:to\s+this\s+(?:report|story|article)|reporting)|"
    r"(?:this|the)\s+(?:article|story|post|report)\s+(?:was|has\s+been)\s+(?:originally\s+|first\s+)?"
    r"(?:published|updated|amended|corrected)|"
    r"(?:file|ap|afp|reuters|getty|stock)\s+(?:photo|image)s?|photo(?:graph)?s?\s+by|image\s+(?:credit|source|caption)|"
    r"declined\s+to\s+comment|not\s+(?:immediately\s+)?(?:respond|reply|return)\w*\s+(?:\w+\s+){0,3}requests?|"
    r"our\s+(?:newsletters?|website|app)|reporting\s+by\s+\w+|editing\s+by\s+\w+)\b|©|\(c\)\s*\d{4}|"
    r"^\W*(?:\w+\s+)?(?:image|photo|picture|video|figure|caption|graphic|map)s?\s*:\s",
    re.IGNORECASE,
)
_LEAST_WORDS = 4


def is_statement(sentence: Tokens) -> bool:
    """Tell whether a parsed sentence asserts something: it ends, it has a subject with a verb, and it is no
    furniture.
    """
    text = sentence.text.strip()
    if not _ENDS.search(text) or is_furniture(text) or is_question(text):
        return False
    words = [token for token in sentence if token.is_alpha]
    if len(words) < _LEAST_WORDS or sum(token.is_upper and len(token) > 1 for token in words) > len(words) / 2:
        return False
    if sentence.root.tag_ == "VB" and not any(
        child.dep_ in ("nsubj", "aux", "nsubjpass") for child in sentence.root.children
    ):
        return False  # an instruction
    return any(
        token.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and token.head.pos_ in ("VERB", "AUX")
        for token in sentence
    )


def is_finished(text: str) -> bool:
    """Tell whether a sentence ends like one, so that headings and captions are told apart."""
    return _ENDS.search(text.strip()) is not None


def is_furniture(text: str) -> bool:
    """Tell whether a sentence belongs to the page and not to the article (share lines, credits, addresses)."""
    return _FURNITURE.search(text) is not None


def is_question(text: str) -> bool:
    """Tell whether a sentence asks, its closing quotation mark aside."""
    return _QUESTION.search(text.strip()) is not None
