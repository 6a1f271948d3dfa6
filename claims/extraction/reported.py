"""Reported speech by grammar: a cue word, its source and the words it hands over, from the parse of one paragraph."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from claims.extraction import cues
from claims.extraction.clauses import beside, is_passive, mention, source_of, stretches, without_day
from claims.extraction.quotations import QuoteSpan
from claims.extraction.sentences import Span
from claims.extraction.wordset import wordset

_GIVES = wordset("make issue give express release have deliver voice offer raise repeat hold share take")
_SOURCE_OPENERS = frozenset(["by", "from", "among"])
_COPULAS = frozenset(["be", "become", "seem", "remain", "sound", "feel", "appear", "look", "stay"])
_TELLINGS = frozenset(["word", "view", "opinion", "telling", "account", "estimation", "judgment", "judgement"])
_LABEL_WORDS = 6
_CAPTIONS = wordset("image images photo photograph picture video header figure caption credit source graphic map chart")
"""What opens a caption, not what somebody said."""


@dataclass(slots=True)
class Found:
    """One attribution of a paragraph; spans are characters of the paragraph, `anchor` is the cue's token."""

    sort: str
    anchor: Token
    cue: Span
    source: Tokens | None
    content: list[Span]
    quotes: list[QuoteSpan] = field(default_factory=list)
    carried: bool = False


def reported(doc: Doc, is_quoted: Callable[[Token], bool]) -> list[Found]:
    """Return the attributions of `doc` in order; cue words inside quotation marks hand over nothing.

    A verb of saying without content of its own is kept with an empty `content`: a quotation may still belong to it.
    """
    found: list[Found] = []
    for token in doc:
        if not is_quoted(token):
            draft = _read(token)
            if draft is not None:
                found.append(_with_source_outside(draft, is_quoted))
    for sentence in doc.sents:
        found += _labelled(sentence, is_quoted)
    return found


def _with_source_outside(draft: Found, is_quoted: Callable[[Token], bool]) -> Found:
    """Ask the neighbours of a verb of saying for its source where the parse found none, or one inside a quotation."""
    if draft.source is not None and is_quoted(draft.source.root):
        draft.source = None
    if draft.source is None and draft.sort == "say" and draft.anchor.pos_ == "VERB" and not is_passive(draft.anchor):
        head = beside(draft.anchor, is_quoted)
        draft.source = mention(head) if head is not None else None
    return draft


def _read(token: Token) -> Found | None:
    if token.lower_ in ("according", "in"):
        return _according(token)
    if token.pos_ in ("VERB", "AUX"):
        return _verb(token)
    if token.pos_ == "NOUN":
        return _noun(token)
    if token.pos_ == "ADJ":
        return _adjective(token)
    if token.pos_ == "ADV":
        return _adverb(token)
    return None


def _verb(verb: Token) -> Found | None:
    takes = _takes(verb)
    if not takes:
        return None
    parts: list[Token] = []
    sort = ""
    for child in verb.children:
        complement = _complement(verb, child, takes)
        if complement:
            parts.append(child)
            sort = sort or takes.get(complement, "")
        elif child.dep_ == "dobj" and "addressee" in takes:
            parts += [clause for clause in child.children if _told(clause)]
    if not parts and "clause" in takes:
        parts = [clause for noun in _media(verb) for clause in noun.children if _told(clause)]
        sort = sort or (takes["clause"] if parts else "")
    tokens = [token for part in parts for token in part.subtree]
    aside = verb.dep_ == "parataxis" or any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)
    if aside and "clause" in takes and not parts and verb.head != verb:
        own = set(verb.subtree)
        tokens = [token for token in verb.head.subtree if token not in own and token.sent == verb.sent]
        sort = takes["clause"]
    tokens = without_day(verb, tokens)
    saying = "say" in (takes.get("clause"), takes.get("addressee"))
    if not tokens and not saying:
        return None
    return _found(verb, sort or "say", source_of(verb), tokens)


def _media(verb: Token) -> list[Token]:
    """Return what something was said in or on (`said in a statement that …`), where a parse may hang what was said."""
    return [noun for child in verb.children if child.dep_ == "prep" for noun in _objects(child)]


def _takes(verb: Token) -> dict[str, str]:
    """Return what `verb`, with its particle, takes as content, and the sort of each; empty for any other verb."""
    lemma = verb.lemma_.lower()
    takes = cues.VERBS.get(lemma, {})
    for child in verb.rights:
        if child.i == verb.i + 1 and (lemma, child.lower_) in cues.PHRASES:
            return {**takes, "clause": cues.PHRASES[lemma, child.lower_]}
    return takes


def _complement(verb: Token, child: Token, takes: dict[str, str]) -> str:
    """Return which of the complements in `takes` the dependant `child` is, or nothing."""
    dep = child.dep_
    if dep == "ccomp":
        return next((name for name in ("clause", "addressee") if name in takes), "")
    if dep == "xcomp":
        return "aim" if "aim" in takes else "clause" if child.pos_ in ("ADJ", "NOUN") and "thing" in takes else ""
    if dep in ("dobj", "oprd", "dative"):
        to_somebody = "addressee" in takes and any(other.dep_ in ("ccomp", "prep") for other in verb.children)
        return "thing" if "thing" in takes and not to_somebody else "aim" if "aim" in takes and _aims(verb) else ""
    if dep == "prep":
        return f":{child.lower_}" if f":{child.lower_}" in takes else ""
    if dep == "nsubjpass":
        return next((name for name in ("passive", "thing") if name in takes and not _clausal(verb)), "")
    return ""


def _told(clause: Token) -> bool:
    """Tell whether a clause hung on the addressee is what they were told: `warned the alliance that it …`."""
    return (
        clause.dep_ in ("relcl", "acl")
        and any(word.lower_ == "that" and word.dep_ in ("mark", "nsubj", "dobj", "advmod") for word in clause.lefts)
        and any(word.dep_ == "nsubj" and word.lower_ != "that" for word in clause.lefts)
    )


def _aims(verb: Token) -> bool:
    return any(child.dep_ == "xcomp" for child in verb.children)


def _clausal(verb: Token) -> bool:
    return any(child.dep_ in ("ccomp",) for child in verb.children)


def _according(token: Token) -> Found | None:
    if token.lower_ == "according":
        source = next((noun for child in token.children if child.lower_ == "to" for noun in _objects(child)), None)
    else:
        named = next((noun for noun in _objects(token) if noun.lemma_ in _TELLINGS), None)
        source = next((child for child in named.children if child.dep_ == "poss"), None) if named is not None else None
    if source is None:
        return None
    own = set(token.subtree)
    governor = token.head
    while governor.dep_ != "ROOT" and governor.pos_ not in ("VERB", "AUX"):
        governor = governor.head
    return _found(token, "say", source, [word for word in governor.subtree if word not in own])


def _objects(preposition: Token) -> list[Token]:
    return [child for child in preposition.children if child.dep_ == "pobj"]


def _noun(noun: Token) -> Found | None:
    sort = cues.NOUNS.get(noun.lemma_.lower())
    if sort is None:
        return None
    content = [child for child in noun.children if _completes(child)]
    if not content:
        return None
    return _found(noun, sort, _owner(noun), [token for part in content for token in part.subtree])


def _completes(child: Token) -> bool:
    if child.dep_ == "acl":
        return child.tag_ not in ("VBN", "VBG")
    return child.dep_ == "ccomp" or (child.dep_ == "prep" and child.lower_ in cues.NOUN_COMPLEMENTS)


def _owner(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in _SOURCE_OPENERS:
            return next(iter(_objects(child)), None)
    if noun.dep_ == "dobj" and noun.head.lemma_ in _GIVES:
        return source_of(noun.head)
    return None


def _adjective(adjective: Token) -> Found | None:
    sort = cues.ADJECTIVES.get(adjective.lemma_.lower())
    if sort is None or adjective.head.lemma_ not in _COPULAS:
        return None
    content = [
        child
        for child in adjective.children
        if child.dep_ in ("ccomp", "xcomp") or (child.dep_ == "prep" and child.lower_ in ("of", "about", "in"))
    ]
    if not content:
        return None
    tokens = [token for part in content for token in part.subtree]
    return _found(adjective, sort, source_of(adjective.head), tokens)


def _adverb(adverb: Token) -> Found | None:
    sort = cues.ADVERBS.get(adverb.lower_)
    if sort is None or adverb.head.pos_ not in ("VERB", "AUX"):
        return None
    return _found(adverb, sort, None, [token for token in adverb.head.subtree if token != adverb])


def _labelled(sentence: Tokens, is_quoted: Callable[[Token], bool]) -> Iterator[Found]:
    """Read `Name: what they said`, the form of headlines and transcripts."""
    words = [token for token in sentence if not token.is_space]
    if words and is_quoted(words[0]):
        return
    for position, token in enumerate(words[: _LABEL_WORDS + 1]):
        if token.text == ":":
            label = words[:position]
            rest = words[position + 1 :]
            if any(word.lower_ in _CAPTIONS or word.tag_ == "POS" for word in label):
                return
            # A surname alone is often no entity to the model; two words of a heading ("Managerial Grid:") are no name.
            named = any(word.ent_type_ in ("PERSON", "ORG", "NORP") for word in label) or (
                len(label) == 1 and label[0].pos_ == "PROPN" and label[0].text[0].isupper()
            )
            if named and len(rest) > 2 and not any(word.pos_ in ("VERB", "AUX") for word in label):
                source = sentence.doc[label[0].i : label[-1].i + 1]
                yield Found("say", token, (token.idx, token.idx + 1), source, stretches(sentence.doc, rest))
            return


def _found(anchor: Token, sort: str, source: Token | None, tokens: Iterable[Token]) -> Found:
    named = mention(source) if source is not None else None
    barred = [anchor, *(named or ())]
    cue = (anchor.idx, anchor.idx + len(anchor))
    return Found(sort, anchor, cue, named, stretches(anchor.doc, tokens, barred))
