"""The words by which German, French, Spanish, Italian and Portuguese name who said something; small, and by hand.

Only what stands right beside a verb of saying is looked at, so the lists need no more than the commonest words.
"""

import re
from dataclasses import dataclass

from claims.extraction.wordset import wordset


@dataclass(frozen=True, slots=True)
class Speech:
    """One language: `said` are verbs of saying as written, `according` what opens a source, `trailing` what closes one.

    `articles` may stand before a name, `roles` between article and name. `unnamed` are words with a capital that name
    nobody in particular, `no_subjects` those that cannot be who spoke (days, whom it was said to). A name right behind
    one of `prepositions` is no subject. `nouns_have_capitals`: a single noun behind an article is no name then.
    """

    said: re.Pattern[str]
    according: re.Pattern[str]
    trailing: re.Pattern[str] | None
    articles: str
    roles: str
    unnamed: frozenset[str]
    no_subjects: frozenset[str]
    prepositions: frozenset[str]
    nouns_have_capitals: bool = False


def _words(listed: str) -> str:
    return "|".join(re.escape(word).replace("_", r"\s") for word in sorted(listed.split(), key=len, reverse=True))


def _speech(
    said: str,
    according: str,
    articles: str,
    roles: str,
    unnamed: str,
    no_subjects: str,
    prepositions: str,
    trailing: str | None = None,
    nouns_have_capitals: bool = False,
) -> Speech:
    return Speech(
        said=re.compile(rf"(?<![\w’'-])(?:{said})(?![\w’'-])"),
        according=re.compile(rf"(?<![\w’'-])(?:{according})(?=\W)", re.IGNORECASE),
        trailing=re.compile(rf"(?<=\s)(?:{trailing})\b") if trailing else None,
        articles=f"(?i:{articles})",
        roles=f"(?:{roles})" if nouns_have_capitals else f"(?i:{roles})",
        unnamed=wordset(unnamed.lower()),
        no_subjects=wordset(no_subjects.lower()),
        prepositions=wordset(prepositions),
        nouns_have_capitals=nouns_have_capitals,
    )


SPEECH = {
    "de": _speech(
        said=_words(
            "sagte sagt sagten erklärte erklärt erklärten betonte betont meinte meint warnte warnt "
            "kritisierte kritisiert "
            "forderte fordert berichtete berichtet versicherte versichert behauptete behauptet schrieb schreibt "
            "antwortete antwortet bestätigte bestätigt bekräftigte ergänzte teilte kündigte räumte fügte mahnte lobte"
        )
        + r"|(?<=,\s)so",
        according=_words("laut nach_Angaben nach_Worten nach_Auskunft nach_Einschätzung") + r"(?:\s(?:von|vom))?",
        trailing=_words("zufolge"),
        articles=r"(?:der|die|das|dem|den|des)\s",
        roles=r"(?:Dr\.|Prof\.|Herrn?|Frau|Professor(?:in)?|\w*[Mm]inister(?:in)?|\w*[Pp]räsident(?:in|en)?|"
        r"\w*[Kk]anzler(?:in)?|\w*[Ss]precher(?:in|s)?|\w*[Cc]hef(?:in)?|\w*[Mm]eister(?:in)?|\w*[Ll]eiter(?:in)?|"
        r"\w*[Dd]irektor(?:in)?|\w*[Vv]orsitzende[rn]?|\w*[Ff]orscher(?:in)?|\w*[Aa]nw[aä]lt(?:in)?|\w*[Rr]at|"
        r"Abgeordnete[rn]?|Senator(?:in)?|König(?:in)?|Papst|Kapitän(?:in)?|General|Richter(?:in)?)",
        unnamed="Polizei Bericht Berichten Studie Umfrage Gesetz Angaben Medienberichten Statistik Behörden Behörde "
        "Regierung Experten Ministerium Staatsanwaltschaft Gericht Plan Vertrag Urteil Zeugen Medien Mitteilung "
        "Bundesregierung Verband Unternehmen Konzern Partei Opposition Feuerwehr Institut Agentur Zeitung Verordnung "
        "Innenministerium Verteidigungsministerium Finanzministerium Außenministerium Anwohner Augenzeugen Daten",
        no_subjects="Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar Februar "
        "März April Mai "
        "Juni Juli August September Oktober November Dezember Reportern Journalisten Reporterinnen Journalistinnen "
        "Gestern Heute Danach Zuvor Dann Dazu Darauf Dabei Später Auch Anschließend Zudem Außerdem Daraufhin Nun "
        "Er Sie Es Wir Ich Man Das Dies",
        prepositions="in im aus bei beim von vom mit nach vor am an auf zu zum zur für über gegen seit durch unter",
        nouns_have_capitals=True,
    ),
    "fr": _speech(
        said=r"(?:a|ont|avait)\s(?:"
        + _words(
            "déclaré dit affirmé expliqué annoncé ajouté assuré indiqué précisé estimé souligné averti "
            "répondu confirmé "
            "reconnu promis lancé martelé prévenu rappelé écrit jugé insisté"
        )
        + ")|"
        + _words(
            "déclare dit affirme explique annonce ajoute assure indique précise estime souligne répond "
            "confirme rappelle "
            "prévient écrit martèle insiste déclarait expliquait affirmait"
        ),
        according=r"selon|d[’']après",
        articles=r"(?:l[’']|(?:le|la|les|un|une)\s)",
        roles=r"(?:M\.|Mme|Mlle|Dr|Pr|Me|premi(?:er|ère)\sministre|ministre|président(?:e)?|maire|porte-parole|"
        r"direct(?:eur|rice)|député(?:e)?|sénat(?:eur|rice)|capitaine|général(?:e)?|procureur(?:e)?|avocat(?:e)?|"
        r"profess(?:eur|eure)|cherch(?:eur|euse)|secrétaire|chancel(?:ier|ière))",
        unnamed="Gouvernement Ministère Police Parquet État Parlement Sénat Assemblée Commission Justice",
        no_subjects="Il Elle Ils Elles On Hier Mardi Lundi Mercredi Jeudi Vendredi Samedi Dimanche Puis "
        "Ensuite Mais Et "
        "Ce Cela Nous Je Vous Qui",
        prepositions="à au aux de du des en dans chez par sur avec pour contre d’ d'",
    ),
    "es": _speech(
        said=_words(
            "dijo dice declaró declara afirmó afirma explicó explica aseguró asegura señaló señala anunció anuncia "
            "advirtió advierte añadió añade sostuvo sostiene indicó manifestó subrayó respondió confirmó reconoció "
            "destacó insistió agregó"
        )
        + r"|ha\s(?:"
        + _words(
            "dicho declarado afirmado asegurado explicado señalado anunciado advertido añadido indicado confirmado"
        )
        + ")",
        according=r"según|de\sacuerdo\scon",
        articles=r"(?:el|la|los|las|un|una)\s",
        roles=r"(?:Sra?\.|Dra?\.|don|doña|prime(?:r|ra)\s(?:ministro|ministra)|ministr[oa]|president[ea]|"
        "alcalde(?:sa)?|"
        r"portavoz|director(?:a)?|diputad[oa]|senador(?:a)?|capitán|capitana|general|fiscal|juez(?:a)?|abogad[oa]|"
        r"profesor(?:a)?|investigador(?:a)?|secretari[oa]|conseller[oa]|canciller)",
        unnamed="Gobierno Ministerio Policía Fiscalía Estado Parlamento Senado Congreso Ayuntamiento Tribunal "
        "Ejecutivo",
        no_subjects="Él Ella Ellos Ayer Hoy Luego Después Pero Y Así Entonces También Nosotros Yo Usted Que Quien",
        prepositions="a al de del en con por para sobre desde contra entre hacia",
    ),
    "it": _speech(
        said=r"(?:ha|hanno|aveva)\s(?:"
        + _words(
            "detto dichiarato affermato spiegato annunciato aggiunto sottolineato assicurato precisato "
            "avvertito risposto "
            "confermato scritto ammesso ribadito ricordato"
        )
        + ")|"
        + _words("dice disse afferma spiega dichiara sottolinea aggiunge assicura avverte conferma ribadisce scrive"),
        according=r"secondo|stando\sa",
        articles=r"(?:(?:l|un)[’']|(?:il|lo|la|i|gli|le|un|una)\s)",
        roles=r"(?:Sig\.|Dott\.|On\.|Prof\.|Avv\.|signor(?:a)?|prim[oa]\sministr[oa]|ministr[oa]|president[ea]|"
        r"presidentessa|sindac[oa]|portavoce|dirett(?:ore|rice)|deputat[oa]|senat(?:ore|rice)|capitano|generale|"
        r"procurat(?:ore|rice)|avvocat[oa]|profess(?:ore|oressa)|ricercat(?:ore|rice)|segretari[oa]|cancellier[ea]|"
        r"premier|assess(?:ore|ora))",
        unnamed="Governo Ministero Polizia Procura Stato Parlamento Senato Camera Comune Regione Tribunale",
        no_subjects="Lui Lei Loro Ieri Oggi Poi Ma E Così Anche Noi Io Che Chi Quindi",
        prepositions="a al alla in nel nella di del della da dal dalla con su sul per tra fra contro",
    ),
    "pt": _speech(
        said=_words(
            "disse diz declarou declara afirmou afirma explicou explica garantiu garante anunciou anuncia acrescentou "
            "acrescenta sublinhou sublinha alertou alerta respondeu confirmou referiu refere salientou "
            "defendeu assegurou"
        ),
        according=r"segundo|de\sacordo\scom",
        articles=r"(?:o|a|os|as|um|uma)\s",
        roles=r"(?:Sra?\.|Dra?\.|Prof\.|Profa\.|Eng\.|primeir[oa]-ministr[oa]|ministr[oa]|president[ea]|autarca|"
        r"porta-voz|diretor(?:a)?|deputad[oa]|senador(?:a)?|capitão|capitã|general|procurador(?:a)?|juiz|juíza|"
        r"advogad[oa]|professor(?:a)?|investigador(?:a)?|secretári[oa]|vereador(?:a)?|governador(?:a)?|chanceler)",
        unnamed="Governo Ministério Polícia Estado Parlamento Senado Câmara Tribunal Assembleia Executivo",
        no_subjects="Ele Ela Eles Elas Ontem Hoje Depois Mas E Assim Também Nós Eu Que Quem Então",
        prepositions="a ao à de do da dos das em no na nos nas com por pelo pela para sobre contra",
    ),
}
"""ISO 639-1 code → how sources are named there."""
