"""The words that hand a statement to somebody: verbs, nouns, adjectives and adverbs, by what they do and what they
take.

Chosen by hand. How often each hands over a statement when it stands outside quotation marks was counted on the
developers' part of PolNeAR, and what does so in less than about two fifths of its uses was left out. What the words do
is their `sort`: `say`, `judge` (praise, blame), `urge`, `vow`, `think`, `want`, `show`, `seem`.

A verb's complements are `clause` (a subordinate clause or a quotation), `addressee` (the object is who was spoken
to, the clause is what was said), `aim` (an infinitive), `thing` (the object itself), `passive` (the subject of the
passive) and `:about`, `:of` … (what the preposition opens).
"""

_CLAUSE = {
    "say": "say add write note argue report announce claim explain insist acknowledge declare continue state conclude "
    "tweet retweet warn admit agree reveal predict respond recall wonder reply point assert imply complain promise "
    "confirm estimate concede deny allege remark joke maintain emphasize emphasise stress charge boast contend mention "
    "post signal share speculate reiterate propose pledge quip opine muse proclaim caution counter answer hint lament "
    "recommend exclaim shout yell scream whisper interject affirm reaffirm observe testify retort protest theorize "
    "surmise disclose forecast vow threaten swear demand chant ask question read hypothesize venture posit "
    "reckon project comment repeat clarify elaborate intone blog text gush scoff bemoan underscore underline highlight "
    "discuss describe call endorse express cry bark snap sneer recount relate rule title headline caption dub "
    "murmur mutter plead beg urge insinuate intimate pronounce certify verify report hold hear",
    "show": "show suggest indicate find demonstrate",
    "think": "think believe know fear worry hope hop suspect doubt assume feel learn determine recognize recognise "
    "realize realise remember guess consider anticipate imagine calculate want prefer expect",
    "seem": "seem appear",
}
_ADDRESSEE = {
    "say": "tell assure remind inform notify reassure brief advise warn convince persuade promise ask caution "
    "query quiz",
}
_AIM = {
    "urge": "urge ask call order encourage request require tell advise instruct implore beg exhort demand warn press "
    "invite challenge recommend",
    "vow": "vow pledge promise threaten refuse decline propose agree offer swear volunteer claim",
    "want": "want seek hope hop plan intend aim prefer expect decide wish like support",
    "say": "say report",
    "seem": "seem appear look",
    "think": "believe think consider feel",
    "show": "show find",
}
_THING = {
    "say": "announce deny describe discuss mention explain express voice cite detail outline reiterate recount repeat "
    "emphasize emphasise stress highlight underscore underline propose predict claim acknowledge admit confirm reveal "
    "disclose allege note recall tweet write post report suggest say add answer convey articulate "
    "invoke reference quote declare lament recite decry chant concede stipulate name identify address "
    "issue release offer promise point list detail share read shout ask state argue call characterize characterise "
    "portray label compare liken dub deem frame paint depict attribute contrast brand",
    "judge": "criticize criticise praise blast slam denounce condemn dismiss reject blame accuse mock attack defend "
    "endorse oppose welcome applaud hail assail rebuke rebut tout question challenge thank credit congratulate "
    "ridicule deride lambast lambaste chide scold commend laud vilify disparage refute dispute contradict disavow "
    "repudiate bemoan berate castigate excoriate lampoon admonish reprimand fault celebrate champion embrace back "
    "support favor favour pan skewer salute mourn trash bash belittle caricature counter downplay protest renounce "
    "rip reaffirm",
    "urge": "urge demand request order encourage recommend press",
    "think": "view believe consider fear prefer regard perceive remember recognize expect see",
    "want": "seek want",
    "show": "show suggest",
    "vow": "threaten pledge reject vow refuse",
}
_PASSIVE = {
    "think": "see view regard know consider expect deem perceive",
    "say": "ask describe portray announce identify name cite mention report criticize assure accuse charge label dub "
    "list present depict cast",
}
_PREPOSITIONS = {
    "say": "refer:to point:to talk:about,of speak:about,of,against,on write:about,of complain:about,of boast:about,of "
    "brag:about warn:of,about,against apologize:for apologise:for allude:to attribute:to hint:at comment:on "
    "touch:on elaborate:on testify:about speculate:about joke:about dwell:on reflect:on report:on tell:about,of "
    "say:of,about expand:on weigh:on respond:to,with,by react:to ask:about,for inquire:about accuse:of assure:of "
    "describe:as call:for,on cite:as attribute:to gush:about rant:about rave:about preach:about tweet:about "
    "muse:about",
    "judge": "rail:against object:to vouch:for lash:at blame:for,on praise:for criticize:for criticise:for thank:for "
    "disagree:with side:with agree:with,on,to attack:for slam:for blast:for argue:for,against advocate:for balk:at "
    "scoff:at apologize:for congratulate:on,for vote:against bristle:at double:on marvel:at charge:with",
    "urge": "call:for,on appeal:for,to plead:for lobby:for press:for push:for beg:for petition:for",
    "think": "worry:about think:of,about care:about dream:of know:for,as,of see:as view:as regard:as portray:as "
    "cast:as "
    "think:of hope:for hop:for wonder:about",
    "vow": "insist:on,upon commit:to",
}
_NOUNS = {
    "say": "statement claim promise suggestion assertion admission allegation accusation argument pledge vow "
    "warning call "
    "question reference mention complaint announcement comment remark message demand request insistence denial "
    "assurance declaration acknowledgment acknowledgement explanation description prediction rumor rumour joke "
    "talk chant proposal rebuttal charge contention testimony confirmation hint reply response answer tweet threat "
    "confession plea appeal word",
    "judge": "criticism praise opposition endorsement defense defence denunciation condemnation attack embrace "
    "disavowal "
    "rejection rebuke backing disagreement",
    "think": "belief hope fear concern doubt view opinion assumption speculation worry confidence conviction suspicion "
    "anxiety expectation impression thought perception skepticism scepticism optimism",
    "want": "desire refusal reluctance willingness wish intention unwillingness inclination",
    "show": "finding evidence conclusion poll",
}
NOUN_COMPLEMENTS = frozenset(["about", "of", "for", "to", "on", "over", "against", "in", "with"])
_ADJECTIVES = {
    "think": "confident hopeful worried aware wary skeptical sceptical concerned optimistic certain sure "
    "convinced afraid "
    "adamant mindful pessimistic unaware doubtful nervous glad pleased proud angry upset disappointed",
    "judge": "supportive critical dismissive outspoken",
    "want": "eager willing reluctant keen anxious unwilling inclined",
    "say": "clear",
}
_ADVERBS = {"say": "reportedly allegedly supposedly purportedly"}


_PHRASES = {
    "say": "fire:back shoot:back hit:back push:back write:back clap:back go:on chime:in weigh:in lash:out "
    "come:back pipe:up "
    "spell:out shout:back call:out read:out single:out put:it",
}


def _by_lemma() -> dict[str, dict[str, str]]:
    verbs: dict[str, dict[str, str]] = {}
    for complement, table in (
        ("clause", _CLAUSE),
        ("addressee", _ADDRESSEE),
        ("thing", _THING),
        ("aim", _AIM),
        ("passive", _PASSIVE),
    ):
        for lemma, sort in _by_word(table).items():
            verbs.setdefault(lemma, {})[complement] = sort
    for entry, sort in _by_word(_PREPOSITIONS).items():
        lemma, _, openers = entry.partition(":")
        for opener in openers.split(","):
            verbs.setdefault(lemma, {})[f":{opener}"] = sort
    return verbs


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {lemma: sort for sort, lemmas in table.items() for lemma in lemmas.split()}


VERBS = _by_lemma()
"""Lemma → complement it takes → sort."""

PHRASES = {
    (verb, particle): sort for entry, sort in _by_word(_PHRASES).items() for verb, particle in [entry.split(":")]
}
"""Verb and particle → sort; they take a quotation or a clause (`she shot back`)."""

NOUNS = _by_word(_NOUNS)
ADJECTIVES = _by_word(_ADJECTIVES)
ADVERBS = _by_word(_ADVERBS)
