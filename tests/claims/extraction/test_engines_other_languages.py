"""Articles that are not in English: their quotations, figures and named speakers, and no English grammar."""

import pytest

from claims.extraction.contract import ArticleText, ExtractedClaim
from claims.extraction.english import EnglishEngine
from claims.extraction.other_sentences import sentences_in

HAFEN = (
    "Der Hafen von Lindau öffnet am 3. Mai wieder, wie die Stadt mitteilte. Dr. Anna Roth freut sich, z. B. auf "
    "Gäste.\n\n"
    "„Wir haben 1.200 Schiffe und keinen einzigen Hafen“, sagte Hafenmeisterin Ida Fenn am Montag. Gestern sagte "
    "Karl Brandt: »Die Lage ist ernst, aber nicht hoffnungslos.«\n\n"
    "Laut Karl Brandt stieg die Zahl der Fahrten um 4 Prozent. „Wir kommen gern“, sagte Fenn, „aber nur bei gutem "
    "Wetter und ohne Nebel.“ Der Minister sagte: „Wir zahlen die 40 Millionen Euro bis zum Sommer.“"
)


def claims_of(text: str, language: str | None = None) -> tuple[ExtractedClaim, ...]:
    return EnglishEngine().extract(ArticleText(text, language=language))


def holding(words: str, text: str, language: str | None = None) -> ExtractedClaim:
    found = [claim for claim in claims_of(text, language) if words in claim.text]
    assert len(found) == 1, [claim.text for claim in claims_of(text, language)]
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker", "mention"),
    [
        ("de", HAFEN, "Wir haben 1.200 Schiffe", "Ida Fenn", "Hafenmeisterin Ida Fenn"),
        ("de", HAFEN, "Die Lage ist ernst", "Karl Brandt", "Karl Brandt"),
        ("de", HAFEN, "stieg die Zahl", "Karl Brandt", "Karl Brandt"),
        ("de", HAFEN, "aber nur bei gutem Wetter", "Ida Fenn", "Fenn"),
        ("de", "Der Hafenbank zufolge fehlen 30.000 Euro.", "30.000", None, "Der Hafenbank"),
        ("de", "„Das ist so falsch wie alles andere“, so Karl Brandt.", "Das ist", "Karl Brandt", "Karl Brandt"),
        (
            "fr",
            "« La voie est libre depuis hier soir », a déclaré le ministre Jean Brun.",
            "La voie est libre",
            "Jean Brun",
            "le ministre Jean Brun",
        ),
        (
            "fr",
            "Selon la Banque d’Aster, les ventes ont augmenté de 4,5 % en un an.",
            "les ventes",
            "Banque d’Aster",
            "la Banque d’Aster",
        ),
        (
            "fr",
            "« Nous voulons, a expliqué Mme Ana Sol, que tout le monde puisse passer. »",
            "Nous voulons",
            "Ana Sol",
            "Mme Ana Sol",
        ),
        ("es", "«El puerto abrirá el próximo verano», dijo Ana Ruiz.", "El puerto", "Ana Ruiz", "Ana Ruiz"),
        ("es", "Ayer Juan Pérez dijo: “No tenemos 40 barcos ni puerto”.", "No tenemos", "Juan Pérez", "Juan Pérez"),
        ("es", "Según el Gobierno, 1.200 personas cruzaron el estrecho.", "1.200", None, "el Gobierno"),
        ("it", "«Il porto è aperto da ieri sera», ha detto Marco Riva.", "Il porto", "Marco Riva", "Marco Riva"),
        ("it", "Secondo Marco Riva, 300 navi sono passate.", "300 navi", "Marco Riva", "Marco Riva"),
        (
            "pt",
            "“O porto vai abrir no verão”, disse o ministro Rui Sousa.",
            "O porto",
            "Rui Sousa",
            "o ministro Rui Sousa",
        ),
        ("pt", "Segundo Rui Sousa, passaram 300 navios.", "300 navios", "Rui Sousa", "Rui Sousa"),
    ],
)
def test_a_name_right_beside_a_verb_of_saying_is_the_speaker(
    language: str, text: str, words: str, speaker: str | None, mention: str
) -> None:
    claim = holding(words, text, language)
    assert (claim.attribution.speaker, claim.attribution.mention) == (speaker, mention)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Wir haben keinen einzigen Hafen mehr“, sagte er am Montag."),
        ("de", "Gestern sagte sie: „Wir haben keinen einzigen Hafen mehr.“"),
        ("fr", "« La voie est libre depuis hier », a-t-il déclaré. Jean Brun était absent."),
        ("es", "«El puerto abrirá el próximo verano», dijo. Ana Ruiz no vino."),
        ("it", "Ieri ha detto: «Il porto è aperto da ieri sera»."),
        ("pt", "Ontem disse: «O porto vai abrir no próximo verão»."),
        ("nl", "„De haven is open voor iedereen”, zei Piet Vos."),
    ],
)
def test_where_no_name_stands_beside_the_verb_the_speaker_is_unknown_and_it_is_flagged(
    language: str, text: str
) -> None:
    (claim,) = claims_of(text, language)
    assert (claim.kind, claim.attribution.speaker, claim.flags) == ("quotation", None, ("no_speaker",))


def test_a_minister_without_a_name_is_kept_as_written_and_names_nobody() -> None:
    source = holding("Wir zahlen die 40", HAFEN, "de").attribution
    assert (source.speaker, source.mention, source.speaker_role) == (None, "Der Minister", "Minister")


def test_a_sentence_with_a_figure_that_nobody_is_credited_with_is_the_outlets_own() -> None:
    text = "Die Zahl der Fahrten stieg im Sommer um 4 Prozent. Der Hafen war ruhig und die Fähren lagen still."
    (claim,) = claims_of(text, "de")
    assert (claim.kind, claim.asserts, claim.attribution.speaker) == ("quantity", ("quantity",), None)
    assert [(figure.text, figure.value) for figure in claim.quantities] == [("4 Prozent", 4)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Warum stieg die Zahl um 4 Prozent?"),
        ("de", "40 Prozent mehr Fahrten im Hafen"),
        ("de", "„Warum hat uns denn niemand gefragt?“, fragte Fenn."),
        ("es", "—No sé si vendrán los barcos —dijo Ana Ruiz."),
        ("fr", "Le port était calme et les bateaux attendaient."),
    ],
)
def test_questions_headings_dialogue_dashes_and_mere_telling_are_no_claims(language: str, text: str) -> None:
    assert claims_of(text, language) == ()


def test_the_figures_within_a_quotation_are_its_own() -> None:
    claim = holding("Wir haben 1.200", HAFEN, "de")
    assert [figure.value for figure in claim.quantities] == [1200]
    assert dict(claim.features).keys() >= {"figure", "quoted", "named_source"}


def test_a_quotation_split_by_its_attribution_is_one_claim() -> None:
    claim = holding("Wir kommen gern", HAFEN, "de")
    assert claim.text == "Wir kommen gern … aber nur bei gutem Wetter und ohne Nebel."
    assert claim.flags == ("split",)


@pytest.mark.parametrize("language", [None, "en", "und", "en-US"])
def test_a_text_that_is_plainly_german_is_read_so_whatever_its_page_says(language: str | None) -> None:
    assert claims_of(HAFEN, language) == claims_of(HAFEN, "de")


def test_a_text_whose_language_nobody_can_tell_is_read_as_english() -> None:
    (claim,) = claims_of("Jo Marsh said the harbour was closed.")
    assert claim.attribution.speaker == "Jo Marsh"


def test_english_is_not_read_by_english_rules_where_another_language_is_known() -> None:
    assert claims_of("Jo Marsh said the harbour was closed to 400 ships.", "nl") == ()


def test_paragraphs_that_each_open_with_a_guillemet_are_quoted_to_the_last() -> None:
    text = "« Nous avons attendu trois jours au port.\n\n« Personne ne nous a prévenus de rien », a dit Jean Brun."
    assert [claim.text for claim in claims_of(text, "fr")] == [
        "Nous avons attendu trois jours au port.",
        "Personne ne nous a prévenus de rien",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Am 3. Mai kam Dr. Roth, z. B. mit 4,5 Mio. Euro. Dann ging sie."),
        ("fr", "M. Brun est venu avec Mme Sol. « Tout va bien. » Ils ont attendu."),
        ("es", "La Sra. Ruiz llegó a EE. UU. ayer. ¿Quién la vio?"),
        ("it", "Il sig. Riva e il dott. Conti sono qui. Poi è arrivato l’on. Neri."),
        ("pt", "O Sr. Sousa e a Dra. Lima saíram. Depois choveu."),
    ],
)
def test_abbreviations_and_ordinals_end_no_sentence(language: str, text: str) -> None:
    found = [text[slice(*span)] for span in sentences_in(language, text, 0, len(text))]
    assert len(found) == (3 if language == "fr" else 2), found
