"""What kinds of thing a statement asserts, and so how it would be tested; an opinion asserts none of them.

Decided by the words and the grammar of the statement alone. A statement may assert several: `exports fell by 4 per
cent because of the strike` is a quantity, a trend and a cause.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.contract import Quantity
from claims.extraction.wordset import wordset
from claims.extraction.worth import tells

_TREND = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|increas(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|"
    r"declin(?:e[sd]?|ing)(?!\s+to\s+[a-z])|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|halved|grew|grown|grow(?:s|ing)?|growth|shr[aiu]nk|"
    r"shrunken|dropp?(?:ed|s|ing)|surg(?:e[sd]?|ing)|plung(?:e[sd]?|ing)|soar(?:ed|s|ing)|slump(?:ed|s)?|climb(?:ed|s)|"
    r"widen(?:ed|s|ing)|outpac\w+|exceed\w*|accelerat\w+|"
    r"(?:record|all-time)\s+(?:high|low|number|level)s?|highest|lowest|fastest|slowest|largest|smallest|biggest|"
    r"unprecedented|twice\s+as|as\s+many\s+as\s+in|(?:more|less|fewer|higher|lower|larger|smaller|better|worse|faster|"
    r"stronger|cheaper|older|younger)\b[^.;!?]{0,60}\bthan)\b|\bfor\s+the\s+first\s+time\b|\bthe\s+first\b.{0,60}\b(?:since|ever|in)\b|"
    r"\bthe\s+(?:most|least|worst|best)\b.{0,60}\b(?:since|ever|in|of)\b",
    re.IGNORECASE,
)
# "more than 40 ships" is a figure with a bound, not a comparison; the fall may be a season, the highest may be a court.
_NO_TREND = re.compile(
    r"\b(?:this|last|next|the|early|late)\s+fall\b|\bhighest\s+(?:court|office|honou?r)|"
    r"\b(?:more|less|fewer|higher|lower)\s+than\s+(?:\S*\d|an?\b|half|one|two|three|four|five|ten|twenty)",
    re.IGNORECASE,
)
_NO_RULE = re.compile(
    r"\blaws?\s+(?:schools?|degrees?|firms?|enforcement|professors?|students?|clerks?|partners?)\b|"
    r"\b(?:mother|father|brother|sister|son|daughter)s?-in-law\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because(?:\s+of)?|caused|causing|led\s+to|leads\s+to|leading\s+to|due\s+to|owing\s+to|"
    r"result(?:s|ed|ing)?\s+(?:in|from)|as\s+a\s+(?:result|consequence)|thanks\s+to|responsible\s+for|triggered|sparked|"
    r"prompted|drove|driven\s+by|blam(?:e[sd]?|ing)\b.{1,60}\b(?:for|on)|attribut(?:e[sd]?|ing)\b.{1,60}\bto|"
    r"in\s+response\s+to)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:laws?|legislation|constitution(?:al|ally)?|unconstitutional|statutes?|treat(?:y|ies)|regulations?|illegal(?:ly)?|"
    r"lawful|unlawful(?:ly)?|legally|outlawed|banned|bans|prohibit(?:s|ed)?|forbids?|forbidden|requires?\s+(?:that|all|every|"
    r"any|the|a)\b|(?:is|are|was|were)\s+(?:required|obliged|entitled|exempt)|licen[cs]es?\s+(?:is|are)|"
    r"(?:under|by|in\s+breach\s+of|violat\w+)\s+(?:\w+\s+){0,3}(?:law|act|rules?|convention|charter|resolution|agreement)|"
    r"article\s+\d+|section\s+\d+|resolution\s+\d+)\b",
    re.IGNORECASE,
)
_FUTURE = wordset("will 'll ’ll shall wo")
_PLANS = wordset("expect plan intend schedule set aim prepare pledge promise vow propose forecast predict project hope")
_FORESEEN = re.compile(
    r"\b(?:is|are|was|were|be|'s|’s|'re|’re)\s+(?:\w+ly\s+)?(?:going|expected|planning|scheduled|set|likely|about|due|"
    r"forecast|projected|slated|preparing)\s+to\b|\bgoing\s+to\s+(?!the\b|a\b|an\b|his\b|her\b|their\b)[a-z]",
    re.IGNORECASE,
)
_STATES = wordset("be seem appear become feel look sound remain stay think believe want hope like love know understand")
_THINKING = wordset("think believe feel hope want wish love like guess doubt fear")
_JUDGING = wordset(
    "great terrible wonderful horrible beautiful bad good right wrong unfair fair shameful disgraceful important proud "
    "sad happy stupid smart brilliant awful amazing unacceptable crucial vital necessary irresponsible reckless "
    "disaster disgrace shame success failure mistake honour honor privilege pleasure tragedy hero coward nonsense"
)
_OUGHT = wordset("should must ought")
ORDER = ("quantity", "trend", "cause", "rule", "prediction", "event")
"""The kinds, those that say most about how to test a statement first."""


def asserted(tokens: Sequence[Token], quantities: Sequence[Quantity], *, vowed: bool = False) -> tuple[str, ...]:
    """Return the kinds that a statement asserts, in the order of `ORDER`; none for an opinion, a question or a wish.

    What is `vowed` is still to come, where its words do not tell that it has happened.
    """
    if not tokens:
        return ()
    text = tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text
    happened = any(_is_event(token) for token in tokens)
    found = {
        "quantity": any(tells(quantity) for quantity in quantities),
        "trend": _TREND.search(_NO_TREND.sub("", text)) is not None,
        "cause": _CAUSE.search(text) is not None
        or any(token.lemma_.lower() == "cause" and token.pos_ == "VERB" for token in tokens),
        "rule": _RULE.search(_NO_RULE.sub("", text)) is not None,
        "prediction": (vowed and not happened) or _is_prediction(tokens, text),
        "event": happened,
    }
    return tuple(kind for kind in ORDER if found[kind])


def is_opinion(tokens: Sequence[Token]) -> bool:
    """Tell whether a statement that asserts nothing judges, wishes or demands something, in one of its main clauses."""
    inside = {token.i for token in tokens}
    main = [
        token
        for token in tokens
        if token.pos_ in ("VERB", "AUX")
        and (token.head == token or token.head.i not in inside or token.dep_ in ("ccomp", "conj", "parataxis"))
    ]
    for verb in main:
        around = [child for child in verb.children if child.i in inside]
        if verb.lemma_.lower() in _THINKING or any(child.lower_ in _OUGHT for child in around):
            return True
        judged = [child for child in around if child.dep_ in ("acomp", "attr", "oprd", "dobj")]
        words = [word for child in judged for word in (child, *child.lefts)]
        if any(word.lemma_.lower() in _JUDGING for word in words) or (
            verb.lemma_ == "be" and any(word.tag_ == "JJS" for word in words)
        ):
            return True
    return False


def _is_prediction(tokens: Sequence[Token], text: str) -> bool:
    """Tell whether the statement is about what is to come, in its main clause or in what is said."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.dep_ == "aux" and token.lower_ in _FUTURE and not _is_condition(token.head, inside):
            return True
    return _FORESEEN.search(text) is not None


def _is_condition(verb: Token, inside: set[int]) -> bool:
    """Tell whether a clause says when or on what condition something holds (`if they will`), or which one it is."""
    if verb.dep_ == "relcl":
        return any(child.tag_ in ("WDT", "WP") and child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    return verb.dep_ == "advcl" and any(
        child.lower_ in ("if", "unless", "when") for child in verb.children if child.i in inside
    )


def _tells_which(verb: Token) -> bool:
    """Tell whether a clause says which one something is (`the ugliest idea they ever had`), not that it happened."""
    return verb.dep_ in ("relcl", "acl") and not any(child.lower_ == "that" for child in verb.lefts)


def _is_event(token: Token) -> bool:
    """Tell whether a verb says that something happened or is happening, and no state of mind or of things."""
    if _tells_which(token) or token.pos_ != "VERB" or token.lemma_.lower() in _STATES or token.lemma_.lower() in _PLANS:
        return False
    helping = {child.lemma_.lower() for child in token.children if child.dep_ in ("aux", "auxpass")}
    past = token.tag_ == "VBD" or (token.tag_ == "VBN" and "have" in helping)
    passive = token.tag_ == "VBN" and any(
        child.dep_ == "auxpass" and child.tag_ in ("VBD", "VBN") for child in token.children
    )
    under_way = token.tag_ == "VBG" and "be" in helping and token.head.tag_ != "MD"
    if not (past or passive or under_way) or any(child.dep_ == "neg" for child in token.children):
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children) or token.dep_ == "conj"
